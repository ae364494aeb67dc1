package io.diapason.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Device;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModuleTest {
    /** A user's module: y = factor · x. */
    private record Scaled(Parameter factor) implements Module {
        Scaled(Scope scope, int features) {
            this(new Parameter("factor", scope.ones(Shape.of(features)), Parameter.Kind.WEIGHT));
        }

        @Override
        public Tensor forward(Tensor x, Pass pass) {
            return x.times(factor.value());
        }

        @Override
        public Parts parts() {
            return Parts.of("factor", factor);
        }
    }

    @Test
    void aModuleOfOnesOwnNeedsNothingButForwardAndParts() {
        try (Scope scope = Scope.open()) {
            Module module = new Sequential(new Scaled(scope, 2), Module.of(x -> x.plus(1)), new Scaled(scope, 2));
            assertEquals(
                    List.of("0.factor", "2.factor"),
                    module.parameters().stream().map(Parameter::name).toList());
            module.parameters().get(0).value().set(new float[] {2, 3});
            module.parameters().get(1).value().set(new float[] {10, 100});
            Tensor y = module.forward(scope.of(Shape.of(1, 2), 1, 2f), Pass.inference());
            // (1 · 2 + 1) · 10 and (2 · 3 + 1) · 100
            assertArrayEquals(new float[] {30, 700}, y.toFloatArray());
            // d/d factor 0 = x · factor 2
            Tensor gradient = y.sum().backward().of(module.parameters().get(0).value());
            assertArrayEquals(new float[] {10, 200}, gradient.toFloatArray());
        }
    }

    @Test
    void namesAreQualifiedByThePartsAndInTheirOrder() {
        try (Scope scope = Scope.open()) {
            Module module = new Sequential(
                    new Linear(scope, 2, 3, Rng.of(1)),
                    new BatchNorm1d(scope, 3),
                    new Residual(Activation.TANH, new Linear(scope, 3, 3, Rng.of(2))));
            assertEquals(
                    List.of("0.weight", "0.bias", "1.weight", "1.bias", "2.inner.1.weight", "2.inner.1.bias"),
                    module.parameters().stream().map(Parameter::name).toList());
            assertEquals(
                    List.of("1.running_mean", "1.running_var", "1.num_batches_tracked"),
                    module.buffers().stream().map(Buffer::name).toList());
            assertEquals(
                    List.of(
                            "0.weight",
                            "0.bias",
                            "1.weight",
                            "1.bias",
                            "1.running_mean",
                            "1.running_var",
                            "1.num_batches_tracked",
                            "2.inner.1.weight",
                            "2.inner.1.bias"),
                    List.copyOf(module.state().keySet()));
        }
    }

    @Test
    void theNameOfAPartIsTheNameItIsGivenThere() {
        try (Scope scope = Scope.open()) {
            Parameter parameter = Parameter.weight(scope.ones(Shape.of(2, 2)));
            Module module = new Module() {
                @Override
                public Tensor forward(Tensor x, Pass pass) {
                    return x.matmul(parameter.value());
                }

                @Override
                public Parts parts() {
                    return Parts.of("projection", parameter);
                }
            };
            assertEquals("projection", module.parameters().get(0).name());
            assertSame(parameter.value(), module.parameters().get(0).value());
            assertEquals("deep.weight", parameter.within("deep").name());
            assertEquals(
                    "deep.b",
                    new Buffer("b", scope.ones(Shape.of(1))).within("deep").name());
        }
    }

    @Test
    void aValueUsedTwiceIsListedOnceAndItsGradientsAddUp() {
        try (Scope scope = Scope.open()) {
            Linear shared = new Linear(scope, 2, 2, Rng.of(1));
            Module module = new Sequential(shared, shared);
            assertEquals(
                    List.of("0.weight", "0.bias"),
                    module.parameters().stream().map(Parameter::name).toList());
            assertEquals(
                    List.of("0.weight", "0.bias"), List.copyOf(module.state().keySet()));
            Parameter tied = Parameter.weight(scope.ones(Shape.of(1, 1)));
            Module twice = new Module() {
                @Override
                public Tensor forward(Tensor x, Pass pass) {
                    return x.matmul(tied.value()).matmul(tied.value());
                }

                @Override
                public Parts parts() {
                    return Parts.of("first", tied).and("second", tied);
                }
            };
            assertEquals(List.of("first"), List.copyOf(twice.state().keySet()));
            tied.value().set(new float[] {3});
            Tensor y = twice.forward(scope.of(Shape.of(1, 1), 5f), Pass.inference());
            // d(5 w²)/dw = 10 w
            assertEquals(30, y.sum().backward().of(tied.value()).item());
        }
    }

    @Test
    void restoringAStateGoesBackBitForBit() {
        try (Scope scope = Scope.open()) {
            Module module = new Sequential(new Linear(scope, 2, 3, Rng.of(1)), new BatchNorm1d(scope, 3));
            Map<String, HeapTensor> state = module.state();
            module.forward(scope.normal(DType.FLOAT32, Shape.of(5, 2), 0, 1, Rng.of(4)), Pass.training(Rng.of(1), 0));
            module.parameters().get(0).value().set(new float[6]);
            assertNotEquals(state, module.state());
            module.restore(state);
            assertEquals(state, module.state());
            Module other = new Sequential(new Linear(scope, 2, 3, Rng.of(7)), new BatchNorm1d(scope, 3));
            other.restore(state);
            assertEquals(state, other.state());
        }
    }

    @Test
    void aStateIsACopy() {
        try (Scope scope = Scope.open()) {
            Linear linear = new Linear(scope, 1, 1, Rng.of(1));
            Map<String, HeapTensor> state = linear.state();
            linear.weight().value().set(new float[] {42});
            assertNotEquals(42, ((float[]) state.get("weight").values())[0]);
        }
    }

    @Test
    void aStateThatDoesNotFitIsRefusedAndNothingIsChanged() {
        try (Scope scope = Scope.open()) {
            Linear linear = new Linear(scope, 2, 3, Rng.of(1));
            Map<String, HeapTensor> before = linear.state();
            Map<String, HeapTensor> other = new Linear(scope, 2, 3, Rng.of(2)).state();
            Map<String, HeapTensor> lacking = new LinkedHashMap<>(other);
            lacking.remove("bias");
            assertRefused(
                    "restore: the state must hold every parameter and buffer of the module, got none named bias",
                    linear,
                    lacking);
            Map<String, HeapTensor> more = new LinkedHashMap<>(other);
            more.put("scale", HeapTensor.of(1.0));
            assertRefused(
                    "restore: the state must hold nothing but the module's parameters and buffers, got scale",
                    linear,
                    more);
            Map<String, HeapTensor> shape = new LinkedHashMap<>(other);
            shape.put("bias", HeapTensor.wrap(DType.FLOAT32, Shape.of(2), new float[2]));
            assertRefused("restore: bias must be float32 [3], got float32 [2]", linear, shape);
            Map<String, HeapTensor> type = new LinkedHashMap<>(other);
            type.put("bias", HeapTensor.wrap(DType.FLOAT64, Shape.of(3), new double[3]));
            assertRefused("restore: bias must be float32 [3], got float64 [3]", linear, type);
            assertEquals(before, linear.state());
        }
    }

    private static void assertRefused(String message, Module module, Map<String, HeapTensor> state) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> module.restore(state))
                        .getMessage());
    }

    @Test
    void partsAreNamedByDistinctWordsWithoutDots() {
        try (Scope scope = Scope.open()) {
            Parts parts = Parts.of("a", new Buffer("a", scope.ones(Shape.of(1))));
            assertEquals(
                    "parts: each name must be used once, got «a» again",
                    assertThrows(IllegalArgumentException.class, () -> parts.and("a", Activation.RELU))
                            .getMessage());
            assertEquals(
                    "parts: a name must be a word without dots, got «a.b»",
                    assertThrows(IllegalArgumentException.class, () -> Parts.of("a.b", Activation.RELU))
                            .getMessage());
            assertEquals(
                    "parts: a name must be a word without dots, got «»",
                    assertThrows(IllegalArgumentException.class, () -> Parts.of("", Activation.RELU))
                            .getMessage());
            assertSame(parts, parts.and("b", null));
            assertEquals("Parts[a]", parts.toString());
            assertTrue(Parts.none().byName().isEmpty());
        }
    }

    @Test
    void parametersAreLeavesOfAFloatType() {
        try (Scope scope = Scope.open()) {
            Tensor leaf = scope.ones(Shape.of(2, 3)).requireGradient();
            assertSame(leaf, Parameter.weight(leaf).value());
            assertTrue(Parameter.bias(scope.ones(Shape.of(2))).value().tracksGradient());
            assertTrue(Parameter.weight(leaf).outputsFirst());
            assertEquals(
                    "parameter: the value must be a leaf, got the result of exp for weight; detach() it first",
                    assertThrows(IllegalArgumentException.class, () -> Parameter.weight(leaf.exp()))
                            .getMessage());
            assertEquals(
                    "parameter: only a matrix must be transposed in files, got shape [3] for w",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> new Parameter("w", scope.ones(Shape.of(3)), Parameter.Kind.WEIGHT, true))
                            .getMessage());
            assertThrows(IllegalStateException.class, () -> Parameter.bias(scope.arange(3)));
        }
    }

    @Test
    void anEmptySequenceIsTheIdentity() {
        try (Scope scope = Scope.open()) {
            Tensor x = scope.ones(Shape.of(2));
            Sequential none = new Sequential();
            assertSame(x, none.forward(x, Pass.inference()));
            assertEquals(List.of(), none.modules());
        }
    }

    @Test
    void aClosedModuleIsNotRestored() {
        Scope weights = Scope.detached(Device.CPU);
        Linear linear = new Linear(weights, 2, 3, Rng.of(1));
        Map<String, HeapTensor> state = linear.state();
        weights.close();
        assertThrows(IllegalStateException.class, () -> linear.restore(state));
    }
}
