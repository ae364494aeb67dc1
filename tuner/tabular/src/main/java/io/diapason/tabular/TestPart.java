package io.diapason.tabular;

import io.diapason.data.Table;

/** Which rows judge the winner, once; no trial ever sees them. */
public sealed interface TestPart {
    /**
     * A part of the table, drawn at random, and by classes where there are classes.
     *
     * @param fraction above 0 and below 1
     */
    record Fraction(double fraction) implements TestPart {
        /**
         * A checked fraction.
         *
         * @param fraction above 0 and below 1
         */
        public Fraction {
            if (!(fraction > 0 && fraction < 1)) {
                throw new IllegalArgumentException("test: the fraction must be above 0 and below 1, got " + fraction);
            }
        }
    }

    /**
     * Another table with the same columns.
     *
     * @param table its rows that have a target
     */
    record Other(Table table) implements TestPart {}

    /** No rows: the winner is not tested. */
    record None() implements TestPart {}
}
