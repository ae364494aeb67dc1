package io.diapason.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RngTest {
    // Known-answer vectors of philox4x32-10 from Random123 1.14 (kat_vectors).
    @Test
    void philoxGivesThePublishedKnownAnswers() {
        assertArrayEquals(new int[] {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}, Rng.philox(0, 0, 0, 0, 0, 0));
        assertArrayEquals(
                new int[] {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}, Rng.philox(-1, -1, -1, -1, -1, -1));
        assertArrayEquals(
                new int[] {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1},
                Rng.philox(0xa4093822, 0x299f31d0, 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344));
    }

    @Test
    void wordsOfAStreamAreTheBlocksInOrder() {
        Rng rng = Rng.of(0x299f31d0a4093822L, 0x0370734413198a2eL);
        for (int word = 0; word < 12; word++) {
            int[] block = Rng.philox(0xa4093822, 0x299f31d0, word / 4, 0, 0x13198a2e, 0x03707344);
            assertEquals(block[word % 4], rng.wordAt(word));
        }
    }

    @Test
    void permutationHoldsEveryNumberOnce() {
        for (int n : new int[] {0, 1, 2, 17, 1000}) {
            int[] order = Rng.of(5, n).permutation(n);
            int[] sorted = order.clone();
            Arrays.sort(sorted);
            for (int i = 0; i < n; i++) {
                assertEquals(i, sorted[i]);
            }
        }
    }

    @Test
    void boundedIntegersAreUniform() {
        // Chi-square with 9 degrees of freedom: above 27.9 with probability 0.001; the seed is fixed, so never flaky.
        int[] counts = new int[10];
        Rng rng = Rng.of(11);
        int n = 100_000;
        for (int i = 0; i < n; i++) {
            counts[rng.intAt(i, 10)]++;
        }
        double chiSquare = 0;
        for (int count : counts) {
            chiSquare += Math.pow(count - n / 10.0, 2) / (n / 10.0);
        }
        assertTrue(chiSquare < 27.9, "chi-square " + chiSquare);
    }

    @Test
    void gaussiansHaveMeanZeroAndVarianceOne() {
        Rng rng = Rng.of(3).child("gaussian");
        int n = 100_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double x = rng.gaussianAt(i);
            sum += x;
            squares += x * x;
        }
        assertEquals(0, sum / n, 4 / Math.sqrt(n)); // four standard errors
        assertEquals(1, squares / n, 4 * Math.sqrt(2.0 / n));
    }

    @Test
    void childrenAreIndependentOfOneAnotherAndOfTheirParent() {
        Rng parent = Rng.of(1);
        assertNotEquals(parent.child(0).wordAt(0), parent.child(1).wordAt(0));
        assertNotEquals(parent.wordAt(0), parent.child(0).wordAt(0));
        assertEquals(
                parent.child("weights").wordAt(3), Rng.of(1).child("weights").wordAt(3));
        assertNotEquals(
                parent.child("weights").wordAt(0), parent.child("shuffle").wordAt(0));
    }

    @Test
    void boundBelowOneIsRefused() {
        var e = assertThrows(IllegalArgumentException.class, () -> Rng.of(1).intAt(0, 0));
        assertEquals("random: bound must be at least 1, got 0", e.getMessage());
    }
}
