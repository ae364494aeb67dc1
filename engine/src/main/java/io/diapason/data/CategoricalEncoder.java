package io.diapason.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Categories, one-hot: one number a category, 1 for the cell's own and 0 for the others. Of more than 100 categories
 * the 100 most frequent have a number of their own and all others share one, {@code other}. A category not seen in the
 * rows fitted on is all zeros, or {@code other} where that exists. If a cell was missing in the rows fitted on, the
 * last number is 1 for a missing cell, else 0; if none was, a missing cell is all zeros.
 *
 * @param column the column's name
 * @param categories those with a number of their own: the most frequent first, of equally frequent ones by name
 * @param other whether one number stands for all other categories
 * @param missingSeen whether a cell was missing in the rows fitted on
 */
public record CategoricalEncoder(String column, List<String> categories, boolean other, boolean missingSeen)
        implements ColumnEncoder {
    /** How many categories have a number of their own. */
    public static final int MOST_CATEGORIES = 100;

    private static final int NONE = -1;

    /**
     * Checks the categories.
     *
     * @param column the column's name
     * @param categories different and not empty
     * @param other whether one number stands for all other categories
     * @param missingSeen whether missing cells have a number
     * @throws DataException when a category is empty or repeats, or there would be no number at all
     */
    public CategoricalEncoder {
        categories = List.copyOf(categories);
        if (categories.contains("") || new HashSet<>(categories).size() < categories.size()) {
            throw new DataException(
                    "column «" + column + "»: categories must differ and none be empty, got " + categories);
        }
        if (categories.isEmpty() && !other && !missingSeen) {
            throw new DataException("column «" + column + "»: must have a category, other or missing cells, got none");
        }
    }

    static CategoricalEncoder fit(Column column, int[] rows) {
        Map<String, Integer> counts = new HashMap<>();
        for (int row : rows) {
            if (!column.isMissing(row)) {
                counts.merge(column.text(row), 1, Integer::sum);
            }
        }
        List<String> byFrequency = new ArrayList<>(counts.keySet());
        byFrequency.sort(Comparator.<String>comparingInt(category -> -counts.getOrDefault(category, 0))
                .thenComparing(Comparator.naturalOrder()));
        boolean other = byFrequency.size() > MOST_CATEGORIES;
        return new CategoricalEncoder(
                column.name(),
                other ? byFrequency.subList(0, MOST_CATEGORIES) : byFrequency,
                other,
                anyMissing(column, rows));
    }

    static boolean anyMissing(Column column, int[] rows) {
        for (int row : rows) {
            if (column.isMissing(row)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<String> featureNames() {
        List<String> names = new ArrayList<>();
        categories.forEach(category -> names.add(column + "=" + category));
        if (other) {
            names.add(column + " other");
        }
        if (missingSeen) {
            names.add(column + " missing");
        }
        return List.copyOf(names);
    }

    @Override
    public void encode(Table table, int[] rows, float[] features, int stride, int offset) {
        Column cells = table.column(column);
        Map<String, Integer> positions = new HashMap<>();
        for (int i = 0; i < categories.size(); i++) {
            positions.put(categories.get(i), i);
        }
        int unseen = other ? categories.size() : NONE;
        int missing = missingSeen ? categories.size() + (other ? 1 : 0) : NONE;
        for (int i = 0; i < rows.length; i++) {
            int position = cells.isMissing(rows[i]) ? missing : positions.getOrDefault(cells.text(rows[i]), unseen);
            if (position != NONE) {
                features[i * stride + offset + position] = 1;
            }
        }
    }
}
