package io.diapason.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.diapason.loss.Loss;
import io.diapason.nn.Linear;
import io.diapason.nn.Parameter.Kind;
import io.diapason.optim.Adam;
import io.diapason.optim.Frozen;
import io.diapason.optim.Grouped;
import io.diapason.optim.OptimizerConfig;
import io.diapason.optim.RAdam;
import io.diapason.optim.Sgd;
import io.diapason.optim.schedule.Schedule;
import io.diapason.random.Rng;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupedTrainingTest {
    private static final Grouped WEIGHTS_ALONE =
            Grouped.of(new Sgd(1e-30)).and("weights", parameter -> parameter.kind() == Kind.WEIGHT, new Sgd(0.1));

    /** The weights and the bias after training, and the state at the end. */
    private static List<float[]> trained(OptimizerConfig optimizer, List<Checkpoint> checkpoints) {
        try (Scope scope = Scope.open()) {
            Linear linear = new Linear(scope, 2, 1, Rng.of(1));
            new Trainer(linear, Loss.meanSquaredError(), TrainConfig.of(1, 20, optimizer, 1))
                    .withCheckpoints(1, checkpoints::add)
                    .fit(Training.linear(scope, 20));
            return Training.parametersOf(linear);
        }
    }

    private static List<float[]> trained(OptimizerConfig optimizer) {
        return trained(optimizer, new ArrayList<>());
    }

    @Test
    void eachParameterIsOptimisedAsTheFirstGroupThatTakesItSays() {
        List<float[]> start = trained(new Sgd(1e-30));
        List<float[]> all = trained(new Sgd(0.1));
        List<float[]> grouped = trained(WEIGHTS_ALONE.and("late", parameter -> true, new Sgd(1e-30)));
        assertArrayEquals(all.get(0), grouped.get(0));
        assertArrayEquals(start.get(1), grouped.get(1));
    }

    @Test
    void aFrozenGroupStaysAndDoesNotCountInTheNormThatIsClipped() {
        try (Scope scope = Scope.open()) {
            Linear linear = new Linear(scope, 1, 1, Rng.of(1));
            linear.parameters().get(0).value().set(new float[] {5});
            linear.parameters().get(1).value().set(new float[] {0});
            Examples examples = new Examples(scope.full(Shape.of(4, 1), 3), scope.zeros(Shape.of(4, 1)));
            OptimizerConfig biasAlone =
                    Grouped.of(new Sgd(0.5)).and("still", parameter -> parameter.kind() == Kind.WEIGHT, new Frozen());
            TrainConfig config = TrainConfig.of(1, 4, biasAlone, 1).withClipNorm(1);
            List<Double> norms = new ArrayList<>();
            new Trainer(linear, Loss.meanSquaredError(), config).fit(examples, null, new TrainListener() {
                @Override
                public boolean onStep(Step step) {
                    return norms.add(step.gradientNorm());
                }
            });
            // d (5 · 3 + b)² / db = 2 · 15, which is clipped to 1; the weight's derivative is three times that.
            assertEquals(List.of(30.0), norms);
            assertArrayEquals(
                    new float[] {5}, linear.parameters().get(0).value().toFloatArray());
            assertArrayEquals(
                    new float[] {-0.5f}, linear.parameters().get(1).value().toFloatArray(), 1e-6f);
        }
    }

    @Test
    void aCheckpointHoldsTheStateOfEachGroup() {
        List<Checkpoint> checkpoints = new ArrayList<>();
        trained(
                Grouped.of(new Sgd(0.1, 0.9, false, 0))
                        .and("first", p -> p.name().equals("weight"), new Adam(1)),
                checkpoints);
        Map<String, HeapTensor> tensors = checkpoints.get(0).tensors();
        for (String group : List.of("first", "rest")) {
            assertTrue(
                    tensors.keySet().stream().anyMatch(name -> name.startsWith("optimizer." + group + ".")),
                    tensors.keySet().toString());
        }
    }

    /** Numbers of two groups may be equal in the steps that are recorded, and differ in later ones. */
    private static void assertReplays(Grouped optimizer, Schedule schedule) {
        TrainConfig config = TrainConfig.of(3, 4, optimizer, 1).withSchedule(schedule);
        List<List<float[]>> results = new ArrayList<>();
        for (boolean eager : new boolean[] {false, true}) {
            try (Scope scope = Scope.open()) {
                Linear linear = new Linear(scope, 2, 1, Rng.of(1));
                Trainer trainer = new Trainer(linear, Loss.meanSquaredError(), config).telling(reason -> fail(reason));
                (eager ? trainer.eagerly() : trainer).fit(Training.linear(scope, 40));
                results.add(Training.parametersOf(linear));
            }
        }
        assertTrue(Training.same(results.get(0), results.get(1)));
    }

    @Test
    void groupsThatPartLaterThanTheRecordedStepsAreReplayed() {
        assertReplays(
                Grouped.of(new RAdam(0.01))
                        .and("weights", p -> p.kind() == Kind.WEIGHT, new RAdam(0.01).withBeta2(0.9)),
                step -> 1);
        assertReplays(
                Grouped.of(new Adam(0.01)).and("weights", p -> p.kind() == Kind.WEIGHT, new Adam(0.02)),
                step -> step < 3 ? 0 : 1);
    }
}
