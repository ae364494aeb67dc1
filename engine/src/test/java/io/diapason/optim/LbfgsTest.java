package io.diapason.optim;

import static io.diapason.optim.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.nn.Parameter;
import io.diapason.nn.Parameter.Kind;
import io.diapason.op.Elementwise;
import io.diapason.tensor.DType;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** L-BFGS on Rosenbrock's function and on a quartic; golden values of PyTorch 2.13.0 (CPU, float64). */
class LbfgsTest {
    /** {@code Σ 100 (x[i+1] − x[i]²)² + (1 − x[i])²}. */
    private static Tensor rosenbrock(Tensor x) {
        int n = x.shape().size(0);
        Tensor left = x.rows(0, n - 1);
        Tensor right = x.rows(1, n);
        return right.minus(left.square())
                .square()
                .times(100)
                .plus(left.negate().plus(1).square())
                .sum();
    }

    /** {@code Σ(x⁴ / 4 + x² − a x) + 0.3 x₀ x₁ x₂}. */
    private static Tensor quartic(Tensor x, Tensor a) {
        return x.square()
                .square()
                .times(0.25)
                .plus(x.square())
                .minus(a.times(x))
                .sum()
                .plus(x.select(0, 0).times(x.select(0, 1)).times(x.select(0, 2)).times(0.3));
    }

    /** Steps, and at each the loss before it, the evaluations up to it and the parameters after it. */
    private static void assertSteps(Optimizer optimizer, Parameter p, Supplier<Tensor> loss, double[][] golden) {
        int[] evaluations = {0};
        for (int step = 0; step < golden.length; step++) {
            double before = optimizer.step(() -> {
                evaluations[0]++;
                return Evaluation.of(loss.get());
            });
            String where = "step " + (step + 1);
            assertEquals(golden[step][0], evaluations[0], where);
            assertEquals(golden[step][1], before, 1e-9 * Math.max(1, Math.abs(before)), where);
            double[] expected = new double[golden[step].length - 2];
            System.arraycopy(golden[step], 2, expected, 0, expected.length);
            assertArrayEquals(expected, p.value().toDoubleArray(), 1e-9, where);
        }
    }

    /** LBFGS([x], lr=1, max_iter=5, history_size=3, line_search_fn="strong_wolfe") from (−1.2, 1). */
    @Test
    void theLineSearchGoesWherePyTorchGoes() {
        try (Scope scope = Scope.open()) {
            Parameter p = new Parameter("p", scope.of(Shape.of(2), -1.2, 1.0), Kind.WEIGHT);
            Lbfgs config = new Lbfgs(1).withIterations(5).withEvaluations(6).withHistory(3);
            assertSteps(config.over(scope, List.of(p)), p, () -> rosenbrock(p.value()), new double[][] {
                {6, 24.199999999999996, -1.0276177663827242, 1.0584120782656612},
                {12, 4.111816451757751, -0.6801753334182908, 0.43533127873180566},
                {18, 2.8975574980245997, -0.357461407885078, 0.0967352233340206},
                {24, 1.939070958273065, 0.20577480359454975, -0.0014625542990492311}
            });
        }
    }

    /** LBFGS([x], lr=0.5, max_iter=8, history_size=4, line_search_fn="strong_wolfe"). */
    @Test
    void theLineSearchGoesWherePyTorchGoesInFourDimensions() {
        try (Scope scope = Scope.open()) {
            Parameter p = new Parameter("p", scope.of(Shape.of(4), -1.2, 1.0, 0.5, -0.5), Kind.WEIGHT);
            Lbfgs config = new Lbfgs(0.5).withIterations(8).withEvaluations(10).withHistory(4);
            assertSteps(config.over(scope, List.of(p)), p, () -> rosenbrock(p.value()), new double[][] {
                {9, 105.69999999999999, -0.7695582333968122, 0.6052146071264001, 0.36625357014374127, 0.1288911657306002
                },
                {
                    18,
                    3.7084695771065297,
                    -0.7678100475615139,
                    0.6010551932586433,
                    0.3675510501097615,
                    0.13507100118495058
                },
                {27, 3.70152732175672, -0.7729753782372979, 0.6091409179040945, 0.3773975628309488, 0.14279228699888216}
            });
        }
    }

    /** LBFGS([x], lr=0.7, max_iter=3, history_size=2): steps of fixed length. */
    @Test
    void stepsWithoutALineSearchAreThoseOfPyTorch() {
        try (Scope scope = Scope.open()) {
            Parameter p = new Parameter("p", scope.of(Shape.of(3), 0.5, -1.25, 2.0), Kind.WEIGHT);
            Tensor a = scope.of(Shape.of(3), 1.0, -2.0, 0.5);
            Lbfgs config = new Lbfgs(0.7)
                    .withIterations(3)
                    .withEvaluations(3)
                    .withHistory(2)
                    .withLineSearch(false);
            assertSteps(config.over(scope, List.of(p)), p, () -> quartic(p.value(), a), new double[][] {
                {3, 6.0634765625, 0.5491362337134409, -1.0103997162241491, 1.1013278988733397},
                {6, -0.11744695751336987, 0.5197430571662633, -0.8305921371142672, 0.5818066346639867},
                {9, -1.0827912952096403, 0.48542832929012963, -0.789438614547489, 0.34727850848067016}
            });
        }
    }

    /** LBFGS([x]): the second step finds nothing to do and evaluates once. */
    @Test
    void aStepAtTheMinimumChangesNothing() {
        try (Scope scope = Scope.open()) {
            Parameter p = new Parameter("p", scope.of(Shape.of(3), 0.5, -1.25, 2.0), Kind.WEIGHT);
            Tensor a = scope.of(Shape.of(3), 1.0, -2.0, 0.5);
            Optimizer optimizer = new Lbfgs(1).withLineSearch(false).over(scope, List.of(p));
            assertSteps(optimizer, p, () -> quartic(p.value(), a), new double[][] {
                {9, 6.0634765625, 0.47935881458004537, -0.7820018286450748, 0.29357769808729306},
                {10, -1.1871182029201675, 0.47935881458004537, -0.7820018286450748, 0.29357769808729306}
            });
        }
    }

    /** LBFGS([x], lr=1, max_iter=4, max_eval=4, line_search_fn="strong_wolfe"), and with 1 and 1. */
    @Test
    void aLineSearchHasTheEvaluationsThatAreLeft() {
        try (Scope scope = Scope.open()) {
            Parameter p = new Parameter("p", scope.of(Shape.of(2), -1.2, 1.0), Kind.WEIGHT);
            Lbfgs config = new Lbfgs(1).withIterations(4).withEvaluations(4);
            assertSteps(config.over(scope, List.of(p)), p, () -> rosenbrock(p.value()), new double[][] {
                {4, 24.199999999999996, -1.0284565745562346, 1.068187455748677},
                {8, 4.125586713674038, -1.0203084803940978, 1.0352769866467468},
                {12, 4.084955376327375, -0.8802131649658734, 0.7274772060719978}
            });
            Parameter q = new Parameter("q", scope.of(Shape.of(2), -1.2, 1.0), Kind.WEIGHT);
            Lbfgs least = new Lbfgs(1).withIterations(1).withEvaluations(1);
            assertSteps(least.over(scope, List.of(q)), q, () -> rosenbrock(q.value()), new double[][] {
                {2, 24.199999999999996, -1.2, 1.0},
                {4, 24.199999999999996, -1.2, 1.0}
            });
        }
    }

    /** {@code Σ(0.3 x⁴ − 1.5 x² + 0.2 x) + 10 sin(7 x₀ − 3 x₁)}; LBFGS([x], lr=10, max_iter=3, history_size=1, …). */
    @Test
    void waysThroughWavesAreThoseOfPyTorch() {
        try (Scope scope = Scope.open()) {
            Parameter p = new Parameter("p", scope.of(Shape.of(2), 2.5, -1.0), Kind.WEIGHT);
            Tensor waves = scope.of(Shape.of(2), 7.0, -3.0);
            Supplier<Tensor> loss = () -> {
                Tensor x = p.value();
                Tensor squares = x.square();
                return squares.square()
                        .times(0.3)
                        .minus(squares.times(1.5))
                        .plus(x.times(0.2))
                        .sum()
                        .plus(Elementwise.sin(x.times(waves).sum()).times(10));
            };
            Lbfgs config = new Lbfgs(10).withIterations(3).withEvaluations(3).withHistory(1);
            assertSteps(config.over(scope, List.of(p)), p, loss, new double[][] {
                {4, 11.412047942787993, 1.58974970834265, -1.6790492718652343},
                {8, -8.153528797889564, 1.9949624608905123, -1.444997935146629},
                {12, -8.157458751581018, 1.7957629277433795, -1.5638574134052046}
            });
        }
    }

    /** −x has no minimum: each of the five further trials is ten times as far. */
    @Test
    void aLineSearchEndsWhereTheLossHasNoMinimum() {
        try (Scope scope = Scope.open()) {
            Parameter p = new Parameter("p", scope.of(Shape.of(1), 0.0), Kind.WEIGHT);
            Lbfgs config = new Lbfgs(1).withIterations(1).withEvaluations(6);
            assertSteps(
                    config.over(scope, List.of(p)), p, () -> p.value().negate().sum(), new double[][] {{7, 0, 100000}});
        }
    }

    @Test
    void rosenbrocksValleyIsFollowedToItsEnd() {
        try (Scope scope = Scope.open()) {
            Parameter p = new Parameter("p", scope.of(Shape.of(2), -1.2, 1.0), Kind.WEIGHT);
            Optimizer optimizer = new Lbfgs(1).over(scope, List.of(p));
            assertSteps(optimizer, p, () -> rosenbrock(p.value()), new double[][] {
                {25, 24.199999999999996, 0.38062264334648777, 0.12491013187293636},
                {44, 0.4234823024380289, 0.9999814210791366, 0.9999619651810989},
                {45, 4.221457511263308e-10, 0.9999814210791366, 0.9999619651810989}
            });
        }
    }

    @Test
    void severalFloat32ParametersAreOneVector() {
        try (Scope scope = Scope.open()) {
            Parameter weight = new Parameter("weight", scope.of(Shape.of(2, 2), 3f, -2f, 1f, 4f), Kind.WEIGHT);
            Parameter bias = new Parameter("bias", scope.of(Shape.of(2), 5f, -6f), Kind.BIAS);
            Parameter unused = new Parameter("unused", scope.of(Shape.of(1), 7f), Kind.BIAS);
            Optimizer optimizer = new Lbfgs(1).over(scope, List.of(weight, unused, bias));
            Tensor scales = scope.of(Shape.of(2, 2), 1f, 10f, 100f, 3f);
            for (int step = 0; step < 3; step++) {
                optimizer.step(() -> Evaluation.of(weight.value()
                        .minus(1)
                        .square()
                        .times(scales)
                        .sum()
                        .plus(bias.value().plus(2).square().sum())));
            }
            assertArrayEquals(new double[] {1, 1, 1, 1}, weight.value().toDoubleArray(), 1e-4);
            assertArrayEquals(new double[] {-2, -2}, bias.value().toDoubleArray(), 1e-4);
            assertEquals(7, unused.value().item());
        }
    }

    /** √x is NaN below 0, where the first trial lands: 1 − 1 · 1.5 < 0. */
    @Test
    void aTrialWhoseLossIsNaNIsSteppedBackFrom() {
        try (Scope scope = Scope.open()) {
            Parameter p = new Parameter("p", scope.of(Shape.of(1), 1.0), Kind.WEIGHT);
            Optimizer optimizer = new Lbfgs(3).over(scope, List.of(p));
            List<Double> losses = new ArrayList<>();
            for (int step = 0; step < 5; step++) {
                optimizer.step(() -> {
                    Evaluation evaluation =
                            Evaluation.of(p.value().sqrt().minus(0.5).square().sum());
                    losses.add(evaluation.loss());
                    return evaluation;
                });
            }
            assertTrue(losses.stream().anyMatch(loss -> Double.isNaN(loss)), losses::toString);
            assertEquals(0.25, p.value().item(), 1e-4);
        }
    }

    @Test
    void aLossThatIsNotFiniteEndsTheStepWithNothingChanged() {
        try (Scope scope = Scope.open()) {
            Parameter p = new Parameter("p", scope.of(Shape.of(1), -1.0), Kind.WEIGHT);
            Optimizer optimizer = new Lbfgs(1).over(scope, List.of(p));
            Map<String, HeapTensor> before = optimizer.state();
            assertEquals(
                    Double.NaN,
                    optimizer.step(() -> Evaluation.of(p.value().sqrt().sum())));
            assertEquals(-1, p.value().item());
            assertEquals(before, optimizer.state());
        }
    }

    @Test
    void aClosureThatThrowsInALineSearchLeavesTheParametersWhereTheyWere() {
        try (Scope scope = Scope.open()) {
            Parameter p = new Parameter("p", scope.of(Shape.of(2), -1.2, 1.0), Kind.WEIGHT);
            Optimizer optimizer = new Lbfgs(1).over(scope, List.of(p));
            int[] calls = {0};
            assertThrows(
                    IllegalStateException.class,
                    () -> optimizer.step(() -> {
                        if (calls[0]++ == 1) {
                            throw new IllegalStateException("enough");
                        }
                        return Evaluation.of(rosenbrock(p.value()));
                    }));
            assertArrayEquals(new double[] {-1.2, 1.0}, p.value().toDoubleArray());
        }
    }

    @Test
    void restoringEqualsGoingOnBitForBit() {
        try (Scope scope = Scope.open()) {
            Lbfgs config = new Lbfgs(1).withIterations(3).withHistory(4);
            Parameter p = new Parameter("p", scope.of(Shape.of(4), -1.2f, 1f, 0.5f, -0.5f), Kind.WEIGHT);
            Optimizer optimizer = config.over(scope, List.of(p));
            for (int steps = 0; steps < 4; steps++) {
                Parameter q = new Parameter("p", HeapTensor.copyOf(p.value()).in(scope), Kind.WEIGHT);
                Optimizer restored = config.over(scope, List.of(q));
                restored.restore(optimizer.state());
                assertEquals(optimizer.state(), restored.state());
                optimizer.step(() -> Evaluation.of(rosenbrock(p.value())));
                restored.step(() -> Evaluation.of(rosenbrock(q.value())));
                assertEquals(HeapTensor.copyOf(p.value()), HeapTensor.copyOf(q.value()), "step " + steps);
            }
        }
    }

    @Test
    void aStateThatDoesNotFitIsRefusedAndChangesNothing() {
        try (Scope scope = Scope.open()) {
            Parameter p = new Parameter("p", scope.of(Shape.of(2), -1.2, 1.0), Kind.WEIGHT);
            Optimizer optimizer = new Lbfgs(1).withHistory(2).over(scope, List.of(p));
            Map<String, HeapTensor> fresh = optimizer.state();
            optimizer.step(() -> Evaluation.of(rosenbrock(p.value())));
            Map<String, HeapTensor> saved = optimizer.state();
            optimizer.restore(fresh);
            assertRefused(
                    "lbfgs: history.rho of a state must be float64 [n] with n at most 2, got float64 [3]",
                    () -> optimizer.restore(with(saved, "history.rho", zeros(3))));
            assertRefused(
                    "lbfgs: history.s of a state must be float64 [2, 2], got float64 [2]",
                    () -> optimizer.restore(with(saved, "history.s", zeros(2))));
            assertRefused(
                    "lbfgs: direction of a state must be float64 [2], got float64 [3]",
                    () -> optimizer.restore(with(saved, "direction", zeros(3))));
            assertRefused(
                    "lbfgs: iterations of a state must be at least 0, got -1",
                    () -> optimizer.restore(with(saved, "iterations", HeapTensor.of(-1))));
            assertRefused(
                    "lbfgs: a state must hold nothing unknown, got p.m; it must come from an object made in the same"
                            + " way",
                    () -> optimizer.restore(with(saved, "p.m", zeros(2))));
            assertEquals(fresh, optimizer.state());
        }
    }

    private static HeapTensor zeros(int n) {
        return HeapTensor.wrap(DType.FLOAT64, Shape.of(n), new double[n]);
    }

    private static Map<String, HeapTensor> with(Map<String, HeapTensor> state, String name, HeapTensor tensor) {
        Map<String, HeapTensor> changed = new LinkedHashMap<>(state);
        changed.put(name, tensor);
        return changed;
    }
}
