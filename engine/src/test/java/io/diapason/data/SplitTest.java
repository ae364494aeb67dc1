package io.diapason.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.random.Rng;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitTest {
    /** Row numbers that are not their own positions. */
    private static int[] rows(int n) {
        return IntStream.range(0, n).map(i -> 3 * i + 5).toArray();
    }

    /** Classes of unequal size, every one of at least {@code fewest} rows. */
    private static int[] classes(int n, int count, int fewest, Rng rng) {
        int[] classes = new int[n];
        for (int i = 0; i < n; i++) {
            classes[i] =
                    i < fewest * count ? i % count : Math.min(rng.intAt(2L * i, count), rng.intAt(2L * i + 1, count));
        }
        return classes;
    }

    private static int[] together(int[] a, int[] b) {
        return IntStream.concat(Arrays.stream(a), Arrays.stream(b)).sorted().toArray();
    }

    private static int[] counts(int[] part, int[] classes, int count) {
        int[] counts = new int[count];
        for (int row : part) {
            counts[classes[(row - 5) / 3]]++;
        }
        return counts;
    }

    @Test
    void partsOfASplitHoldEveryRowOnceAndEveryClassInProportion() {
        for (int seed = 0; seed < 200; seed++) {
            Rng rng = Rng.of(seed);
            String message = "seed " + seed;
            int count = 1 + rng.intAt(0, 6);
            int n = 2 * count + rng.intAt(1, 200);
            double fraction = 0.05 + 0.9 * rng.doubleAt(2);
            int[] classes = classes(n, count, 2, rng.child("classes"));
            Split split = Split.stratified(rows(n), classes, fraction, rng.child("split"));
            assertArrayEquals(rows(n), together(split.train(), split.test()), message);
            int[] tested = counts(split.test(), classes, count);
            int[] all = counts(rows(n), classes, count);
            for (int code = 0; code < count; code++) {
                assertTrue(tested[code] >= 1 && tested[code] < all[code], message + " class " + code);
                assertTrue(
                        Math.abs(tested[code] - fraction * all[code]) < 1 + 1e-9
                                || tested[code] == 1
                                || tested[code] == all[code] - 1,
                        message + " class " + code + " tested " + tested[code] + " of " + all[code]);
            }
            assertTrue(Math.abs(split.test().length - fraction * n) <= count, message);
        }
    }

    @Test
    void plainSplitHasTheSizeAskedFor() {
        Split split = Split.plain(rows(10), 0.25, Rng.of(1));
        assertEquals(3, split.test().length); // round(2.5)
        assertEquals(7, split.train().length);
        assertEquals(1, Split.plain(rows(2), 0.01, Rng.of(1)).test().length);
        assertEquals(1, Split.plain(rows(2), 0.99, Rng.of(1)).train().length);
    }

    @Test
    void classWithTheLargerRemainderIsRoundedUp() {
        // 9 and 4 rows, 30 %: shares 2.7 and 1.2 of together round(3.9) = 4, so 3 and 1.
        int[] classes = IntStream.range(0, 13).map(i -> i < 9 ? 0 : 1).toArray();
        for (int seed = 0; seed < 10; seed++) {
            Split split = Split.stratified(rows(13), classes, 0.3, Rng.of(seed));
            assertArrayEquals(new int[] {3, 1}, counts(split.test(), classes, 2), "seed " + seed);
        }
    }

    @Test
    void sameSeedGivesTheSameSplitAndAnotherSeedAnother() {
        int[] classes = classes(60, 3, 2, Rng.of(9));
        int[] first = Split.stratified(rows(60), classes, 0.3, Rng.of(7)).test();
        assertArrayEquals(
                first, Split.stratified(rows(60), classes, 0.3, Rng.of(7)).test());
        assertFalse(Arrays.equals(
                first, Split.stratified(rows(60), classes, 0.3, Rng.of(8)).test()));
    }

    @Test
    void everyRowIsTestedEquallyOften() {
        // 2000 splits of 20 rows, a fifth tested: 400 ± 17.9 each; six standard errors are passed once in 10^8.
        int[] tested = new int[20];
        int[] classes = IntStream.range(0, 20).map(i -> i / 10).toArray();
        int[] rows = IntStream.range(0, 20).toArray();
        for (int seed = 0; seed < 2000; seed++) {
            for (int row : Split.stratified(rows, classes, 0.2, Rng.of(seed)).test()) {
                tested[row]++;
            }
        }
        for (int row = 0; row < 20; row++) {
            assertEquals(400, tested[row], 6 * Math.sqrt(2000 * 0.2 * 0.8), "row " + row);
        }
    }

    @Test
    void classOfASingleRowIsTrainedOn() {
        int[] classes = {0, 0, 0, 0, 1};
        for (int seed = 0; seed < 20; seed++) {
            Split split = Split.stratified(new int[] {0, 1, 2, 3, 4}, classes, 0.5, Rng.of(seed));
            assertEquals(4, split.train()[split.train().length - 1], "seed " + seed);
        }
    }

    @Test
    void fractionsOutOfRangeAndTooFewRowsAreRefused() {
        for (double fraction : new double[] {0, 1, -0.1, 1.5, Double.NaN}) {
            assertEquals(
                    "split: test fraction must be above 0 and below 1, got " + fraction,
                    assertThrows(DataException.class, () -> Split.plain(rows(9), fraction, Rng.of(1)))
                            .getMessage());
        }
        assertEquals(
                "split: must have at least 2 rows, got 1; training, validation and test each take a part of the table",
                assertThrows(DataException.class, () -> Split.plain(rows(1), 0.5, Rng.of(1)))
                        .getMessage());
        assertEquals(
                "split: some class must have at least 2 rows left, got 2 rows of as many classes; more rows a class, or a"
                        + " smaller test part, help",
                assertThrows(DataException.class, () -> Split.stratified(rows(2), new int[] {0, 1}, 0.5, Rng.of(1)))
                        .getMessage());
    }

    @Test
    void foldsTestEveryRowOnceWithSizesAndClassesWithinOne() {
        for (int seed = 0; seed < 200; seed++) {
            Rng rng = Rng.of(seed);
            String message = "seed " + seed;
            int count = 1 + rng.intAt(0, 5);
            int n = 10 + rng.intAt(1, 100);
            int k = 2 + rng.intAt(2, 9);
            int[] classes = classes(n, count, 1, rng.child("classes"));
            List<Split> folds = Folds.stratified(rows(n), classes, k, rng.child("folds"));
            assertEquals(k, folds.size());
            int[] all = counts(rows(n), classes, count);
            int[] everyTest = {};
            for (Split fold : folds) {
                assertArrayEquals(rows(n), together(fold.train(), fold.test()), message);
                everyTest = together(everyTest, fold.test());
                assertEquals(n / (double) k, fold.test().length, 0.999, message);
                int[] tested = counts(fold.test(), classes, count);
                for (int code = 0; code < count; code++) {
                    assertEquals(all[code] / (double) k, tested[code], 0.999, message);
                }
            }
            assertArrayEquals(rows(n), everyTest, message);
        }
    }

    @Test
    void foldsOutOfRangeAreRefused() {
        assertEquals(
                "folds: must be from 2 to the number of rows, got 5 for 4 rows",
                assertThrows(DataException.class, () -> Folds.plain(rows(4), 5, Rng.of(1)))
                        .getMessage());
        assertThrows(DataException.class, () -> Folds.plain(rows(4), 1, Rng.of(1)));
    }

    @Test
    void schemaDecidesHowRowsAreSplit(@TempDir Path folder) {
        Table table = new CsvFiles(folder)
                .table("x,c,v\n"
                        + IntStream.range(0, 40)
                                .mapToObj(i -> i % 9 + ".5," + (i < 4 ? "rare" : "usual") + "," + i * i % 13 + ".5\n")
                                .reduce("", String::concat));
        int[] rows = IntStream.range(0, 40).toArray();
        Schema classes = Schema.of(table, "c");
        Schema values = Schema.of(table, "v");
        int rareFirst = 0;
        for (int seed = 0; seed < 30; seed++) {
            Split split = Split.of(classes, table, rows, 0.25, Rng.of(seed));
            assertEquals(1, Arrays.stream(split.test()).filter(row -> row < 4).count(), "seed " + seed);
            assertEquals(10, Split.of(values, table, rows, 0.25, Rng.of(seed)).test().length);
            rareFirst += Arrays.stream(Split.of(values, table, rows, 0.25, Rng.of(seed))
                                            .test())
                                    .filter(row -> row < 4)
                                    .count()
                            == 1
                    ? 1
                    : 0;
            for (Split fold : Folds.of(classes, table, rows, 4, Rng.of(seed))) {
                assertEquals(
                        1, Arrays.stream(fold.test()).filter(row -> row < 4).count(), "seed " + seed);
            }
            assertEquals(4, Folds.of(values, table, rows, 4, Rng.of(seed)).size());
        }
        assertTrue(rareFirst < 30, "a plain split does not hold the classes in proportion");
    }
}
