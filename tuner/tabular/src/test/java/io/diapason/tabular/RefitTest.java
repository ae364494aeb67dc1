package io.diapason.tabular;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.backend.Backend;
import io.diapason.data.Schema;
import io.diapason.data.Table;
import io.diapason.data.TableEncoder;
import io.diapason.data.ValueEncoder;
import io.diapason.loss.Loss;
import io.diapason.metric.Metric;
import io.diapason.model.Predictions;
import io.diapason.nn.Mlp;
import io.diapason.nn.Parameter;
import io.diapason.tensor.Device;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.train.Examples;
import io.diapason.train.Trainer;
import io.diapason.tuner.space.Params;
import io.diapason.tuner.space.Value;
import io.diapason.tuner.study.StudyConfig;
import io.diapason.tuner.study.StudyResult;
import io.diapason.tuner.study.Trial;
import io.diapason.tuner.trial.Outcome;
import io.diapason.tuner.trial.TrialRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RefitTest {
    private static final long SEED = 11;
    private static final Table TABLE = TestTables.line(120, 4);
    private static final Params GOOD = Params.of(Map.of("layers", 1, "units", 4, "lr", 0.02, "batch_size", 16));
    private static final Params DIVERGING = GOOD.with("optimizer", "sgd").with("lr", 1e30);

    private static TableParts parts() {
        return TableParts.of(Schema.of(TABLE, "y"), TABLE, new TestPart.Fraction(0.2), SEED);
    }

    private static TuningResult refit(StudyResult study) {
        return new Refit(parts(), Metric.RMSE, SEED).of(study);
    }

    private static StudyResult study(TrialRecord... records) {
        return new StudyResult(StudyConfig.minimize(records.length), List.of(records), List.of(), 0);
    }

    private static TrialRecord complete(int number, double value, long bestEpoch, Params params) {
        return new TrialRecord(
                number,
                params,
                new Outcome.Complete(value),
                List.of(),
                Map.of("best_epoch", new Value.Integral(bestEpoch)),
                0);
    }

    /** What a trial's network is after some epochs on some rows, by the engine alone. */
    private static Mlp trained(Scope scope, TableEncoder encoder, int[] rows, TrialRecord record, int epochs) {
        Trial trial = Trial.detached(record.number(), record.params(), SEED);
        Hyperparameters meaning = new Hyperparameters(record.params());
        Mlp network = new Mlp(
                scope,
                meaning.network(encoder.preprocessing().width(), 1),
                trial.rng().child("weights"));
        float[] targets = ((ValueEncoder) encoder.targetEncoder()).standardise(ValueEncoder.values(TABLE, "y", rows));
        Examples examples = new Examples(
                scope.of(
                        Shape.of(rows.length, encoder.preprocessing().width()),
                        encoder.preprocessing().transform(TABLE, rows)),
                scope.of(Shape.of(rows.length, 1), targets));
        long seed = trial.rng().child("training").seed();
        new Trainer(
                        network,
                        Loss.meanSquaredError(),
                        meaning.training(epochs, 0, seed).withEpochs(epochs))
                .fit(examples, null, epoch -> true);
        return network;
    }

    private static float[][] weights(Mlp network) {
        return network.parameters().stream()
                .map(Parameter::value)
                .map(tensor -> tensor.toFloatArray())
                .toArray(float[][]::new);
    }

    @Test
    void theWinnerIsTrainedOnTrainingAndValidationRowsForItsBestEpochs() {
        TuningConfig config =
                TestTables.quick("y").seed(SEED).epochs(6).patience(2).build();
        try (TuningResult result = TuningTest.run(TABLE, config);
                Scope scope = Scope.detached(Device.CPU)) {
            TrialRecord winner = result.winner();
            Value bestEpoch =
                    java.util.Objects.requireNonNull(winner.attributes().get("best_epoch"));
            int epochs = (int) ((Value.Integral) bestEpoch).number();
            int[] rows = parts().trainingAndValidation();
            TableEncoder encoder = TableEncoder.fit(Schema.of(TABLE, "y"), TABLE, rows);
            assertEquals(encoder, result.model().encoder());
            assertArrayEquals(
                    weights(trained(scope, encoder, rows, winner, epochs)),
                    weights(result.model().network()));
            assertEquals(96L, result.model().provenance().get("rows"));
            assertEquals((long) epochs, result.model().provenance().get("epochs"));
            assertEquals((long) winner.number(), result.model().provenance().get("trial"));
            assertEquals(SEED, result.model().provenance().get("seed"));
            assertEquals("rmse", result.model().provenance().get("metric"));
        }
    }

    @Test
    void theBestEpochWinsOverEpochsAmongTheParameters() {
        TrialRecord trial = complete(0, 0.1, 2, GOOD.with("epochs", 6));
        int[] rows = parts().trainingAndValidation();
        TableEncoder encoder = TableEncoder.fit(Schema.of(TABLE, "y"), TABLE, rows);
        try (TuningResult result = refit(study(trial));
                Scope scope = Scope.detached(Device.CPU)) {
            assertEquals(2L, result.model().provenance().get("epochs"));
            assertArrayEquals(
                    weights(trained(scope, encoder, rows, trial, 2)),
                    weights(result.model().network()));
        }
    }

    @Test
    void aTrialsValueIsThatOfItsBestEpochWithNothingFittedOnValidationRows() {
        TuningConfig config =
                TestTables.quick("y").seed(SEED).epochs(6).patience(2).build();
        TableEncoder encoder = TableEncoder.fit(Schema.of(TABLE, "y"), TABLE, parts().training());
        int[] validation = parts().validation();
        try (TuningResult result = TuningTest.run(TABLE, config)) {
            for (TrialRecord trial : result.study().records()) {
                int epochs = (int) ((Value.Integral) java.util.Objects.requireNonNull(
                                trial.attributes().get("best_epoch")))
                        .number();
                try (Scope scope = Scope.detached(Device.CPU)) {
                    Mlp network = trained(scope, encoder, parts().training(), trial, epochs);
                    double rmse = Predictions.of(
                                    network,
                                    scope.of(
                                            Shape.of(
                                                    validation.length,
                                                    encoder.preprocessing().width()),
                                            encoder.preprocessing().transform(TABLE, validation)),
                                    encoder.targetEncoder())
                            .scores(encoder.dataset(TABLE, validation))
                            .value(Metric.RMSE);
                    assertEquals(rmse, trial.value().orElseThrow());
                }
            }
        }
    }

    @Test
    void shouldTheWinnerDivergeTheNextBestIsTaken() {
        long before = Backend.of(Device.CPU).memory().used();
        StudyResult study = study(
                complete(0, 0.1, 3, DIVERGING),
                complete(1, 0.3, 2, GOOD),
                complete(2, 0.2, 3, GOOD.with("lr", 0.01)),
                new TrialRecord(3, GOOD, new Outcome.Failed("objective: none"), List.of(), Map.of(), 0));
        try (TuningResult result = refit(study)) {
            assertEquals(2, result.winner().number());
            assertTrue(TuningTest.scores(result).get(Metric.RMSE) > 0);
        }
        assertEquals(before, Backend.of(Device.CPU).memory().used());
    }

    @Test
    void aLastStepThatOverflowsIsADivergence() {
        // One batch of all rows, one epoch: the loss was finite. 1e39 is infinite in float32, and times a gradient of 0
        // NaN.
        Params overflowing = DIVERGING.with("lr", 1e39).with("batch_size", 1000);
        assertRefused(
                "tuning: at least one complete trial must train again on training and validation rows together, got"
                        + " none of 1 (the best: training: parameters must stay finite, got NaN or an infinity in"
                        + " 0.weight after epoch 1; a smaller learning rate helps)",
                study(complete(0, 0.1, 1, overflowing)));
    }

    @Test
    void whenAllDivergeTheBestsReasonIsTold() {
        assertRefused(
                "tuning: at least one complete trial must train again on training and validation rows together, got"
                        + " none of 2 (the best: training: the loss must stay finite, got Infinity in epoch 1, step 2;"
                        + " a smaller learning rate helps)",
                study(complete(0, 0.2, 3, DIVERGING.with("lr", 1e32)), complete(1, 0.1, 3, DIVERGING)));
    }

    private static void assertRefused(String sentence, StudyResult study) {
        long before = Backend.of(Device.CPU).memory().used();
        assertEquals(
                sentence,
                assertThrows(TuningException.class, () -> refit(study)).getMessage());
        assertEquals(before, Backend.of(Device.CPU).memory().used());
    }
}
