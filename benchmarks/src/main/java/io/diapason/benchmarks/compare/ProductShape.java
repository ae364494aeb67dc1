package io.diapason.benchmarks.compare;

import java.util.List;

/**
 * A product of matrices in a step of one of the shapes A to E: {@code C[m, n] = op(A) op(B)} with k between.
 *
 * @param name such as {@code B2 forward}: the second layer of B
 * @param transposeA whether A lies as {@code [k, m]}
 * @param transposeB whether B lies as {@code [n, k]}
 * @param m rows of C
 * @param n columns of C
 * @param k terms of a sum
 * @param floor of the ratio of speeds, to MKL
 */
public record ProductShape(String name, boolean transposeA, boolean transposeB, int m, int n, int k, double floor) {
    private static final double CLOSE = 0.95; // within 5 %
    private static final double CLOSE_ENOUGH = 0.9; // within 10 %

    /** Those that issue 4 names, and heads. */
    public static final List<ProductShape> ALL = List.of(
            forward("A2", 32, 64, 64, CLOSE),
            weights("A2", 32, 64, 64, CLOSE),
            inputs("A2", 32, 64, 64, CLOSE),
            forward("A3", 32, 2, 64, CLOSE),
            weights("A3", 32, 2, 64, CLOSE),
            inputs("A3", 32, 2, 64, CLOSE),
            forward("B2", 64, 128, 128, CLOSE),
            weights("B2", 64, 128, 128, CLOSE),
            inputs("B2", 64, 128, 128, CLOSE),
            forward("C2", 128, 256, 256, CLOSE),
            weights("C2", 128, 256, 256, CLOSE),
            inputs("C2", 128, 256, 256, CLOSE),
            forward("C3", 128, 10, 256, CLOSE),
            weights("C3", 128, 10, 256, CLOSE),
            inputs("C3", 128, 10, 256, CLOSE),
            forward("D1", 128, 512, 784, CLOSE),
            weights("D1", 128, 512, 784, CLOSE),
            weights("D2", 128, 512, 512, CLOSE),
            inputs("D2", 128, 512, 512, CLOSE),
            forward("E2", 256, 2048, 2048, CLOSE_ENOUGH),
            weights("E2", 256, 2048, 2048, CLOSE_ENOUGH),
            inputs("E2", 256, 2048, 2048, CLOSE_ENOUGH),
            forward("E3", 256, 1000, 2048, CLOSE_ENOUGH));

    /** {@code x W}. */
    private static ProductShape forward(String layer, int batch, int out, int in, double floor) {
        return new ProductShape(layer + " forward", false, false, batch, out, in, floor);
    }

    /** {@code x' dy}. */
    private static ProductShape weights(String layer, int batch, int out, int in, double floor) {
        return new ProductShape(layer + " dW", true, false, in, out, batch, floor);
    }

    /** {@code dy W'}. */
    private static ProductShape inputs(String layer, int batch, int out, int in, double floor) {
        return new ProductShape(layer + " dX", false, true, batch, in, out, floor);
    }

    /** Additions and multiplications. */
    double flops() {
        return 2.0 * m * n * k;
    }

    /** Such as {@code NT 32,64,64}. */
    String text() {
        return (transposeA ? "T" : "N") + (transposeB ? "T" : "N") + " " + m + "," + n + "," + k;
    }
}
