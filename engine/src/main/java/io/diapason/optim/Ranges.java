package io.diapason.optim;

/** The ranges of the numbers that optimisers and schedules are made of; for those of one's own, too. */
public final class Ranges {
    private Ranges() {}

    /**
     * A number must be above 0.
     *
     * @param op what is made, for the message
     * @param name of the number
     * @param value the number
     * @throws IllegalArgumentException when it is not, or not finite
     */
    public static void positive(String op, String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw refusal(op, name, "above 0 and finite", value);
        }
    }

    /**
     * A number must not be negative.
     *
     * @param op what is made, for the message
     * @param name of the number
     * @param value the number
     * @throws IllegalArgumentException when it is, or not finite
     */
    public static void atLeastZero(String op, String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw refusal(op, name, "at least 0 and finite", value);
        }
    }

    /**
     * A number must be in [0, 1).
     *
     * @param op what is made, for the message
     * @param name of the number
     * @param value the number
     * @throws IllegalArgumentException when it is not
     */
    public static void fraction(String op, String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw refusal(op, name, "at least 0 and below 1", value);
        }
    }

    /**
     * A number must be in [0, 1].
     *
     * @param op what is made, for the message
     * @param name of the number
     * @param value the number
     * @throws IllegalArgumentException when it is not
     */
    public static void upToOne(String op, String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw refusal(op, name, "from 0 to 1", value);
        }
    }

    /**
     * A count must not be too small.
     *
     * @param op what is made, for the message
     * @param name of the count
     * @param least the least it may be
     * @param value the count
     * @throws IllegalArgumentException when it is below
     */
    public static void atLeast(String op, String name, long least, long value) {
        if (!(value >= least)) {
            throw refusal(op, name, "at least " + least, value);
        }
    }

    private static IllegalArgumentException refusal(String op, String name, String range, Object value) {
        return new IllegalArgumentException(op + ": " + name + " must be " + range + ", got " + value);
    }
}
