package io.diapason.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.loss.Loss;
import io.diapason.loss.Penalty;
import io.diapason.loss.Reduce;
import io.diapason.nn.Init;
import io.diapason.nn.Linear;
import io.diapason.nn.Module;
import io.diapason.nn.Parameter;
import io.diapason.nn.Parts;
import io.diapason.nn.Pass;
import io.diapason.optim.Adam;
import io.diapason.optim.Sgd;
import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several small batches a step are as one large batch. */
class AccumulationTest {
    private static final int ROWS = 11;
    private static final int CLASSES = 3;

    static Stream<Loss> losses() {
        return Stream.of(
                Loss.crossEntropy(),
                Loss.crossEntropy().weighted(0.2, 1, 3).smoothed(0.1).ignoring(1),
                Loss.crossEntropy().weighted(0.2, 1, 3).reduced(Reduce.SUM));
    }

    private static Linear linear(Scope scope) {
        return new Linear(scope, DType.FLOAT64, 2, CLASSES, Init.normal(0, 1), Init.normal(0, 1), Rng.of(4));
    }

    /** The first targets are all of class 1. */
    private static Examples examples(Scope scope) {
        double[] features = new double[ROWS * 2];
        for (int i = 0; i < features.length; i++) {
            features[i] = Rng.of(5).gaussianAt(i);
        }
        return new Examples(
                scope.of(Shape.of(ROWS, 2), features), scope.of(Shape.of(ROWS), 1, 1, 1, 0, 2, 1, 0, 0, 2, 1, 2));
    }

    private static double[][] trained(TrainConfig config, Loss loss, double[] losses) {
        try (Scope scope = Scope.open()) {
            Linear linear = linear(scope);
            TrainingResult result = new Trainer(linear, loss, config).fit(examples(scope));
            losses[0] = result.history().get(0).trainingLoss();
            return linear.parameters().stream()
                    .map(p -> p.value().toDoubleArray())
                    .toArray(double[][]::new);
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void gradientsOfSmallBatchesAddUpToThatOfTheLargeOne(Loss loss) {
        TrainConfig config =
                TrainConfig.of(3, ROWS, new Sgd(0.1), 1).withShuffle(false).withPenalty(new Penalty(0.01, 0.02));
        double[] largeLoss = new double[1];
        double[][] large = trained(config, loss, largeLoss);
        for (int size : new int[] {1, 2, 3, 5}) { // of 3 rows, one batch has no row that counts
            double[] smallLoss = new double[1];
            double[][] small = trained(config.withBatchSize(size).withAccumulation(ROWS), loss, smallLoss);
            for (int i = 0; i < large.length; i++) {
                assertArrayEquals(large[i], small[i], 1e-14, "batches of " + size);
            }
            assertEquals(largeLoss[0], smallLoss[0], 1e-14);
        }
    }

    @Test
    void theLastStepOfAnEpochMayBeOfFewerBatches() {
        try (Scope scope = Scope.open()) {
            int[] steps = new int[1];
            TrainConfig config = TrainConfig.of(1, 2, new Sgd(0.1), 1).withAccumulation(4);
            new Trainer(linear(scope), Loss.crossEntropy(), config).fit(examples(scope), null, new TrainListener() {
                @Override
                public boolean onStep(Step step) {
                    steps[0] = step.number();
                    return true;
                }
            });
            assertEquals(2, steps[0], "6 batches in steps of 4");
        }
    }

    @Test
    void aStepWithoutAnyRowThatCountsEndsTraining() {
        try (Scope scope = Scope.open()) {
            Examples ignored = new Examples(
                    scope.zeros(DType.FLOAT64, Shape.of(4, 2)), scope.full(DType.INT64, Shape.of(4), -100));
            TrainConfig config = TrainConfig.of(1, 1, new Sgd(0.1), 1).withAccumulation(4);
            var e = assertThrows(
                    TrainingDivergedException.class,
                    () -> new Trainer(linear(scope), Loss.crossEntropy(), config).fit(ignored));
            assertTrue(Double.isNaN(e.loss()));
        }
    }

    /** y = x w, or x v for a first feature above 0.5; it also has a weight that it does not use. */
    private record Choosing(Parameter w, Parameter v, Parameter idle) implements Module {
        @Override
        public Tensor forward(Tensor x, Pass pass) {
            return x.matmul(x.toDoubleArray()[0] > 0.5 ? v.value() : w.value());
        }

        @Override
        public Parts parts() {
            return Parts.of("w", w).and("v", v).and("idle", idle);
        }
    }

    @Test
    void parametersThatNoBatchReachesAreLeftAlone() {
        try (Scope scope = Scope.open()) {
            Choosing module = new Choosing(
                    Parameter.weight(scope.ones(Shape.of(1, 1))),
                    Parameter.weight(scope.ones(Shape.of(1, 1))),
                    Parameter.weight(scope.ones(Shape.of(1, 1))));
            Examples examples = new Examples(scope.of(Shape.of(2, 1), 0.25f, 1), scope.zeros(Shape.of(2, 1)));
            // Weight decay alone would change what has a gradient of zeros.
            TrainConfig config = TrainConfig.of(1, 1, new Adam(0.1, 0.9, 0.999, 1e-8, 0.5), 1)
                    .withAccumulation(2)
                    .withShuffle(false);
            new Trainer(module, Loss.meanSquaredError(), config).fit(examples);
            List<Double> values = Arrays.asList(
                    module.w.value().item(),
                    module.v.value().item(),
                    module.idle.value().item());
            assertTrue(values.get(0) < 0.96 && values.get(1) < 0.96, values.toString());
            assertEquals(1, values.get(2));
        }
    }
}
