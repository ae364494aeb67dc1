package io.diapason.optim;

/** The ranges of the optimisers' numbers. */
final class Ranges {
    private Ranges() {}

    static void positive(String op, String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(op + ": " + name + " must be above 0 and finite, got " + value);
        }
    }

    static void atLeastZero(String op, String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(op + ": " + name + " must be at least 0 and finite, got " + value);
        }
    }

    static void fraction(String op, String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(op + ": " + name + " must be at least 0 and below 1, got " + value);
        }
    }

    static void upToOne(String op, String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(op + ": " + name + " must be from 0 to 1, got " + value);
        }
    }

    static void atLeastOne(String op, String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(op + ": " + name + " must be at least 1, got " + value);
        }
    }
}
