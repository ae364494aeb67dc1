package io.diapason.data;

import java.util.List;
import java.util.Locale;

/**
 * Truth values: 1 for true, -1 for false, 0 for a missing cell and for a word that is neither; if a cell was missing in
 * the rows fitted on, a second number is 1 for a missing cell, else 0. In another table {@code 1}, {@code true},
 * {@code yes} and {@code t} are true, {@code 0}, {@code false}, {@code no} and {@code f} false, in any case.
 *
 * @param column the column's name
 * @param missingSeen whether a cell was missing in the rows fitted on
 */
public record BooleanEncoder(String column, boolean missingSeen) implements ColumnEncoder {
    static BooleanEncoder fit(Column column, int[] rows) {
        return new BooleanEncoder(column.name(), CategoricalEncoder.anyMissing(column, rows));
    }

    @Override
    public List<String> featureNames() {
        return missingSeen ? List.of(column, column + " missing") : List.of(column);
    }

    @Override
    public void encode(Table table, int[] rows, float[] features, int stride, int offset) {
        Column cells = table.column(column);
        for (int i = 0; i < rows.length; i++) {
            int at = i * stride + offset;
            if (!cells.isMissing(rows[i])) {
                features[at] = truth(cells, rows[i]);
            } else if (missingSeen) {
                features[at + 1] = 1;
            }
        }
    }

    private static float truth(Column cells, int row) {
        if (cells instanceof BooleanColumn booleans) {
            return booleans.value(row) ? 1 : -1;
        }
        if (cells instanceof NumericColumn numbers) {
            double value = numbers.value(row);
            return value == 1 ? 1 : value == 0 ? -1 : 0;
        }
        return switch (cells.text(row).toLowerCase(Locale.ROOT)) {
            case "1", "true", "yes", "t" -> 1;
            case "0", "false", "no", "f" -> -1;
            default -> 0;
        };
    }
}
