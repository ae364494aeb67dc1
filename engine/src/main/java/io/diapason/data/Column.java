package io.diapason.data;

/** One named column of a {@link Table}; cells are typed, and any may be missing. */
public sealed interface Column permits NumericColumn, BooleanColumn, CategoricalColumn {
    /**
     * The header's name, without surrounding blanks.
     *
     * @return the name
     */
    String name();

    /**
     * The number of cells.
     *
     * @return at least 0
     */
    int rows();

    /**
     * Whether a cell holds nothing.
     *
     * @param row 0 … rows-1
     * @return true for a missing cell
     */
    boolean isMissing(int row);

    /**
     * A cell as it was spelled, without surrounding blanks.
     *
     * @param row 0 … rows-1
     * @return the text; the empty text, which no cell with a value has, for a missing cell
     */
    String text(int row);

    /**
     * What the cells hold, as a word for people.
     *
     * @return {@code "numeric"}, {@code "boolean"} or {@code "categorical"}
     */
    String kind();
}
