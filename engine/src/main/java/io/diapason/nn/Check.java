package io.diapason.nn;

import io.diapason.tensor.DType;

/** What several layers ask of the numbers that they are made from. */
final class Check {
    private Check() {}

    static void sizes(String op, int... sizes) {
        for (int size : sizes) {
            if (size < 1) {
                throw new IllegalArgumentException(op + ": sizes must be at least 1, got " + size);
            }
        }
    }

    static void floats(String op, DType dtype) {
        if (!dtype.isFloat()) {
            throw new IllegalArgumentException(op + ": the type must be float32 or float64, got " + dtype);
        }
    }
}
