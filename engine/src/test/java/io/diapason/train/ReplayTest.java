package io.diapason.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.diapason.loss.Loss;
import io.diapason.loss.Penalty;
import io.diapason.nn.Activation;
import io.diapason.nn.BatchNorm1d;
import io.diapason.nn.BatchNormConfig;
import io.diapason.nn.Mlp;
import io.diapason.nn.Module;
import io.diapason.nn.Norm;
import io.diapason.nn.Parts;
import io.diapason.nn.Pass;
import io.diapason.nn.Sequential;
import io.diapason.optim.Adagrad;
import io.diapason.optim.Adam;
import io.diapason.optim.NAdam;
import io.diapason.optim.OptimizerConfig;
import io.diapason.optim.RAdam;
import io.diapason.optim.RmsProp;
import io.diapason.optim.Sgd;
import io.diapason.optim.schedule.CosineAnnealing;
import io.diapason.optim.schedule.OneCycle;
import io.diapason.optim.schedule.Plateau;
import io.diapason.optim.schedule.Schedule;
import io.diapason.random.Rng;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replayed steps give the bits of steps that run one by one. */
class ReplayTest {
    private static int passes; // a counter within a module would be noticed

    /** Counts the training passes that run in Java. */
    private record Counted(Module inner) implements Module {
        @Override
        public Tensor forward(Tensor x, Pass pass) {
            passes += pass.isTraining() ? 1 : 0;
            return inner.forward(x, pass);
        }

        @Override
        public Parts parts() {
            return inner.parts();
        }
    }

    private record Outcome(
            TrainingResult result,
            List<Step> steps,
            Map<String, HeapTensor> module,
            Map<String, HeapTensor> rest,
            int passes) {}

    /** Own code of a user is counted; the engine's alone is replayed from the first step of an epoch to its measure. */
    private record Problem(
            Mlp.Config mlp,
            Loss loss,
            int rows,
            TrainConfig config,
            boolean monitored,
            boolean heard,
            boolean cumulative,
            boolean counted) {
        static Problem of(long seed) {
            Random random = new Random(seed);
            List<Integer> hidden = new ArrayList<>();
            int depth = random.nextInt(4);
            for (int i = 0; i < depth; i++) {
                hidden.add(1 + random.nextInt(40));
            }
            boolean classes = random.nextBoolean();
            int out = classes ? 2 + random.nextInt(9) : 1 + random.nextInt(3);
            Mlp.Config mlp = new Mlp.Config(
                    1 + random.nextInt(30),
                    hidden,
                    out,
                    pick(random, List.of(Activation.values())),
                    random.nextBoolean() ? 0 : 0.3,
                    pick(random, List.of(Norm.values())),
                    random.nextBoolean());
            Loss loss = classes
                    ? random.nextBoolean()
                            ? Loss.crossEntropy()
                            : Loss.crossEntropy().smoothed(0.1).weighted(weights(out))
                    : pick(random, List.of(Loss.meanSquaredError(), Loss.huber(0.7), Loss.meanAbsoluteError()));
            int rows = 20 + random.nextInt(100);
            Penalty penalty = pick(random, List.of(new Penalty(0, 0), new Penalty(1e-3, 0), new Penalty(1e-3, 1e-2)));
            TrainConfig config = new TrainConfig(
                    4, 2 + random.nextInt(30), 0, pick(random, optimizers()), penalty, random.nextInt());
            if (random.nextBoolean()) {
                config = config.withSchedule(pick(random, schedules()));
            }
            if (random.nextInt(3) == 0) {
                config = config.withClipNorm(0.5);
                config = random.nextBoolean() ? config : config.withClipValue(0.1);
            }
            if (random.nextInt(3) == 0) {
                config = config.withPlateau(Plateau.minimizing().withPatience(0));
            }
            boolean monitored = random.nextBoolean();
            boolean heard = random.nextInt(3) == 0;
            if (random.nextInt(3) == 0) {
                config = config.withAccumulation(2 + random.nextInt(3));
            }
            if (random.nextInt(3) == 0) {
                config = config.withAveraging(random.nextBoolean() ? Averaging.exponential(0.9) : Averaging.equal(2));
            }
            boolean lonely = rows % config.batching().size() == 1; // a row that batch normalisation refuses
            return new Problem(
                    mlp,
                    loss,
                    lonely ? rows + 1 : rows,
                    config,
                    monitored,
                    heard,
                    random.nextInt(3) == 0,
                    random.nextBoolean());
        }

        private static double[] weights(int classes) {
            double[] weights = new double[classes];
            for (int i = 0; i < classes; i++) {
                weights[i] = 0.5 + i;
            }
            return weights;
        }

        private static List<OptimizerConfig> optimizers() {
            return List.of(
                    new Sgd(0.05),
                    new Sgd(0.02, 0.9, 0.1, false, 0.01),
                    new Sgd(0.02, 0.9, 0, true, 0.01),
                    new Adam(0.01),
                    new Adam(0.01, 0.8, 0.99, 1e-6, 0.02, true),
                    new NAdam(0.01),
                    new RAdam(0.01),
                    new RmsProp(0.005),
                    new Adagrad(0.05));
        }

        private static List<Schedule> schedules() {
            return List.of(step -> 1 / (1.0 + step), new CosineAnnealing(10, 0.1), new OneCycle(2000));
        }

        private static <T> T pick(Random random, List<T> choices) {
            return choices.get(random.nextInt(choices.size()));
        }

        int batches() {
            return (rows - 1) / config.batching().size() + 1;
        }

        /** Passes in Java: of recorded steps, and of the first step of each epoch, which is compared with them. */
        int recordedPasses() {
            int epochs = config.epochs();
            int each = config.batching().accumulation();
            int full = rows / Math.min(rows, config.batching().size()) / each;
            int last = batches() - full * each; // passes of a last step of other batches
            boolean copies = config.averaging() != null && !config.averaging().equal(); // at the first step of all
            if (full == 0) {
                return epochs * last;
            }
            int first = full == 1 ? epochs : full == 2 || !copies ? epochs + 1 : epochs + 2;
            return first * each + 2 * last;
        }

        Outcome run(boolean replays) {
            try (Scope scope = Scope.open()) {
                Examples all = examples(scope, rows + 16);
                Examples training = all.rows(0, rows);
                Module network = new Mlp(scope, mlp, Rng.of(config.seed()));
                Module module = cumulative
                        ? new Sequential(
                                new BatchNorm1d(
                                        scope, BatchNormConfig.of(mlp.in()).cumulative()),
                                network)
                        : network;
                passes = 0;
                List<Step> steps = new ArrayList<>();
                List<Checkpoint> kept = new ArrayList<>();
                Trainer trainer = new Trainer(counted ? new Counted(module) : module, loss, config)
                        .telling(reason -> fail(reason))
                        .withCheckpoints(100, kept::add);
                TrainListener listener = heard
                        ? new TrainListener() {
                            @Override
                            public boolean onStep(Step step) {
                                return steps.add(step);
                            }
                        }
                        : TrainListener.none();
                TrainingResult result = (replays ? trainer : trainer.eagerly())
                        .fit(training, monitored ? Monitor.minimize(loss, all.rows(rows, rows + 16)) : null, listener);
                return new Outcome(result, steps, module.state(), kept.get(0).tensors(), passes);
            }
        }

        private Examples examples(Scope scope, int count) {
            Rng rng = Rng.of(config.seed()).child("data");
            float[] features = new float[count * mlp.in()];
            for (int i = 0; i < features.length; i++) {
                features[i] = (float) rng.gaussianAt(i);
            }
            Tensor x = scope.of(Shape.of(count, mlp.in()), features);
            if (loss instanceof io.diapason.loss.CrossEntropy) {
                long[] targets = new long[count];
                for (int i = 0; i < count; i++) {
                    targets[i] = Math.floorMod(rng.longAt(i + 9999), (long) mlp.out());
                }
                return new Examples(x, scope.of(Shape.of(count), targets));
            }
            float[] targets = new float[count * mlp.out()];
            for (int i = 0; i < targets.length; i++) {
                targets[i] = (float) rng.gaussianAt(i + 77777);
            }
            return new Examples(x, scope.of(Shape.of(count, mlp.out()), targets));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0})
    void replayedTrainingsOfRandomNetworksHaveTheBitsOfEagerOnes(long from) {
        for (long seed = from; seed < from + 60; seed++) {
            Problem problem = Problem.of(seed);
            Outcome eager = problem.run(false);
            Outcome replayed = problem.run(true);
            String told = "problem " + seed + ": " + problem;
            assertEquals(eager.result, replayed.result, told);
            assertEquals(eager.steps, replayed.steps, told);
            assertEquals(eager.module, replayed.module, told);
            assertEquals(eager.rest, replayed.rest, told);
            if (problem.counted) {
                assertEquals(problem.config.epochs() * problem.batches(), eager.passes, told);
                assertEquals(problem.recordedPasses(), replayed.passes, told);
            }
        }
    }

    @Test
    void batchesThatCountNothingAreLeftOut() {
        Mlp.Config mlp = new Mlp.Config(4, List.of(6), 3, Activation.TANH, 0.2);
        TrainConfig config = TrainConfig.of(20, 4, new Adam(0.01), 5).withAccumulation(3);
        Problem ignoring = new Problem(
                mlp, Loss.crossEntropy().weighted(1, 2, 3).ignoring(1), 42, config, true, false, false, true);
        Outcome eager = ignoring.run(false);
        Outcome replayed = ignoring.run(true);
        assertEquals(eager.result, replayed.result);
        assertEquals(eager.module, replayed.module);
        int regular = ignoring.recordedPasses();
        assertTrue(
                replayed.passes > regular && replayed.passes < eager.passes,
                "some epochs have a batch of ignored rows alone, others not; got " + replayed.passes + " passes of "
                        + eager.passes + " and " + regular);
    }

    @Test
    void averagesMayBeginInTheMidstOfATraining() {
        Problem problem = Problem.of(3);
        TrainConfig config = problem.config
                .withBatchSize(8)
                .withEpochs(6)
                .withAccumulation(1)
                .withAveraging(new Averaging(false, 0.9, 3));
        Problem averaged = new Problem(problem.mlp, problem.loss, 66, config, true, false, false, true);
        Outcome eager = averaged.run(false);
        Outcome replayed = averaged.run(true);
        assertEquals(eager.result, replayed.result);
        assertEquals(eager.module, replayed.module);
        assertEquals(eager.rest, replayed.rest);
        // Full batches: 2 and 1 before there are averages, 3, then one an epoch; those of two rows: 2, and 2 again.
        assertEquals(2 + 1 + 3 + 3 + 2 + 2, replayed.passes);
    }

    @Test
    void aStepWithoutAnOrderReadsTheExamplesThemselves() {
        Problem problem = Problem.of(3);
        TrainConfig config = problem.config
                .withBatchSize(8)
                .withShuffle(false)
                .withAccumulation(1)
                .withAveraging(null);
        Problem ordered = new Problem(problem.mlp, problem.loss, 64, config, true, false, false, true);
        Outcome replayed = ordered.run(true);
        assertEquals(ordered.run(false).module, replayed.module);
        assertEquals(1 + config.epochs(), replayed.passes);
    }
}
