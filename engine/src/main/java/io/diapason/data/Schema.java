package io.diapason.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is learned from a table: the target, the task, and each column's role; with sentences that say why.
 *
 * <p>The task, unless chosen: words and truth values are classes; numbers with fractions are numbers; integers are
 * classes when they are all the codes from 0 or 1 up to some number, at most 50 of them, with at least 5 rows each on
 * average (so 0-9 and 1/2 are classes, and a grade of 3-9 is a number). Columns are left out as {@link ColumnRole}
 * says. Rows without a target are left out.
 */
public final class Schema {
    private final String target;
    private final Task task;
    private final List<String> classes;
    private final List<ColumnRole> roles;
    private final int[] labelledRows;
    private final List<String> notes;
    private final List<String> warnings;

    private Schema(
            String target,
            Task task,
            List<String> classes,
            List<ColumnRole> roles,
            int[] labelledRows,
            List<String> notes,
            List<String> warnings) {
        this.target = target;
        this.task = task;
        this.classes = List.copyOf(classes);
        this.roles = List.copyOf(roles);
        this.labelledRows = labelledRows;
        this.notes = List.copyOf(notes);
        this.warnings = List.copyOf(warnings);
    }

    /**
     * The schema with the task the target suggests and no column dropped by hand.
     *
     * @param table what to learn from
     * @param target the name of the column to predict
     * @return the schema
     * @throws DataException as {@link #of(Table, String, List, TaskChoice)}
     */
    public static Schema of(Table table, String target) {
        return of(table, target, List.of(), TaskChoice.AUTO);
    }

    /**
     * The schema.
     *
     * @param table what to learn from
     * @param target the name of the column to predict
     * @param dropped names of columns to leave out
     * @param choice the task, or auto
     * @return the schema
     * @throws DataException when the target or a dropped column is not there; when the target is missing everywhere, is
     *     one class or number only, has a class of a single row, is infinite, or holds words for a regression; when a
     *     numeric feature is infinite; or when no usable feature is left
     */
    public static Schema of(Table table, String target, List<String> dropped, TaskChoice choice) {
        table.requireColumn("target", target);
        for (String column : dropped) {
            table.requireColumn("drop", column);
            if (column.equals(target)) {
                throw new DataException("drop: must name columns other than the target, got «" + column + "»");
            }
        }
        Column labels = table.column(target);
        List<String> notes = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        int[] rows = labelledRows(table, labels, warnings);
        if (choice == TaskChoice.AUTO) {
            NearlyNumeric.of(table, labels, rows).ifPresent(oddity -> {
                throw new DataException(
                        oddity.place() + ": target «" + target + "» must hold numbers, as its other cells do, got «"
                                + oddity.word() + "»; --task classification takes its cells as classes");
            });
        }
        TaskInference inference = TaskInference.of(table, labels, rows, choice);
        if (inference.task() == Task.REGRESSION || labels instanceof NumericColumn) {
            requireNumbers(table, labels);
        }
        notes.add(inference.reason());
        List<String> classes = inference.task() == Task.CLASSIFICATION ? classes(table, labels, rows) : List.of();
        if (inference.task() == Task.REGRESSION) {
            requireVariation(table, labels, rows);
        }
        List<ColumnRole> roles = roles(table, target, Set.copyOf(dropped), rows, notes);
        for (Column column : table.columns()) {
            if (!column.name().equals(target) && !dropped.contains(column.name())) {
                NearlyNumeric.of(table, column, rows)
                        .ifPresent(
                                oddity -> warnings.add(
                                        "column «" + column.name() + "» is read as words, because of «"
                                                + oddity.word() + "» at " + oddity.place()
                                                + ", though nearly all its cells are numbers; make that a number, or a missing cell"));
            }
        }
        warnOfLeaks(table, labels, rows, classes, roles, warnings);
        return new Schema(target, inference.task(), classes, roles, rows, notes, warnings);
    }

    private static int[] labelledRows(Table table, Column target, List<String> warnings) {
        int[] rows = table.rowsWith(target.name());
        int without = table.rows() - rows.length;
        if (rows.length == 0) {
            throw new DataException(table.name() + ": target «" + target.name()
                    + "» must have a value in some row, got none in " + table.rows());
        }
        if (without > 0) {
            int first = 0;
            while (!target.isMissing(first)) {
                first++;
            }
            warnings.add((without == 1 ? "1 row has" : without + " rows have") + " no value of the target «"
                    + target.name() + "» and " + (without == 1 ? "is" : "are") + " left out, the first at "
                    + table.place(first));
        }
        return rows;
    }

    /** Who forgets a number of the target should hear of it; words may be unknown. */
    private static void requireNumbers(Table table, Column target) {
        for (int row = 0; row < table.rows(); row++) {
            if (target.isMissing(row)) {
                throw new DataException(table.place(row) + ": target «" + target.name()
                        + "» must hold a number in every row, got a missing cell; take out the rows without one");
            }
        }
    }

    private static List<String> classes(Table table, Column target, int[] rows) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (int row : rows) {
            counts.merge(target.text(row), 1, Integer::sum);
        }
        if (counts.size() == 1) {
            throw new DataException(table.name() + ": target «" + target.name()
                    + "» must have at least 2 classes, got only «" + target.text(rows[0]) + "»");
        }
        Set<String> single = new HashSet<>();
        counts.forEach((name, count) -> {
            if (count == 1) {
                single.add(name);
            }
        });
        for (int row : rows) {
            if (single.contains(target.text(row))) {
                String more = single.size() == 1
                        ? ""
                        : ", as " + (single.size() - 1) + " more of its " + counts.size() + " classes";
                String help = target instanceof NumericColumn ? ", or choose regression with --task regression" : "";
                throw new DataException(table.place(row) + ": class «" + target.text(row) + "» of the target «"
                        + target.name() + "» must have at least 2 rows, got 1" + more
                        + "; leave such rows out or join classes" + help);
            }
        }
        return ClassEncoder.sorted(counts.keySet());
    }

    private static void requireVariation(Table table, Column target, int[] rows) {
        double[] values = ValueEncoder.values(table, target.name(), rows);
        for (double value : values) {
            if (value != values[0]) {
                return;
            }
        }
        throw new DataException(table.name() + ": target «" + target.name() + "» must have at least 2 values, got only "
                + target.text(rows[0]));
    }

    private static List<ColumnRole> roles(
            Table table, String target, Set<String> dropped, int[] rows, List<String> notes) {
        List<ColumnRole> roles = new ArrayList<>();
        List<String> unusable = new ArrayList<>();
        boolean usable = false;
        for (Column column : table.columns()) {
            String name = column.name();
            ColumnRole role = name.equals(target)
                    ? new ColumnRole(name, Role.TARGET, "")
                    : dropped.contains(name)
                            ? new ColumnRole(name, Role.DROPPED, "it is dropped as asked")
                            : ColumnRole.of(column, rows);
            roles.add(role);
            if (role.role() == Role.EMPTY) {
                throw new DataException(
                        table.name() + ": column «" + name + "» must have a value in some row, got none in "
                                + table.rows() + "; leave it out with --drop " + name);
            }
            if (role.role() == Role.FEATURE) {
                usable = true;
                requireFinite(table, column, rows);
            } else if (role.role() != Role.TARGET) {
                unusable.add("«" + name + "»: " + role.reason());
                if (role.role() != Role.DROPPED) {
                    notes.add("column «" + name + "» is left out: " + role.reason());
                }
            }
        }
        if (!usable) {
            throw new DataException(table.name() + ": must have a usable column beside the target «" + target
                    + "», got none" + (unusable.isEmpty() ? "" : " (" + DidYouMean.list(unusable) + ")"));
        }
        return roles;
    }

    private static void requireFinite(Table table, Column column, int[] rows) {
        for (int row : rows) {
            if (column instanceof NumericColumn) {
                NumericEncoder.number(table, column, row);
            }
        }
    }

    private static void warnOfLeaks(
            Table table,
            Column target,
            int[] rows,
            List<String> classes,
            List<ColumnRole> roles,
            List<String> warnings) {
        int[] codes = classes.isEmpty() ? new int[0] : new ClassEncoder(classes).codes(table, target.name(), rows);
        for (ColumnRole role : roles) {
            if (role.role() == Role.FEATURE) {
                Column feature = table.column(role.column());
                (classes.isEmpty()
                                ? LeakCheck.ofNumbers(feature, target, rows)
                                : LeakCheck.ofClasses(feature, rows, codes, classes.size()))
                        .ifPresent(warnings::add);
            }
        }
    }

    /**
     * The column to predict.
     *
     * @return its name
     */
    public String target() {
        return target;
    }

    /**
     * What the target is.
     *
     * @return the task
     */
    public Task task() {
        return task;
    }

    /**
     * The target's classes as the file spells them: in numeric order if all are numbers, else in the order of their
     * characters.
     *
     * @return at least two; empty for regression
     */
    public List<String> classes() {
        return classes;
    }

    /**
     * Each column's role, in the table's order.
     *
     * @return one a column
     */
    public List<ColumnRole> roles() {
        return roles;
    }

    /**
     * The columns to predict from, in the table's order.
     *
     * @return at least one name
     */
    public List<String> features() {
        return roles.stream()
                .filter(role -> role.role() == Role.FEATURE)
                .map(ColumnRole::column)
                .toList();
    }

    /**
     * The columns that are used, by how they were read.
     *
     * @param table the table that this schema is of
     * @return such as {@code "2 numeric (age, fare), 1 boolean (alone), 1 categorical (sex)"}
     */
    public String describeFeatures(Table table) {
        Map<String, List<String>> byKind = new LinkedHashMap<>();
        for (String feature : features()) {
            byKind.computeIfAbsent(table.column(feature).kind(), kind -> new ArrayList<>())
                    .add(feature);
        }
        return byKind.entrySet().stream()
                .map(entry -> entry.getValue().size() + " " + entry.getKey() + " ("
                        + String.join(", ", entry.getValue()) + ")")
                .collect(Collectors.joining(", "));
    }

    /**
     * The rows that have a target.
     *
     * @return row numbers, ascending; a copy
     */
    public int[] labelledRows() {
        return labelledRows.clone();
    }

    /**
     * What was decided and why: the task, and the columns left out.
     *
     * @return sentences for people
     */
    public List<String> notes() {
        return notes;
    }

    /**
     * What is probably not as it should be: rows without a target, features that give the target away.
     *
     * @return sentences for people
     */
    public List<String> warnings() {
        return warnings;
    }
}
