package io.diapason.nn;

import io.diapason.random.Rng;

/**
 * Random matrices with orthonormal columns or rows: the Q of a normal matrix A = QR with a positive diagonal of R,
 * which makes Q unique and its distribution uniform.
 *
 * <p>By Gram and Schmidt, each vector twice, which makes Q orthonormal to the last bits. Sources: Mezzadri 2007, «How
 * to generate random matrices from the classical compact groups»; Giraud et al. 2005, on «twice is enough».
 */
final class Orthogonal {
    private Orthogonal() {}

    /** Row-major; orthonormal columns where there are at most as many as rows, else orthonormal rows. */
    static double[] matrix(int rows, int columns, Rng rng) {
        boolean tall = columns <= rows;
        double[][] q = vectors(Math.min(rows, columns), Math.max(rows, columns), rng);
        double[] matrix = new double[Math.multiplyExact(rows, columns)];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                matrix[row * columns + column] = tall ? q[column][row] : q[row][column];
            }
        }
        return matrix;
    }

    private static double[][] vectors(int count, int length, Rng rng) {
        double[][] q = new double[count][length];
        for (int n = 0; n < count; n++) {
            for (int i = 0; i < length; i++) {
                q[n][i] = rng.gaussianAt((long) n * length + i);
            }
            for (int twice = 0; twice < 2; twice++) {
                for (int other = 0; other < n; other++) {
                    addMultiple(-dot(q[n], q[other]), q[other], q[n]);
                }
                scale(1 / Math.sqrt(dot(q[n], q[n])), q[n]);
            }
        }
        return q;
    }

    /** In four sums, which the processor adds at the same time. */
    private static double dot(double[] a, double[] b) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int i = 0;
        for (; i + 3 < a.length; i += 4) {
            sum0 += a[i] * b[i];
            sum1 += a[i + 1] * b[i + 1];
            sum2 += a[i + 2] * b[i + 2];
            sum3 += a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            sum0 += a[i] * b[i];
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }

    private static void addMultiple(double factor, double[] x, double[] y) {
        for (int i = 0; i < x.length; i++) {
            y[i] += factor * x[i];
        }
    }

    private static void scale(double factor, double[] x) {
        for (int i = 0; i < x.length; i++) {
            x[i] *= factor;
        }
    }
}
