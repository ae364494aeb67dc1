package io.diapason.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * How a table's rows become the numbers a network reads: one encoder a column, side by side. Fitted on the training
 * rows alone, so that nothing of other rows leaks into it.
 *
 * @param encoders at least one, of different columns, in the order of their features
 */
public record Preprocessing(List<ColumnEncoder> encoders) {
    /**
     * Checks the encoders.
     *
     * @param encoders at least one, of different columns
     * @throws DataException when there is none or two read the same column
     */
    public Preprocessing {
        encoders = List.copyOf(encoders);
        List<String> columns = encoders.stream().map(ColumnEncoder::column).toList();
        if (encoders.isEmpty() || new HashSet<>(columns).size() < columns.size()) {
            throw new DataException(
                    "preprocessing: must have encoders of different columns, at least one, got " + columns);
        }
    }

    /**
     * Fits one encoder a column.
     *
     * @param table the table
     * @param features the columns to read
     * @param rows the rows to fit on, and no others
     * @return numeric columns standardised, truth values as ±1, words one-hot
     * @throws DataException when a column is not there or a number is infinite
     */
    public static Preprocessing fit(Table table, List<String> features, int[] rows) {
        if (rows.length == 0) {
            throw new DataException(
                    "preprocessing: must be fitted on at least one row of " + table.name() + ", got none");
        }
        List<ColumnEncoder> encoders = new ArrayList<>();
        for (String feature : features) {
            Column column = table.column(feature);
            if (column instanceof NumericColumn) {
                encoders.add(NumericEncoder.fit(table, column, rows));
            } else if (column instanceof BooleanColumn) {
                encoders.add(BooleanEncoder.fit(column, rows));
            } else {
                encoders.add(CategoricalEncoder.fit(column, rows));
            }
        }
        return new Preprocessing(encoders);
    }

    /**
     * The number of features, that is of columns of {@link #transform}.
     *
     * @return at least 1
     */
    public int width() {
        return encoders.stream().mapToInt(ColumnEncoder::width).sum();
    }

    /**
     * What each feature is, in order.
     *
     * @return {@link #width()} names
     */
    public List<String> featureNames() {
        return encoders.stream()
                .flatMap(encoder -> encoder.featureNames().stream())
                .toList();
    }

    /**
     * Some rows of any table as features. Further columns are ignored, the target's among them.
     *
     * @param table a table that has every column fitted on
     * @param rows row numbers, in any order
     * @return row-major {@code [rows, width]}
     * @throws DataException when a column is not there, when a numeric column holds a word or an infinity, or when the
     *     matrix would have more than 2^31 - 1 numbers
     */
    public float[] transform(Table table, int[] rows) {
        List<String> lacking = encoders.stream()
                .map(ColumnEncoder::column)
                .filter(column -> table.find(column).isEmpty())
                .toList();
        if (!lacking.isEmpty()) {
            throw new DataException(table.name() + ": must have every column that was learned from, got none named «"
                    + String.join("», «", lacking) + "»; "
                    + DidYouMean.help(lacking.get(0), table.columnNames()));
        }
        int width = width();
        long size = (long) rows.length * width;
        if (size > Integer.MAX_VALUE) {
            throw new DataException("features: rows times width must be below 2^31, got " + rows.length + " times "
                    + width + "; take fewer rows");
        }
        float[] features = new float[(int) size];
        int offset = 0;
        for (ColumnEncoder encoder : encoders) {
            encoder.encode(table, rows, features, width, offset);
            offset += encoder.width();
        }
        return features;
    }

    /**
     * All rows of any table as features.
     *
     * @param table a table that has every column fitted on
     * @return row-major {@code [rows, width]}
     * @throws DataException as {@link #transform(Table, int[])}
     */
    public float[] transform(Table table) {
        return transform(table, table.allRows());
    }
}
