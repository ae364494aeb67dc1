package io.diapason.tabular;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.data.Column;
import io.diapason.data.NumericColumn;
import io.diapason.data.Schema;
import io.diapason.data.Table;
import io.diapason.metric.Metric;
import io.diapason.model.Predictions;
import io.diapason.tuner.space.Params;
import io.diapason.tuner.space.SearchSpace;
import io.diapason.tuner.space.Value;
import io.diapason.tuner.study.Cancellation;
import io.diapason.tuner.study.StudyListener;
import io.diapason.tuner.trial.Direction;
import io.diapason.tuner.trial.TrialRecord;
import io.diapason.tuner.trial.TrialState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TuningTest {
    static TuningResult run(Table table, TuningConfig config) {
        return Tuning.prepare(table, config).run(StudyListener.none(), new Cancellation());
    }

    private static double test(TuningResult result, Metric metric) {
        return result.test() == null ? Double.NaN : result.test().value(metric);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void classesAreLearnedFarBetterThanTheMajority(int classes) {
        try (TuningResult result = run(
                TestTables.clouds(classes, 300, 7), TestTables.quick("label").build())) {
            // Clouds 3 from the centre with deviation 1 overlap by a few percent; the majority gets 1/2 or 1/3 right.
            assertTrue(test(result, Metric.ACCURACY) > 0.9, "accuracy " + test(result, Metric.ACCURACY));
            assertEquals(Metric.LOG_LOSS, result.metric());
            assertEquals(4, result.study().count(TrialState.COMPLETE));
        }
    }

    @Test
    void numbersAreLearnedThroughMissingCells() {
        try (TuningResult result = run(
                TestTables.line(400, 7),
                TestTables.quick("y").epochs(30).trials(6).build())) {
            // The mean explains nothing. Of the variance 9 + 4 + 0.25, missing cells hide a tenth of 13.
            assertTrue(test(result, Metric.R2) > 0.75, "r2 " + test(result, Metric.R2));
            assertEquals(Metric.RMSE, result.metric());
        }
    }

    @Test
    void theDefaultSpaceLearnsASmallTable() {
        TuningConfig config = TuningConfig.target("label")
                .trials(8)
                .epochs(15)
                .seed(3)
                .workers(2)
                .build();
        try (TuningResult result = run(TestTables.clouds(3, 150, 8), config)) {
            assertTrue(test(result, Metric.ACCURACY) > 0.85, "accuracy " + test(result, Metric.ACCURACY));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void anEqualConfigurationGivesEqualResultsOnAnyNumberOfWorkers(int workers) {
        Table table = TestTables.line(150, 2);
        TuningConfig.Builder config = TestTables.quick("y").trials(6).epochs(5);
        try (TuningResult one = run(table, config.workers(1).build());
                TuningResult other = run(table, config.workers(workers).build())) {
            assertEquals(TestTables.repeatable(one.study()), TestTables.repeatable(other.study()));
            assertEquals(one.winner().number(), other.winner().number());
            assertEquals(one.epochs(), other.epochs());
            assertEquals(scores(one), scores(other));
            assertArrayEquals(predictions(one, table), predictions(other, table));
        }
    }

    @Test
    void anotherSeedGivesOtherTrialsAndAnotherSplit() {
        Table table = TestTables.line(150, 2);
        TuningConfig.Builder config = TestTables.quick("y").epochs(2);
        try (TuningResult one = run(table, config.seed(1).build());
                TuningResult other = run(table, config.seed(2).build())) {
            assertNotEquals(
                    one.study().records().get(0).params(),
                    other.study().records().get(0).params());
            assertNotEquals(scores(one), scores(other));
        }
    }

    @Test
    void testRowsReachNothingButTheTest() {
        long seed = 11;
        List<Column> columns = TestTables.lineColumns(150, 2);
        Table table = Table.of("line", columns);
        int[] test = TableParts.of(Schema.of(table, "y"), table, new TestPart.Fraction(0.2), seed)
                .test();
        Table moved = Table.of(
                "line",
                List.of(
                        moved(columns.get(0), test),
                        moved(columns.get(1), test),
                        columns.get(2),
                        moved(columns.get(3), test)));
        TuningConfig config = TestTables.quick("y").seed(seed).epochs(4).build();
        try (TuningResult one = run(table, config);
                TuningResult other = run(moved, config)) {
            assertEquals(TestTables.repeatable(one.study()), TestTables.repeatable(other.study()));
            assertArrayEquals(predictions(one, table), predictions(other, table));
            assertNotEquals(scores(one), scores(other));
        }
    }

    private static Column moved(Column column, int[] rows) {
        double[] values = new double[column.rows()];
        for (int row = 0; row < values.length; row++) {
            values[row] = ((NumericColumn) column).value(row);
        }
        for (int row : rows) {
            values[row] = values[row] * 100 + 7.5;
        }
        return NumericColumn.of(column.name(), values);
    }

    @Test
    void withoutTestRowsThereIsNoTest() {
        Tuning tuning = Tuning.prepare(
                TestTables.line(100, 2),
                TestTables.quick("y").test(new TestPart.None()).epochs(2).build());
        assertEquals(new Tuning.RowCounts(80, 20, 0), tuning.rows());
        try (TuningResult result = tuning.run(StudyListener.none(), new Cancellation())) {
            assertNull(result.test());
        }
    }

    @Test
    void anotherTableTestsTheWinner() {
        Table other = TestTables.clouds(3, 90, 77);
        Tuning tuning = Tuning.prepare(
                TestTables.clouds(3, 200, 7),
                TestTables.quick("label").test(new TestPart.Other(other)).build());
        assertEquals(new Tuning.RowCounts(160, 40, 90), tuning.rows());
        try (TuningResult result = tuning.run(StudyListener.none(), new Cancellation())) {
            assertEquals(result.model().evaluate(other).values(), scores(result));
            assertTrue(test(result, Metric.ACCURACY) > 0.9, "accuracy " + test(result, Metric.ACCURACY));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"accuracy", "roc_auc", "r2"})
    void aMetricOfWhichMoreIsBetterIsMadeLarge(String name) {
        Metric metric = Metric.named(name);
        boolean numbers = metric == Metric.R2;
        Tuning tuning = Tuning.prepare(
                numbers ? TestTables.line(120, 3) : TestTables.clouds(2, 120, 3),
                TestTables.quick(numbers ? "y" : "label")
                        .metric(metric)
                        .epochs(3)
                        .trials(6)
                        .build());
        assertEquals(metric, tuning.metric());
        assertEquals(Direction.MAXIMIZE, tuning.study().direction());
        try (TuningResult result = tuning.run(StudyListener.none(), new Cancellation())) {
            double best = result.study().records().stream()
                    .mapToDouble(trial -> trial.value().orElseThrow())
                    .max()
                    .orElseThrow();
            assertEquals(best, result.winner().value().orElseThrow());
            for (TrialRecord trial : result.study().records()) {
                // Each trial keeps its best epoch, and the metric's value is among its attributes.
                assertEquals(
                        trial.reports().stream()
                                .mapToDouble(report -> report.value())
                                .max()
                                .orElseThrow(),
                        trial.value().orElseThrow());
                assertEquals(
                        new Value.Floating(trial.value().orElseThrow()),
                        trial.attributes().get(name));
            }
        }
    }

    @Test
    void aMetricOfTheOtherTaskIsRefused() {
        TuningConfig config = TestTables.quick("label").metric(Metric.RMSE).build();
        assertEquals(
                "metric: must name a metric of classification, got «rmse»; known are: accuracy, balanced_accuracy,"
                        + " precision, recall, f1, roc_auc, log_loss",
                assertThrows(IllegalArgumentException.class, () -> Tuning.prepare(TestTables.clouds(2, 50, 1), config))
                        .getMessage());
    }

    @Test
    void patienceEndsATrialThatManyEpochsAfterItsBest() {
        TuningConfig.Builder config = TestTables.quick("y").epochs(40).trials(6);
        Table noise = Table.of(
                "noise",
                List.of(
                        TestTables.lineColumns(80, 5).get(1),
                        NumericColumn.of(
                                "y", numbers(TestTables.lineColumns(80, 6).get(1)))));
        try (TuningResult result = run(noise, config.patience(3).build());
                TuningResult patient = run(noise, config.patience(0).build())) {
            for (TrialRecord trial : result.study().records()) {
                assertEquals(Math.min(40, bestEpoch(trial) + 3), trial.reports().size());
            }
            assertTrue(
                    result.study().records().stream()
                            .anyMatch(trial -> trial.reports().size() < 40),
                    "noise cannot get better for ever");
            assertTrue(patient.study().records().stream()
                    .allMatch(trial -> trial.reports().size() == 40));
            assertEquals(6 * 40, patient.epochs());
        }
    }

    private static double[] numbers(Column column) {
        double[] values = new double[column.rows()];
        for (int row = 0; row < values.length; row++) {
            values[row] = ((NumericColumn) column).value(row);
        }
        return values;
    }

    private static long bestEpoch(TrialRecord trial) {
        return ((Value.Integral)
                        java.util.Objects.requireNonNull(trial.attributes().get("best_epoch")))
                .number();
    }

    @Test
    void epochsMayBeSearched() {
        SearchSpace space = SearchSpace.define(s -> {
            s.integer("epochs", 2, 6);
            s.choice("hidden", List.of(8), List.of(8, 4));
        });
        TuningConfig config = TestTables.quick("y")
                .space(space)
                .trials(8)
                .patience(0)
                .epochs(99)
                .build();
        try (TuningResult result = run(TestTables.line(80, 5), config)) {
            List<Integer> tried = new ArrayList<>();
            for (TrialRecord trial : result.study().records()) {
                assertEquals(trial.params().integer("epochs"), trial.reports().size());
                tried.add(trial.reports().size());
            }
            assertTrue(tried.stream().distinct().count() > 1, "seed 11 drew " + tried);
        }
    }

    @Test
    void fixedValuesAreInEveryTrial() {
        TuningConfig config = TestTables.quick("y")
                .space(null)
                .fixed(Params.of(Map.of("hidden", List.of(6), "lr", 0.01, "momentum", 0.5)))
                .epochs(2)
                .build();
        Tuning tuning = Tuning.prepare(TestTables.line(80, 5), config);
        assertTrue(tuning.space().parameter("layers").isEmpty());
        try (TuningResult result = tuning.run(StudyListener.none(), new Cancellation())) {
            for (TrialRecord trial : result.study().records()) {
                assertEquals(List.of(6), trial.params().integers("hidden"));
                assertEquals(0.01, trial.params().floating("lr"));
                assertEquals(0.5, trial.params().floating("momentum"));
            }
            assertEquals(List.of(6), result.model().network().config().hidden());
        }
    }

    @Test
    void aClassThatValidationLacksIsLearnedAllTheSame() {
        try (TuningResult result =
                run(TablePartsTest.withRareClass(3), TestTables.quick("label").build())) {
            Table table = TablePartsTest.withRareClass(3);
            assertEquals(
                    List.of("a", "b", "c"),
                    ((Predictions.OfClasses) result.model().predict(table)).classes());
            assertEquals(4, result.study().count(TrialState.COMPLETE));
        }
    }

    @Test
    void theGridIsTriedPointByPoint() {
        SearchSpace space = SearchSpace.define(s -> {
            s.choice("units", 2, 4);
            s.choice("lr", 0.01, 0.1);
        });
        TuningConfig config = TestTables.quick("y")
                .space(space)
                .fixed(Params.of(Map.of("layers", 1)))
                .grid()
                .trials(100)
                .epochs(2)
                .build();
        try (TuningResult result = run(TestTables.line(60, 5), config)) {
            assertEquals(
                    4,
                    result.study().records().stream()
                            .map(TrialRecord::params)
                            .distinct()
                            .count());
            assertEquals(4, result.study().records().size());
        }
    }

    static Map<Metric, Double> scores(TuningResult result) {
        return result.test() == null ? Map.of() : result.test().values();
    }

    static double[] predictions(TuningResult result, Table table) {
        return ((Predictions.OfValues) result.model().predict(table)).values();
    }
}
