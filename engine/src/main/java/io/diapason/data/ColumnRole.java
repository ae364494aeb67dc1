package io.diapason.data;

import java.util.BitSet;
import java.util.List;

/**
 * What one column is used for, and why.
 *
 * <p>A column is left out without being asked only if it cannot help:
 *
 * <ul>
 *   <li>{@link Role#EMPTY}: every cell is missing;
 *   <li>{@link Role#CONSTANT}: every cell holds the same value and none is missing;
 *   <li>{@link Role#IDENTIFIER}, in tables of at least 10 rows: words of which at least 95 % differ from one another;
 *       or integers without a missing cell that grow by exactly 1 from each row to the next, as 0, 1, 2, … and 1, 2, 3,
 *       … do. A column that holds a fraction, repeats, skips or is in another order is none.
 * </ul>
 *
 * @param column the column's name
 * @param role what it is used for
 * @param reason why, as the end of a sentence: {@code "every cell is 0"}; empty for features and the target
 */
public record ColumnRole(String column, Role role, String reason) {
    private static final int FEWEST_ROWS_OF_IDENTIFIER = 10;
    private static final double DISTINCT_SHARE_OF_IDENTIFIER = 0.95;

    /**
     * What every column of a table could be used for when no target is named.
     *
     * @param table any table
     * @return one role a column, in the table's order: feature, empty, constant or identifier
     */
    public static List<ColumnRole> of(Table table) {
        int[] rows = table.allRows();
        return table.columns().stream().map(column -> of(column, rows)).toList();
    }

    /** Of the given rows whether the cells are empty or constant, of all rows whether they are identifiers. */
    static ColumnRole of(Column column, int[] rows) {
        int missing = 0;
        for (int row : rows) {
            missing += column.isMissing(row) ? 1 : 0;
        }
        if (missing == rows.length) {
            return new ColumnRole(column.name(), Role.EMPTY, "every cell is missing");
        }
        if (missing == 0 && isConstant(column, rows)) {
            return new ColumnRole(column.name(), Role.CONSTANT, "every cell is " + column.text(rows[0]));
        }
        if (column instanceof NumericColumn numbers && countsRows(numbers)) {
            return new ColumnRole(
                    column.name(),
                    Role.IDENTIFIER,
                    "it counts the rows from " + column.text(0) + ", as an identifier does");
        }
        if (column instanceof CategoricalColumn words && namesRows(words)) {
            return new ColumnRole(
                    column.name(),
                    Role.IDENTIFIER,
                    "its " + words.categories().size() + " words hardly ever repeat, as an identifier's do not");
        }
        return new ColumnRole(column.name(), Role.FEATURE, "");
    }

    private static boolean isConstant(Column column, int[] rows) {
        String first = column.text(rows[0]);
        for (int row : rows) {
            if (!column.text(row).equals(first)) {
                return false;
            }
        }
        return true;
    }

    private static boolean countsRows(NumericColumn column) {
        double first = column.value(0);
        if (column.rows() < FEWEST_ROWS_OF_IDENTIFIER || first != Math.rint(first)) {
            return false;
        }
        for (int row = 1; row < column.rows(); row++) {
            if (column.value(row) != column.value(row - 1) + 1) {
                return false;
            }
        }
        return true;
    }

    private static boolean namesRows(CategoricalColumn column) {
        BitSet seen = new BitSet();
        int present = 0;
        for (int row = 0; row < column.rows(); row++) {
            if (!column.isMissing(row)) {
                present++;
                seen.set(column.code(row));
            }
        }
        return present >= FEWEST_ROWS_OF_IDENTIFIER && seen.cardinality() >= DISTINCT_SHARE_OF_IDENTIFIER * present;
    }
}
