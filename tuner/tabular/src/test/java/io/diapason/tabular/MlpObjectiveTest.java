package io.diapason.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diapason.data.Schema;
import io.diapason.data.Table;
import io.diapason.data.TableEncoder;
import io.diapason.metric.Metric;
import io.diapason.tensor.Device;
import io.diapason.tensor.Scope;
import io.diapason.tuner.sampler.RandomSampler;
import io.diapason.tuner.space.Value;
import io.diapason.tuner.study.Cancellation;
import io.diapason.tuner.study.Study;
import io.diapason.tuner.study.StudyConfig;
import io.diapason.tuner.study.StudyListener;
import io.diapason.tuner.study.StudyResult;
import io.diapason.tuner.trial.TrialRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

class MlpObjectiveTest {
    private static MlpObjective objective(Scope scope, Metric metric) {
        Table table = TestTables.line(80, 1);
        TableParts parts = TableParts.of(Schema.of(table, "y"), table, new TestPart.None(), 3);
        TableEncoder encoder = TableEncoder.fit(parts.schema(), table, parts.training());
        return new MlpObjective(
                encoder,
                EncodedRows.of(scope, encoder, table, parts.training()).examples(),
                EncodedRows.of(scope, encoder, table, parts.validation()),
                metric,
                5,
                0);
    }

    @Test
    void aTrialKeepsItsBestEpochAndEveryMetricOfTheTask() {
        try (Scope scope = Scope.detached(Device.CPU)) {
            MlpObjective objective = objective(scope, Metric.MAE);
            TrialRecord trial = new Study(TestTables.smallSpace(), new RandomSampler(), StudyConfig.minimize(1))
                    .run(objective)
                    .best()
                    .orElseThrow();
            assertEquals(
                    List.of("best_epoch", "rmse", "mae", "r2"),
                    List.copyOf(trial.attributes().keySet()));
            assertEquals(
                    new Value.Floating(trial.value().orElseThrow()),
                    trial.attributes().get("mae"));
            assertEquals(
                    List.of(1, 2, 3, 4, 5),
                    trial.reports().stream().map(report -> report.step()).toList());
        }
    }

    @Test
    void aTrialThatIsCancelledBetweenEpochsHasNoValue() {
        Cancellation cancellation = new Cancellation();
        try (Scope scope = Scope.detached(Device.CPU)) {
            MlpObjective objective = objective(scope, Metric.RMSE);
            StudyResult result = new Study(TestTables.smallSpace(), new RandomSampler(), StudyConfig.minimize(1))
                    .run(
                            trial -> {
                                cancellation.cancel();
                                // The request alone must do: the thread's flag may have gone elsewhere.
                                Thread.interrupted();
                                return objective.evaluate(trial);
                            },
                            StudyListener.none(),
                            cancellation);
            assertEquals(List.of(), result.records());
        }
    }
}
