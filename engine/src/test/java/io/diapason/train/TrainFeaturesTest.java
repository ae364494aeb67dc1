package io.diapason.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.loss.Loss;
import io.diapason.loss.Penalty;
import io.diapason.nn.Embedding;
import io.diapason.nn.Init;
import io.diapason.nn.Linear;
import io.diapason.nn.Module;
import io.diapason.nn.Pass;
import io.diapason.nn.Sequential;
import io.diapason.optim.Adam;
import io.diapason.optim.Sgd;
import io.diapason.optim.schedule.Plateau;
import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a configuration adds to plain training. */
class TrainFeaturesTest {
    /** The steps of a training, and the weights after each. */
    private static final class Steps implements TrainListener {
        final List<Step> steps = new ArrayList<>();
        final List<float[]> weights = new ArrayList<>();
        private final Module module;

        Steps(Module module) {
            this.module = module;
            weights.add(weight());
        }

        private float[] weight() {
            return module.parameters().get(0).value().toFloatArray();
        }

        @Override
        public boolean onStep(Step step) {
            steps.add(step);
            weights.add(weight());
            return true;
        }
    }

    private static Steps run(TrainConfig config) {
        try (Scope scope = Scope.open()) {
            Linear linear = new Linear(scope, 2, 1, Rng.of(1));
            Steps steps = new Steps(linear);
            new Trainer(linear, Loss.meanSquaredError(), config).fit(Training.linear(scope, 20), null, steps);
            steps.weights.add(steps.weight()); // what training left
            return steps;
        }
    }

    private static double distance(float[] a, float[] b) {
        return Math.hypot(a[0] - b[0], a[1] - b[1]);
    }

    @Test
    void aScheduleOfStepsMultipliesTheLearningRate() {
        TrainConfig config = TrainConfig.of(2, 5, new Sgd(0.1), 1);
        Steps steps = run(config.withSchedule(step -> step % 2 == 0 ? 0 : 0.5));
        assertEquals(
                List.of(0.0, 0.5, 0.0, 0.5, 0.0, 0.5, 0.0, 0.5),
                steps.steps.stream().map(Step::learningRateFactor).toList());
        for (int step = 0; step < 8; step += 2) {
            assertArrayEquals(steps.weights.get(step), steps.weights.get(step + 1));
        }
        assertTrue(distance(steps.weights.get(1), steps.weights.get(2)) > 0);
        // Half the rate by a factor is half the rate.
        assertArrayEquals(
                run(TrainConfig.of(2, 5, new Sgd(0.05), 1)).weights.get(8),
                run(config.withSchedule(step -> 0.5)).weights.get(8));
    }

    @Test
    void aPlateauShrinksTheLearningRateAfterEpochsThatAreNotBetter() {
        // So small a rate changes nothing: every epoch but the first fails to be better.
        TrainConfig config = TrainConfig.of(4, 20, new Sgd(1e-20), 1)
                .withPlateau(Plateau.minimizing().withPatience(0).withFactor(0.5));
        assertEquals(
                List.of(1.0, 1.0, 0.5, 0.25),
                run(config).steps.stream().map(Step::learningRateFactor).toList());
        assertEquals(
                List.of(2.0, 2.0, 1.0, 0.5),
                run(config.withSchedule(step -> 2)).steps.stream()
                        .map(Step::learningRateFactor)
                        .toList());
    }

    @Test
    void clippingTheNormBoundsEachStep() {
        TrainConfig config = TrainConfig.of(2, 5, new Sgd(1), 1).withClipNorm(1e-3);
        Steps steps = run(config);
        for (int i = 0; i < 8; i++) {
            assertTrue(steps.steps.get(i).gradientNorm() > 1e-3);
            assertTrue(distance(steps.weights.get(i), steps.weights.get(i + 1)) < 1.001e-3);
        }
        assertTrue(Double.isNaN(
                run(TrainConfig.of(1, 20, new Sgd(1e-3), 1)).steps.get(0).gradientNorm()));
    }

    @Test
    void clippingValuesBoundsEachElement() {
        Steps steps = run(TrainConfig.of(1, 20, new Sgd(1), 1).withClipValue(1e-3));
        // 2 a − 3 b is far away: both elements of the gradient are clipped.
        assertEquals(1e-3, steps.weights.get(1)[0] - steps.weights.get(0)[0], 1e-6);
        assertEquals(-1e-3, steps.weights.get(1)[1] - steps.weights.get(0)[1], 1e-6);
    }

    @Test
    void anExponentialAverageFollowsTheStepsAndIsWhatTrainingLeaves() {
        TrainConfig config = TrainConfig.of(2, 10, new Sgd(0.1), 1);
        Steps steps = run(config.withAveraging(Averaging.exponential(0.5)));
        double average = steps.weights.get(1)[0]; // the first update copies
        for (int step = 2; step <= 4; step++) {
            average = 0.5 * average + 0.5 * steps.weights.get(step)[0];
        }
        assertEquals(average, steps.weights.get(5)[0], 1e-6);
        // Averages change nothing of how training goes.
        assertArrayEquals(run(config).weights.get(4), steps.weights.get(4));
    }

    @Test
    void anEqualAverageIsTheMeanOverEpochsFromOneOn() {
        Steps steps = run(TrainConfig.of(4, 10, new Sgd(0.1), 1).withAveraging(Averaging.equal(2)));
        double mean = (steps.weights.get(4)[1]
                        + steps.weights.get(6)[1]
                        + steps.weights.get(8)[1])
                / 3.0;
        assertEquals(mean, steps.weights.get(9)[1], 1e-6);
        Steps none = run(TrainConfig.of(4, 10, new Sgd(0.1), 1).withAveraging(Averaging.equal(5)));
        assertArrayEquals(none.weights.get(8), none.weights.get(9));
    }

    @Test
    void theMonitorLooksAtAverages() {
        try (Scope scope = Scope.open()) {
            Linear linear = new Linear(scope, 2, 1, Rng.of(1));
            Examples examples = Training.linear(scope, 20);
            List<float[]> seen = new ArrayList<>();
            Monitor monitor = Monitor.maximize(module -> {
                seen.add(module.parameters().get(0).value().toFloatArray());
                return seen.size();
            });
            TrainConfig config = TrainConfig.of(3, 10, new Sgd(0.1), 1).withAveraging(Averaging.exponential(0.9));
            Steps steps = new Steps(linear);
            new Trainer(linear, Loss.meanSquaredError(), config).fit(examples, monitor, steps);
            assertTrue(distance(seen.get(2), steps.weights.get(6)) > 1e-3);
            assertArrayEquals(seen.get(2), linear.parameters().get(0).value().toFloatArray());
        }
    }

    @Test
    void withoutShufflingRowsComeInTheirOrderAndAShortBatchMayBeDropped() {
        try (Scope scope = Scope.open()) {
            List<List<Float>> batches = new ArrayList<>();
            Loss recording = (prediction, target) -> {
                List<Float> batch = new ArrayList<>();
                for (float value : target.toFloatArray()) {
                    batch.add(value);
                }
                batches.add(batch);
                return Loss.meanSquaredError().of(prediction, target);
            };
            Examples examples = new Examples(scope.zeros(Shape.of(5, 2)), scope.of(Shape.of(5, 1), 0f, 1, 2, 3, 4));
            TrainConfig config = TrainConfig.of(2, 2, new Sgd(0.1), 1).withShuffle(false);
            new Trainer(new Linear(scope, 2, 1, Rng.of(1)), recording, config).fit(examples);
            List<List<Float>> epoch = List.of(List.of(0f, 1f), List.of(2f, 3f), List.of(4f));
            assertEquals(epoch, batches.subList(0, 3));
            assertEquals(epoch, batches.subList(3, 6));
            batches.clear();
            new Trainer(new Linear(scope, 2, 1, Rng.of(1)), recording, config.withDropLast(true)).fit(examples);
            assertEquals(List.of(epoch.get(0), epoch.get(1), epoch.get(0), epoch.get(1)), batches);
            batches.clear();
            new Trainer(
                            new Linear(scope, 2, 1, Rng.of(1)),
                            recording,
                            config.withBatchSize(9).withDropLast(true))
                    .fit(examples);
            assertEquals(2, batches.size(), "a batch larger than the examples is all of them");
        }
    }

    @Test
    void aPenaltyOverChosenParametersKeepsTheOthersFree() {
        try (Scope scope = Scope.open()) {
            Linear linear = new Linear(scope, 2, 1, Rng.of(1));
            TrainConfig config = TrainConfig.of(80, 20, new Sgd(0.1), 1)
                    .withPenalty(Penalty.l2(1e3).over(p -> p.name().equals("bias")));
            new Trainer(linear, Loss.meanSquaredError(), config.withSchedule(step -> 0.005))
                    .fit(Training.linear(scope, 100));
            assertEquals(0, linear.parameters().get(1).value().item(), 1e-2);
        }
    }

    @Test
    void featuresMayBeIndicesOfAnEmbedding() {
        try (Scope scope = Scope.open()) {
            Module module = new Sequential(
                    new Embedding(scope, 4, 3, Rng.of(1)),
                    Module.of(x -> x.reshape(-1, 6)),
                    new Linear(scope, 6, 2, Rng.of(2)));
            Examples equal = new Examples(
                    scope.of(Shape.of(6, 2), 0, 0, 1, 1, 2, 3, 3, 2, 0, 1, 2, 2),
                    scope.of(Shape.of(6), 1, 1, 0, 0, 0, 1));
            TrainingResult result =
                    new Trainer(module, Loss.crossEntropy(), TrainConfig.of(150, 3, new Adam(0.05), 1)).fit(equal);
            assertTrue(result.history().get(149).trainingLoss() < 0.01, result.toString());
        }
    }

    @Test
    void modulesAndExamplesMayBeOfDoublePrecision() {
        try (Scope scope = Scope.open()) {
            Examples single = Training.linear(scope, 60);
            Examples examples = new Examples(
                    single.features().to(DType.FLOAT64), single.targets().to(DType.FLOAT64));
            Linear linear = new Linear(scope, DType.FLOAT64, 2, 1, Init.zeros(), Init.zeros(), Rng.of(1));
            new Trainer(linear, Loss.meanSquaredError(), TrainConfig.of(200, 20, new Sgd(0.1), 1)).fit(examples);
            // The targets are float32 numbers, so they are off by 2^-24 of themselves.
            assertArrayEquals(
                    new double[] {2, -3}, linear.parameters().get(0).value().toDoubleArray(), 1e-7);
        }
    }

    @Test
    void theMonitorOfALossIsItsMeanOverAllRowsInBatches() {
        try (Scope scope = Scope.open()) {
            Examples examples = Training.linear(scope, 2500);
            Linear linear = new Linear(scope, 2, 1, Rng.of(1));
            double whole = Loss.meanSquaredError()
                    .of(linear.forward(examples.features(), Pass.inference()), examples.targets())
                    .item();
            assertEquals(
                    whole,
                    Monitor.minimize(Loss.meanSquaredError(), examples)
                            .measure()
                            .apply(linear)
                            .value(),
                    1e-5 * whole);
            int[] classes = new int[2500];
            Arrays.setAll(classes, i -> i < 1024 ? -100 : i % 3);
            Linear classifier = new Linear(scope, 2, 3, Rng.of(2));
            Examples labelled = new Examples(examples.features(), scope.of(Shape.of(2500), classes));
            Loss loss = Loss.crossEntropy().weighted(1, 2, 3);
            double mean = loss.of(classifier.forward(examples.features(), Pass.inference()), labelled.targets())
                    .item();
            assertEquals(
                    mean,
                    Monitor.minimize(loss, labelled).measure().apply(classifier).value(),
                    1e-5 * mean);
        }
    }
}
