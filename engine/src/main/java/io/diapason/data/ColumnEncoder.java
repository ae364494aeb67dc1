package io.diapason.data;

import java.util.List;

/** How one column becomes numbers, as fitted on some rows; plain data, so that a model file can hold it. */
public sealed interface ColumnEncoder permits NumericEncoder, BooleanEncoder, CategoricalEncoder {
    /**
     * The column read.
     *
     * @return its name
     */
    String column();

    /**
     * What each number is, in order.
     *
     * @return at least one name, such as {@code age}, {@code age missing}, {@code sex=male}, {@code city other}
     */
    List<String> featureNames();

    /**
     * How many numbers a cell becomes.
     *
     * @return at least 1
     */
    default int width() {
        return featureNames().size();
    }

    /**
     * Writes the numbers of some rows into a matrix.
     *
     * @param table any table that has the column
     * @param rows the rows to read; rows[i] fills the matrix's row i
     * @param features the matrix, row-major {@code [rows, stride]}; zero where this encoder writes
     * @param stride the matrix's width
     * @param offset the first of the {@link #width()} columns to write
     * @throws DataException when the column is not there, or a cell cannot be what this encoder reads
     */
    void encode(Table table, int[] rows, float[] features, int stride, int offset);
}
