package io.diapason.data;

import java.util.TreeSet;

/**
 * Whether a target is classes or a number, and the sentence that says why.
 *
 * @param task the task
 * @param reason a whole sentence for people
 */
record TaskInference(Task task, String reason) {
    private static final int MOST_CLASS_CODES = 50;
    private static final int FEWEST_ROWS_A_CODE = 5;

    static TaskInference of(Table table, Column target, int[] rows, TaskChoice choice) {
        String name = "target «" + target.name() + "» ";
        return switch (choice) {
            case CLASSIFICATION -> new TaskInference(Task.CLASSIFICATION, "the task is classification, as chosen");
            case REGRESSION -> {
                requireNumbers(table, target, rows);
                yield new TaskInference(Task.REGRESSION, "the task is regression, as chosen");
            }
            case AUTO -> {
                if (target instanceof NumericColumn numbers) {
                    yield ofNumbers(name, numbers, rows);
                }
                String what = target instanceof BooleanColumn ? "truth values" : "words";
                yield new TaskInference(
                        Task.CLASSIFICATION, name + "holds " + what + ", so the task is classification");
            }
        };
    }

    private static void requireNumbers(Table table, Column target, int[] rows) {
        if (!(target instanceof NumericColumn)) {
            for (int row : rows) {
                if (Double.isNaN(Cells.number(target.text(row)))) {
                    throw new DataException(table.place(row) + ": target «" + target.name()
                            + "» must hold numbers for regression, got «" + target.text(row) + "»");
                }
            }
        }
    }

    private static TaskInference ofNumbers(String name, NumericColumn target, int[] rows) {
        TreeSet<Double> values = new TreeSet<>();
        for (int row : rows) {
            double value = target.value(row);
            if (value != Math.rint(value)) {
                return new TaskInference(
                        Task.REGRESSION,
                        name + "holds numbers with fractions, such as " + target.text(row)
                                + ", so the task is regression");
            }
            if (values.size() <= MOST_CLASS_CODES) {
                values.add(value + 0.0); // -0 and 0 are one code
            }
        }
        int distinct = values.size();
        double first = values.first();
        boolean consecutive = values.last() - first == distinct - 1;
        boolean few = distinct <= MOST_CLASS_CODES && rows.length >= (long) FEWEST_ROWS_A_CODE * distinct;
        if (consecutive && few && (first == 0 || first == 1)) {
            return new TaskInference(
                    Task.CLASSIFICATION,
                    name + "holds the class codes " + Cells.spelling(first) + (distinct == 2 ? " and " : " to ")
                            + Cells.spelling(values.last()) + ", so the task is classification");
        }
        return new TaskInference(
                Task.REGRESSION,
                name + "holds integers that are no class codes (at most " + MOST_CLASS_CODES
                        + ", counted from 0 or 1, at least " + FEWEST_ROWS_A_CODE
                        + " rows each), so the task is regression"
                        + (distinct <= MOST_CLASS_CODES
                                ? "; --task classification takes its " + distinct + " values as classes"
                                : ""));
    }
}
