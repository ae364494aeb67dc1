package io.diapason.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.diapason.autograd.Gradients;
import io.diapason.nn.Parameter;
import io.diapason.nn.Parameter.Kind;
import io.diapason.optim.References.Reference;
import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Many steps of every optimiser against its formula in double precision. */
class OptimizerTest {
    private static final int STEPS = 80;
    private static final long SEED = Long.getLong("diapason.seed", 4);

    static Stream<OptimizerConfig> configurations() {
        return Problems.configurations();
    }

    static Stream<Arguments> configurationsAndTypes() {
        return Problems.configurations()
                .flatMap(config ->
                        Stream.of(arguments(config, DType.FLOAT64, 1e-12), arguments(config, DType.FLOAT32, 3e-5)));
    }

    /** The last parameter has no gradient before step 10, and later at every second step. */
    @ParameterizedTest
    @MethodSource("configurationsAndTypes")
    void stepsFollowTheFormulaUnderChangingFactors(OptimizerConfig config, DType dtype, double tolerance) {
        Rng rng = Rng.of(SEED);
        try (Scope scope = Scope.open()) {
            Parameter weight =
                    Problems.parameter(scope, dtype, "weight", Kind.WEIGHT, Shape.of(5, 7), rng.child("weight"));
            Parameter bias = Problems.parameter(scope, dtype, "bias", Kind.BIAS, Shape.of(7), rng.child("bias"));
            Parameter late = Problems.parameter(scope, dtype, "late", Kind.WEIGHT, Shape.of(), rng.child("late"));
            List<Parameter> parameters = List.of(weight, bias, late);
            List<double[]> expected =
                    parameters.stream().map(p -> p.value().toDoubleArray()).toList();
            List<Reference> references = parameters.stream()
                    .map(p -> References.of(config, (int) p.value().elements(), p.kind() == Kind.WEIGHT))
                    .toList();
            Gradients all = Problems.gradients(scope, weight, bias, late);
            Gradients some = Problems.gradients(scope, weight, bias);
            Optimizer optimizer = config.over(scope, parameters);
            for (int step = 0; step < STEPS; step++) {
                double rateFactor = 1 + 0.5 * Math.sin(step);
                double momentumFactor = 1 - 0.002 * step;
                optimizer.learningRateFactor(rateFactor);
                optimizer.momentumFactor(momentumFactor);
                Gradients present = step >= 10 && step % 2 == 0 ? all : some;
                for (int i = 0; i < 3; i++) {
                    if (i < 2 || present == all) {
                        double[] gradient = Problems.fill(
                                present, parameters.get(i), rng.child(step).child(i));
                        references.get(i).step(expected.get(i), gradient, rateFactor, momentumFactor);
                    }
                }
                optimizer.step(present);
            }
            for (int i = 0; i < 3; i++) {
                double[] values = parameters.get(i).value().toDoubleArray();
                for (int j = 0; j < values.length; j++) {
                    assertEquals(
                            expected.get(i)[j],
                            values[j],
                            tolerance * Math.max(1, Math.abs(expected.get(i)[j])),
                            parameters.get(i).name() + " " + j + ", seed " + SEED);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void aParameterWithoutAGradientStaysAsItIs(OptimizerConfig config) {
        try (Scope scope = Scope.open()) {
            Parameter used = new Parameter("used", scope.full(Shape.of(2), 1), Kind.WEIGHT);
            Parameter unused = new Parameter("unused", scope.full(Shape.of(2), 1), Kind.WEIGHT);
            Optimizer optimizer = config.over(scope, List.of(unused, used));
            for (int step = 0; step < 3; step++) {
                optimizer.step(used.value().square().sum().backward());
            }
            assertArrayEquals(new float[] {1, 1}, unused.value().toFloatArray());
            assertEquals(-1, Float.compare(used.value().toFloatArray()[0], 1));
        }
    }

    /** At lr 0.5 and decay 0.1 a weight of 2 without slope becomes 2 − 0.5 · 0.1 · 2 = 1.9. */
    @Test
    void decayShrinksWeightsButNoBiasesAndNorms() {
        try (Scope scope = Scope.open()) {
            Parameter weight = new Parameter("weight", scope.of(Shape.of(1), 2.0), Kind.WEIGHT);
            Parameter bias = new Parameter("bias", scope.of(Shape.of(1), 2.0), Kind.BIAS);
            Parameter norm = new Parameter("norm", scope.of(Shape.of(1), 2.0), Kind.NORM);
            Optimizer optimizer = new Sgd(0.5).withWeightDecay(0.1).over(scope, List.of(weight, bias, norm));
            optimizer.step(Problems.gradients(scope, weight, bias, norm));
            assertEquals(1.9, weight.value().item(), 1e-15);
            assertEquals(2.0, bias.value().item());
            assertEquals(2.0, norm.value().item());
        }
    }

    /** v₁ = g₁ = 1 (not 0.5 · 1), v₂ = 0.9 · 1 + 0.5 · 1 = 1.4; p = 0 − 1 − 1.4. */
    @Test
    void theFirstVelocityOfAParameterIsItsGradientWhateverTheDampening() {
        try (Scope scope = Scope.open()) {
            Parameter p = new Parameter("p", scope.of(Shape.of(), 0.0), Kind.WEIGHT);
            Optimizer optimizer = new Sgd(1, 0.9, 0.5, false, 0).over(scope, List.of(p));
            Gradients ones = Problems.gradients(scope, p);
            ones.of(List.of(p.value())).get(0).set(new double[] {1});
            optimizer.step(ones);
            assertEquals(-1, p.value().item());
            optimizer.step(ones);
            assertEquals(-2.4, p.value().item(), 1e-15);
        }
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void aLearningRateFactorOfZeroLeavesParametersAlone(OptimizerConfig config) {
        try (Scope scope = Scope.open()) {
            Parameter p = new Parameter("p", scope.of(Shape.of(3), 1.0, -2.0, 3.0), Kind.WEIGHT);
            Optimizer optimizer = config.over(scope, List.of(p));
            optimizer.learningRateFactor(0);
            optimizer.step(p.value().square().sum().backward());
            assertArrayEquals(new double[] {1, -2, 3}, p.value().toDoubleArray());
        }
    }

    @Test
    void aClosureIsEvaluatedOnceAndItsLossIsThatBeforeTheStep() {
        try (Scope scope = Scope.open()) {
            Parameter p = new Parameter("p", scope.of(Shape.of(), 3.0), Kind.WEIGHT);
            Optimizer optimizer = new Sgd(0.25).over(scope, List.of(p));
            int[] calls = {0};
            double loss = optimizer.step(() -> {
                calls[0]++;
                return Evaluation.of(p.value().square());
            });
            assertEquals(9, loss);
            assertEquals(1.5, p.value().item());
            assertEquals(1, calls[0]);
        }
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void aQuadraticIsDescended(OptimizerConfig config) {
        try (Scope scope = Scope.open()) {
            Parameter p = new Parameter("p", scope.of(Shape.of(2), 1.0, -2.0), Kind.BIAS);
            Tensor scales = scope.of(Shape.of(2), 1.0, 4.0);
            double rate = config instanceof Adagrad ? 1 : 0.02; // whose steps shrink by themselves
            Optimizer optimizer = config.withLearningRate(rate).over(scope, List.of(p));
            double loss = Double.NaN;
            for (int step = 0; step < 2000; step++) {
                loss = optimizer.step(
                        () -> Evaluation.of(p.value().square().times(scales).sum()));
            }
            assertEquals(0, loss, 2e-2);
        }
    }

    @Test
    void factorsOutOfRangeAreRefused() {
        try (Scope scope = Scope.open()) {
            Optimizer optimizer = new Adam(1).over(scope, List.of());
            Refusals.assertRefused(
                    "optimizer: the learning rate's factor must be at least 0 and finite, got -0.5",
                    () -> optimizer.learningRateFactor(-0.5));
            Refusals.assertRefused(
                    "optimizer: the learning rate's factor must be at least 0 and finite, got NaN",
                    () -> optimizer.learningRateFactor(Double.NaN));
            Refusals.assertRefused(
                    "optimizer: the momentum's factor must be above 0 and at most 1, got 0.0",
                    () -> optimizer.momentumFactor(0));
            Refusals.assertRefused(
                    "optimizer: the momentum's factor must be above 0 and at most 1, got 1.5",
                    () -> optimizer.momentumFactor(1.5));
        }
    }

    @Test
    void parametersThatCannotBeToldApartAreRefused() {
        try (Scope scope = Scope.open()) {
            Parameter a = new Parameter("a", scope.zeros(Shape.of(2)), Kind.WEIGHT);
            Parameter sameName = new Parameter("a", scope.zeros(Shape.of(2)), Kind.WEIGHT);
            Parameter sameTensor = new Parameter("b", a.value(), Kind.WEIGHT);
            Parameter view = new Parameter("view", scope.zeros(Shape.of(2, 3)).transpose(), Kind.WEIGHT);
            Refusals.assertRefused(
                    "adam: parameters must have names of their own, got a twice; within(prefix) gives them other"
                            + " names",
                    () -> new Adam(1).over(scope, List.of(a, sameName)));
            Refusals.assertRefused(
                    "sgd: a parameter must be there once, got the tensor of b twice",
                    () -> new Sgd(1).over(scope, List.of(a, sameTensor)));
            Refusals.assertRefused(
                    "lbfgs: parameters must be dense, got view, [3, 2] strides [1, 3] offset 0",
                    () -> new Lbfgs(1).over(scope, List.of(view)));
        }
    }

    @Test
    void lbfgsNeedsMoreThanGradients() {
        try (Scope scope = Scope.open()) {
            Parameter p = new Parameter("p", scope.zeros(Shape.of(2)), Kind.WEIGHT);
            Optimizer optimizer = new Lbfgs(1).over(scope, List.of(p));
            assertEquals(
                    "lbfgs: a step must evaluate the loss itself, got gradients alone; call step(() -> Evaluation.of(loss))",
                    assertThrows(
                                    UnsupportedOperationException.class,
                                    () -> optimizer.step(Problems.gradients(scope, p)))
                            .getMessage());
        }
    }
}
