package io.diapason.tabular;

import io.diapason.data.ClassEncoder;
import io.diapason.data.DataException;
import io.diapason.data.Schema;
import io.diapason.data.Split;
import io.diapason.data.Table;
import io.diapason.data.TableEncoder;
import io.diapason.metric.Metric;
import io.diapason.random.Rng;
import java.util.stream.IntStream;

/** Which rows trials learn from, which decide between epochs and trials, and which judge the winner. */
final class TableParts {
    private static final double VALIDATION_FRACTION = 0.2;

    private final Schema schema;
    private final Table table;
    private final int[] training;
    private final int[] validation;
    private final Table testTable;
    private final int[] test;

    private TableParts(Schema schema, Table table, Split split, Table testTable, int[] test) {
        this.schema = schema;
        this.table = table;
        this.training = split.train();
        this.validation = split.test();
        this.testTable = testTable;
        this.test = test;
    }

    /**
     * Splits a table, as a function of the seed.
     *
     * @throws DataException when rows are too few, or another table does not fit what is learned from
     */
    static TableParts of(Schema schema, Table table, TestPart part, long seed) {
        Rng rng = Rng.of(seed).child("split");
        int[] rows = schema.labelledRows();
        if (part instanceof TestPart.Fraction fraction) {
            Split outer = Split.of(schema, table, rows, fraction.fraction(), rng.child("test"));
            return new TableParts(schema, table, inner(schema, table, outer.train(), rng), table, outer.test());
        }
        Split inner = inner(schema, table, rows, rng);
        if (part instanceof TestPart.Other other) {
            int[] test = other.table().rowsWith(schema.target());
            if (test.length == 0) {
                throw new DataException(other.table().name() + ": target «" + schema.target()
                        + "» must have a value in some row, got none");
            }
            // Encoded once here so that a table that does not fit is refused before hours of trials.
            TableEncoder.fit(schema, table, inner.train()).dataset(other.table(), test);
            return new TableParts(schema, table, inner, other.table(), test);
        }
        return new TableParts(schema, table, inner, table, new int[0]);
    }

    private static Split inner(Schema schema, Table table, int[] rows, Rng rng) {
        return Split.of(schema, table, rows, VALIDATION_FRACTION, rng.child("validation"));
    }

    /** Refuses a metric that the validation rows leave undefined, whatever is predicted. */
    void requireDefined(Metric metric) {
        if (metric == Metric.ROC_AUC) {
            int[] codes = new ClassEncoder(schema.classes()).codes(table, schema.target(), validation);
            if (IntStream.of(codes).distinct().count() < 2) {
                throw new DataException(table.name() + ": the validation part must have rows of at least 2 classes for"
                        + " roc_auc, got " + validation.length + " of «"
                        + schema.classes().get(codes[0]) + "»; another metric helps, such as log_loss");
            }
        }
    }

    Schema schema() {
        return schema;
    }

    Table table() {
        return table;
    }

    /** Rows of the table that trials learn from. */
    int[] training() {
        return training.clone();
    }

    /** Rows of the table that decide. */
    int[] validation() {
        return validation.clone();
    }

    /** All rows of the table that the winner may learn from, ascending. */
    int[] trainingAndValidation() {
        return IntStream.concat(IntStream.of(training), IntStream.of(validation))
                .sorted()
                .toArray();
    }

    /** Where the test rows are. */
    Table testTable() {
        return testTable;
    }

    /** Rows of the test table that judge, none if nothing does. */
    int[] test() {
        return test.clone();
    }
}
