package io.diapason.tabular;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.data.CategoricalColumn;
import io.diapason.data.DataException;
import io.diapason.data.NumericColumn;
import io.diapason.data.Schema;
import io.diapason.data.Table;
import io.diapason.metric.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TablePartsTest {
    private static final TestPart FIFTH = new TestPart.Fraction(0.2);

    private static TableParts parts(Table table, String target, TestPart part, long seed) {
        return TableParts.of(Schema.of(table, target), table, part, seed);
    }

    @Test
    void partsAreDisjointAndHoldEveryLabelledRow() {
        Table table = TestTables.line(203, 1);
        for (long seed = 0; seed < 20; seed++) {
            TableParts parts = parts(table, "y", FIFTH, seed);
            int[] all = Stream.of(parts.training(), parts.validation(), parts.test())
                    .flatMapToInt(IntStream::of)
                    .sorted()
                    .toArray();
            assertArrayEquals(IntStream.range(0, 203).toArray(), all, "seed " + seed);
            assertEquals(41, parts.test().length, "seed " + seed);
            assertEquals(32, parts.validation().length, "seed " + seed);
        }
    }

    @Test
    void trainingAndValidationTogetherAreAllButTheTest() {
        TableParts parts = parts(TestTables.line(60, 1), "y", FIFTH, 5);
        List<Integer> test = IntStream.of(parts.test()).boxed().toList();
        assertArrayEquals(
                IntStream.range(0, 60).filter(row -> !test.contains(row)).toArray(), parts.trainingAndValidation());
    }

    @Test
    void theSeedDecidesTheSplit() {
        Table table = TestTables.line(100, 1);
        assertArrayEquals(
                parts(table, "y", FIFTH, 3).test(), parts(table, "y", FIFTH, 3).test());
        assertArrayEquals(
                parts(table, "y", FIFTH, 3).validation(),
                parts(table, "y", FIFTH, 3).validation());
        assertFalse(Arrays.equals(
                parts(table, "y", FIFTH, 3).test(), parts(table, "y", FIFTH, 4).test()));
        assertFalse(Arrays.equals(
                parts(table, "y", new TestPart.None(), 3).validation(),
                parts(table, "y", new TestPart.None(), 4).validation()));
    }

    @Test
    void withoutTestAllRowsAreLearnedFrom() {
        TableParts parts = parts(TestTables.line(50, 1), "y", new TestPart.None(), 3);
        assertEquals(0, parts.test().length);
        assertEquals(10, parts.validation().length);
        assertEquals(50, parts.trainingAndValidation().length);
    }

    @Test
    void anotherTableIsTheTestAndNothingElse() {
        Table table = TestTables.clouds(2, 50, 1);
        Table other = Table.of(
                "other",
                List.of(
                        CategoricalColumn.of("label", List.of("b", "", "A")),
                        NumericColumn.of("y", 1, 2, 3),
                        NumericColumn.of("x", 1, 2, Double.NaN)));
        TableParts parts = parts(table, "label", new TestPart.Other(other), 3);
        assertArrayEquals(new int[] {0, 2}, parts.test(), "the row without a target is left out");
        assertEquals(other, parts.testTable());
        assertEquals(50, parts.trainingAndValidation().length);
    }

    @Test
    void anotherTableThatDoesNotFitIsRefused() {
        Table table = TestTables.clouds(2, 50, 1);
        CategoricalColumn labels = CategoricalColumn.of("label", List.of("a", "b"));
        NumericColumn x = NumericColumn.of("x", 1, 2);
        NumericColumn y = NumericColumn.of("y", 1, 2);
        assertRefused(
                "other: must have every column that was learned from, got none named «y»; did you mean «x»?",
                table,
                List.of(x, labels));
        assertRefused(
                "other row 2: target «label» must be one of a, b, got «c»",
                table,
                List.of(x, y, CategoricalColumn.of("label", List.of("a", "c"))));
        assertRefused("other: must have the column «label», got none so named; known are: x, y", table, List.of(x, y));
        assertRefused(
                "other: target «label» must have a value in some row, got none",
                table,
                List.of(x, y, CategoricalColumn.of("label", List.of("", ""))));
        assertRefused(
                "other row 1: column «x» must hold finite numbers, got «far»",
                table,
                List.of(CategoricalColumn.of("x", List.of("far", "near")), y, labels));
    }

    private static void assertRefused(String sentence, Table table, List<io.diapason.data.Column> columns) {
        TestPart other = new TestPart.Other(Table.of("other", columns));
        assertEquals(
                sentence,
                assertThrows(DataException.class, () -> parts(table, "label", other, 3))
                        .getMessage());
    }

    @Test
    void aClassTooRareForValidationIsTrainedOn() {
        TableParts parts = parts(withRareClass(3), "label", FIFTH, 3);
        List<Integer> training = IntStream.of(parts.training()).boxed().toList();
        List<Integer> test = IntStream.of(parts.test()).boxed().toList();
        // The rare rows are 0 and 1: one is tested on, the other is all that is left.
        assertEquals(1, IntStream.of(0, 1).filter(training::contains).count());
        assertEquals(1, IntStream.of(0, 1).filter(test::contains).count());
        parts.requireDefined(Metric.ROC_AUC);
    }

    @Test
    void rocAucIsRefusedWhenValidationHoldsOneClass() {
        TableParts parts = parts(withRareClass(2), "label", FIFTH, 3);
        parts.requireDefined(Metric.LOG_LOSS);
        parts.requireDefined(Metric.ACCURACY);
        assertEquals(
                "rare: the validation part must have rows of at least 2 classes for roc_auc, got 9 of «b»; another"
                        + " metric helps, such as log_loss",
                assertThrows(DataException.class, () -> parts.requireDefined(Metric.ROC_AUC))
                        .getMessage());
    }

    @Test
    void tooFewRowsAreRefused() {
        Table two = Table.of("two", List.of(NumericColumn.of("x", 1, 2), NumericColumn.of("y", 0.5, 2)));
        assertEquals(
                "split: must have at least 2 rows, got 1; training, validation and test each take a part of the table",
                assertThrows(DataException.class, () -> parts(two, "y", FIFTH, 3))
                        .getMessage());
    }

    /** Fifty-five rows, of which the first two are of class «a», the others of the rest. */
    static Table withRareClass(int classes) {
        List<String> labels = new ArrayList<>();
        double[] x = new double[55];
        for (int row = 0; row < 55; row++) {
            int code = row < 2 ? 0 : 1 + row % (classes - 1);
            labels.add(String.valueOf((char) ('a' + code)));
            x[row] = code + 0.01 * row;
        }
        return Table.of("rare", List.of(NumericColumn.of("x", x), CategoricalColumn.of("label", labels)));
    }
}
