package io.diapason.data;

import java.util.Arrays;
import java.util.List;

/**
 * Numbers, standardised: {@code (value - mean) / standardDeviation} in double, then rounded to float. A missing cell
 * becomes 0, which is the mean; if a cell was missing in the rows fitted on, a second number is 1 for a missing cell,
 * else 0.
 *
 * @param column the column's name
 * @param mean of the rows fitted on, finite
 * @param standardDeviation of the rows fitted on (divided by their number), 1 if they do not differ; finite, above 0
 * @param missingSeen whether a cell was missing in the rows fitted on
 */
public record NumericEncoder(String column, double mean, double standardDeviation, boolean missingSeen)
        implements ColumnEncoder {
    /** Squares of larger numbers, of many rows, would overflow. */
    private static final double LARGEST = 1e100;

    /**
     * Checks the numbers.
     *
     * @param column the column's name
     * @param mean finite
     * @param standardDeviation finite and above 0
     * @param missingSeen whether missing cells have a number
     * @throws DataException when a number is out of range
     */
    public NumericEncoder {
        if (!Double.isFinite(mean) || !Double.isFinite(standardDeviation) || standardDeviation <= 0) {
            throw new DataException("column «" + column
                    + "»: mean must be finite and standard deviation finite and above 0, got " + mean + " and "
                    + standardDeviation);
        }
    }

    static NumericEncoder fit(Table table, Column column, int[] rows) {
        double[] present = Arrays.stream(rows)
                .mapToDouble(row -> number(table, column, row))
                .filter(value -> !Double.isNaN(value))
                .toArray();
        Moments moments = Moments.of(present);
        return new NumericEncoder(column.name(), moments.mean(), moments.scale(), present.length < rows.length);
    }

    /** A cell's number, NaN when missing; refuses infinities and, in a column that should be numeric, words. */
    static double number(Table table, Column column, int row) {
        if (column.isMissing(row)) {
            return Double.NaN;
        }
        double value = column instanceof NumericColumn numbers ? numbers.value(row) : Cells.number(column.text(row));
        if (!Double.isFinite(value)) {
            throw new DataException(table.place(row) + ": column «" + column.name()
                    + "» must hold finite numbers, got «" + column.text(row) + "»");
        }
        if (Math.abs(value) > LARGEST) {
            throw new DataException(table.place(row) + ": column «" + column.name()
                    + "» must hold numbers from -1e100 to 1e100, got «" + column.text(row) + "»");
        }
        return value;
    }

    @Override
    public List<String> featureNames() {
        return missingSeen ? List.of(column, column + " missing") : List.of(column);
    }

    @Override
    public void encode(Table table, int[] rows, float[] features, int stride, int offset) {
        Column cells = table.column(column);
        for (int i = 0; i < rows.length; i++) {
            double value = number(table, cells, rows[i]);
            int at = i * stride + offset;
            if (!Double.isNaN(value)) {
                features[at] = (float) ((value - mean) / standardDeviation);
            } else if (missingSeen) {
                features[at + 1] = 1;
            }
        }
    }
}
