package io.diapason.data;

import java.util.Optional;

/**
 * A column of numbers that a few odd words turn into a column of words: most likely a slip, and worth a sentence.
 *
 * @param place where the first odd word stands
 * @param word the odd word
 */
record NearlyNumeric(String place, String word) {
    private static final double SHARE_OF_NUMBERS = 0.9;
    private static final int FEWEST_NUMBERS = 10;

    /** The first odd word, when at least nine of ten cells, and at least ten, are numbers. */
    static Optional<NearlyNumeric> of(Table table, Column column, int[] rows) {
        if (!(column instanceof CategoricalColumn)) {
            return Optional.empty();
        }
        int numbers = 0;
        int present = 0;
        int first = -1;
        for (int row : rows) {
            if (!column.isMissing(row)) {
                present++;
                if (!Double.isNaN(Cells.number(column.text(row)))) {
                    numbers++;
                } else if (first < 0) {
                    first = row;
                }
            }
        }
        return first >= 0 && numbers >= FEWEST_NUMBERS && numbers >= SHARE_OF_NUMBERS * present
                ? Optional.of(new NearlyNumeric(table.place(first), column.text(first)))
                : Optional.empty();
    }
}
