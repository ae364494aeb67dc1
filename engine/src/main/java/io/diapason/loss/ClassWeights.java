package io.diapason.loss;

import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Class weights from how often classes occur. */
public final class ClassWeights {
    private ClassWeights() {}

    /**
     * Weights under which every class that occurs counts the same in sum, and the mean over rows is 1: {@code w[c] =
     * rows / (classes that occur · rows of class c)}. A class that does not occur has weight 0. Source: King and Zeng
     * 2001, Political Analysis 9(2); what scikit-learn calls balanced.
     *
     * @param targets int64 {@code [rows]}, each in [0, classes)
     * @param classes how many classes there are, at least 1
     * @return one weight a class
     * @throws IndexOutOfBoundsException when a target is no class
     */
    public static List<Double> balanced(Tensor targets, int classes) {
        long[] counts = new long[classes];
        long[] rows = targets.toLongArray();
        for (long target : rows) {
            if (target < 0 || target >= classes) {
                throw new IndexOutOfBoundsException(
                        "classWeights: targets must be at least 0 and below " + classes + ", got " + target);
            }
            counts[(int) target]++;
        }
        long occurring = 0;
        for (long count : counts) {
            occurring += count > 0 ? 1 : 0;
        }
        List<Double> weights = new ArrayList<>();
        for (long count : counts) {
            weights.add(count == 0 ? 0 : rows.length / ((double) occurring * count));
        }
        return List.copyOf(weights);
    }
}
