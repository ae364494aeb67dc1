package io.diapason.tuner.trial;

/** How a trial ended. */
public sealed interface Outcome {
    /**
     * The trial gave a value.
     *
     * @param value the objective's value, finite
     */
    record Complete(double value) implements Outcome {
        /**
         * A checked value.
         *
         * @param value the objective's value
         * @throws IllegalArgumentException when it is not finite
         */
        public Complete {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("objective: value must be a finite number, got " + value);
            }
        }
    }

    /**
     * The trial came to no value: an exception, an error, or a value that is no finite number.
     *
     * @param reason one sentence
     */
    record Failed(String reason) implements Outcome {}

    /**
     * The trial was stopped early, because it was not worth going on.
     *
     * @param reason one sentence
     */
    record Pruned(String reason) implements Outcome {}
}
