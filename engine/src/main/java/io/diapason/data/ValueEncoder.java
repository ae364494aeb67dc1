package io.diapason.data;

/**
 * A numeric target, learned as {@code (value - mean) / standardDeviation}.
 *
 * @param mean of the rows fitted on, finite
 * @param standardDeviation of the rows fitted on (divided by their number); finite and above 0
 */
public record ValueEncoder(double mean, double standardDeviation) implements TargetEncoder {
    /**
     * Checks the numbers.
     *
     * @param mean finite
     * @param standardDeviation finite and above 0
     * @throws DataException when a number is out of range
     */
    public ValueEncoder {
        if (!Double.isFinite(mean) || !Double.isFinite(standardDeviation) || standardDeviation <= 0) {
            throw new DataException("target: mean must be finite and standard deviation finite and above 0, got " + mean
                    + " and " + standardDeviation);
        }
    }

    /**
     * Fits on values; of values that do not differ the standard deviation is taken as 1.
     *
     * @param values finite numbers, at least one
     * @return the encoder
     */
    public static ValueEncoder fit(double[] values) {
        Moments moments = Moments.of(values);
        return new ValueEncoder(moments.mean(), moments.scale());
    }

    @Override
    public Task task() {
        return Task.REGRESSION;
    }

    /**
     * The target's numbers in a table's rows, as they are.
     *
     * @param table any table that has the target column
     * @param target the target's name
     * @param rows row numbers
     * @return one finite number a row, in the order given
     * @throws DataException when there is no such column, or a cell is missing or no finite number
     */
    public static double[] values(Table table, String target, int[] rows) {
        Column column = table.column(target);
        double[] values = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            values[i] = NumericEncoder.number(table, column, rows[i]);
            if (Double.isNaN(values[i])) {
                throw new DataException(
                        table.place(rows[i]) + ": target «" + target + "» must hold a number, got a missing cell");
            }
        }
        return values;
    }

    /**
     * Values as they are learned.
     *
     * @param values numbers of the target
     * @return {@code (value - mean) / standardDeviation}, computed in double
     */
    public float[] standardise(double[] values) {
        float[] standardised = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            standardised[i] = (float) ((values[i] - mean) / standardDeviation);
        }
        return standardised;
    }

    /**
     * A prediction as a number of the target: the inverse of {@link #standardise}.
     *
     * @param standardised what a model predicts
     * @return {@code standardised · standardDeviation + mean}
     */
    public double value(float standardised) {
        return standardised * standardDeviation + mean;
    }
}
