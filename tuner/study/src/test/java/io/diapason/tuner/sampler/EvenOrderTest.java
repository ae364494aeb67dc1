package io.diapason.tuner.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.random.Rng;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvenOrderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "7",
                "5,5",
                "2,3",
                "4,6",
                "5,5,5",
                "2,2,2,2,2",
                "6,10,15",
                "4,1,4",
                "12,18",
                "300,3",
                "2,4,8",
                "3,5,7",
                "6,6,4,3"
            })
    void everyBeginningIsEvenAndEveryPointComesOnce(String box) {
        long[] sizes = Arrays.stream(box.split(",")).mapToLong(Long::parseLong).toArray();
        long points = Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
        for (long seed = 0; seed < 5; seed++) {
            int[][] counts =
                    Arrays.stream(sizes).mapToObj(size -> new int[(int) size]).toArray(int[][]::new);
            Set<String> seen = new HashSet<>();
            for (long index = 0; index < points; index++) {
                long[] digits = EvenOrder.at(index, sizes, Rng.of(seed));
                assertTrue(seen.add(Arrays.toString(digits)), box + ", seed " + seed + ": twice at " + index);
                for (int i = 0; i < sizes.length; i++) {
                    counts[i][(int) digits[i]]++;
                    int least = Arrays.stream(counts[i]).min().orElseThrow();
                    int most = Arrays.stream(counts[i]).max().orElseThrow();
                    assertTrue(
                            most - least <= 1,
                            box + ", seed " + seed + ", digit " + i + ": " + least + " to " + most + " after "
                                    + (index + 1));
                }
            }
            assertEquals(points, seen.size());
        }
    }

    @Test
    void pairsSpreadAsWell() {
        // Of 5 × 5 × 5 × 5, 25 points can show each pair of values once. Chance alone shows 25 (1 - (24/25)^25) = 16 of
        // the 25; a diagonal would show 5. Averaged over 50 seeds and 6 pairs of digits, at least 16 must come.
        long[] sizes = {5, 5, 5, 5};
        int shown = 0;
        for (long seed = 0; seed < 50; seed++) {
            for (int a = 0; a < 4; a++) {
                for (int b = 0; b < a; b++) {
                    Set<Long> pairs = new HashSet<>();
                    for (long index = 0; index < 25; index++) {
                        long[] digits = EvenOrder.at(index, sizes, Rng.of(seed));
                        pairs.add(digits[a] * 5 + digits[b]);
                    }
                    shown += pairs.size();
                }
            }
        }
        assertTrue(shown / 300.0 >= 16, "pairs shown on average: " + shown / 300.0);
    }

    @Test
    void boxesBeyondLongAreEvenToo() {
        long[] sizes = new long[40];
        Arrays.fill(sizes, 5);
        sizes[39] = 1L << 40;
        Set<String> seen = new HashSet<>();
        long[] firstHalf = new long[2];
        for (long index = 0; index < 1000; index++) {
            long[] digits = EvenOrder.at(index, sizes, Rng.of(1));
            assertTrue(seen.add(Arrays.toString(digits)));
            assertTrue(digits[39] >= 0 && digits[39] < sizes[39]);
            firstHalf[digits[39] < sizes[39] / 2 ? 0 : 1]++;
        }
        assertTrue(Math.abs(firstHalf[0] - firstHalf[1]) <= 4, Arrays.toString(firstHalf));
        assertEquals(Long.MAX_VALUE, EvenOrder.multiply(1L << 40, 1L << 40));
        assertEquals(0, EvenOrder.multiply(0, 5));
    }
}
