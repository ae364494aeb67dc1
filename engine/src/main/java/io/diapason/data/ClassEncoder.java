package io.diapason.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A target of classes: the class at place c of the list has the code c.
 *
 * @param classes the labels, spelled as in the table that was learned from; at least two, all different
 */
public record ClassEncoder(List<String> classes) implements TargetEncoder {
    /**
     * Checks the labels.
     *
     * @param classes at least two, different and not empty
     * @throws DataException when there are fewer than two, or one is empty or repeats
     */
    public ClassEncoder {
        classes = List.copyOf(classes);
        if (classes.size() < 2 || classes.contains("") || new HashSet<>(classes).size() < classes.size()) {
            throw new DataException("classes: must be at least 2 different labels, none empty, got " + classes);
        }
    }

    /** In numeric order if all are numbers, else in the order of their characters. */
    static List<String> sorted(Collection<String> labels) {
        boolean numbers = labels.stream().noneMatch(label -> Double.isNaN(Cells.number(label)));
        List<String> sorted = new ArrayList<>(labels);
        sorted.sort(
                numbers
                        ? Comparator.<String>comparingDouble(Cells::number).thenComparing(Comparator.naturalOrder())
                        : Comparator.naturalOrder());
        return sorted;
    }

    @Override
    public Task task() {
        return Task.CLASSIFICATION;
    }

    /**
     * The class codes of a table's rows. A cell means the class that is spelled like it; else the one of equal number;
     * else the only one that differs in case alone.
     *
     * @param table any table that has the target column
     * @param target the target's name
     * @param rows row numbers
     * @return codes 0 … classes-1, one a row in the order given
     * @throws DataException when there is no such column, or a cell is missing or means no class
     */
    public int[] codes(Table table, String target, int[] rows) {
        Column column = table.column(target);
        Map<String, Integer> codes = new HashMap<>();
        for (int code = 0; code < classes.size(); code++) {
            codes.put(classes.get(code), code);
        }
        int[] result = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            String cell = column.text(rows[i]);
            @Nullable Integer code = codes.get(cell);
            if (code == null) {
                int row = rows[i];
                code = similar(cell)
                        .orElseThrow(() -> new DataException(table.place(row) + ": target «" + target
                                + "» must be one of " + DidYouMean.list(classes) + ", got "
                                + (cell.isEmpty() ? "a missing cell" : "«" + cell + "»")));
                codes.put(cell, code);
            }
            result[i] = code;
        }
        return result;
    }

    private Optional<Integer> similar(String cell) {
        double number = Cells.number(cell);
        List<Integer> sameWord = new ArrayList<>();
        for (int code = 0; code < classes.size(); code++) {
            if (Cells.number(classes.get(code)) == number) {
                return Optional.of(code);
            }
            if (classes.get(code).equalsIgnoreCase(cell)) {
                sameWord.add(code);
            }
        }
        return sameWord.size() == 1 ? Optional.of(sameWord.get(0)) : Optional.empty();
    }
}
