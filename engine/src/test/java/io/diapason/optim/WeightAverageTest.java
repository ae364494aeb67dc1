package io.diapason.optim;

import static io.diapason.optim.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.nn.Buffer;
import io.diapason.nn.Module;
import io.diapason.nn.Parameter;
import io.diapason.nn.Parts;
import io.diapason.nn.Pass;
import io.diapason.tensor.DType;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Averages of weights over training; golden values of PyTorch 2.13.0's AveragedModel (CPU, float64). */
class WeightAverageTest {
    private static final double[][] VALUES = {{1, -2, 0.5}, {0.5, 3, -1}, {2, 0.25, 4}, {-1, 1, 1}};

    /** A weight {@code [2]}, a bias {@code [1]} and a buffer that counts. */
    private static final class Counting implements Module {
        final Parameter weight;
        final Parameter bias;
        final Buffer count;

        Counting(Scope scope) {
            weight = new Parameter("weight", scope.full(DType.FLOAT64, Shape.of(2), 9), Parameter.Kind.WEIGHT);
            bias = new Parameter("bias", scope.full(DType.FLOAT64, Shape.of(1), 9), Parameter.Kind.BIAS);
            count = new Buffer("count", scope.of(Shape.of(1), 0L));
        }

        @Override
        public Tensor forward(Tensor x, Pass pass) {
            return x.times(weight.value()).plus(bias.value());
        }

        @Override
        public Parts parts() {
            return Parts.of("weight", weight).and("bias", bias).and("count", count);
        }

        void set(int step) {
            weight.value().set(new double[] {VALUES[step][0], VALUES[step][1]});
            bias.value().set(new double[] {VALUES[step][2]});
            count.value().set(new long[] {step + 1});
        }

        double[] values() {
            double[] w = weight.value().toDoubleArray();
            return new double[] {w[0], w[1], bias.value().item(), count.value().item()};
        }
    }

    private static WeightAverage after(Counting module, WeightAverage average, int updates) {
        for (int step = 0; step < updates; step++) {
            module.set(step);
            average.update();
        }
        return average;
    }

    @Test
    void equalAveragesAreMeans() {
        try (Scope scope = Scope.open()) {
            Counting module = new Counting(scope);
            WeightAverage average = after(module, WeightAverage.equal(scope, module), 4);
            assertEquals(4, average.updates());
            average.copyTo(module);
            assertArrayEquals(new double[] {0.625, 0.5625, 1.125, 4}, module.values(), 1e-15);
        }
    }

    /** get_ema_multi_avg_fn(0.9). */
    @Test
    void exponentialAveragesForget() {
        try (Scope scope = Scope.open()) {
            Counting module = new Counting(scope);
            after(module, WeightAverage.exponential(scope, module, 0.9), 4).copyTo(module);
            assertArrayEquals(new double[] {0.8495, -1.0925, 0.7435, 4}, module.values(), 1e-15);
        }
    }

    @Test
    void theFirstUpdateCopies() {
        try (Scope scope = Scope.open()) {
            Counting module = new Counting(scope);
            WeightAverage average = WeightAverage.exponential(scope, module, 0.999);
            assertArrayEquals(new double[] {9, 9, 9, 0}, average.during(module::values));
            after(module, average, 1);
            assertArrayEquals(new double[] {1, -2, 0.5, 1}, average.during(module::values));
        }
    }

    @Test
    void codeSeesTheAveragesAndTheModuleIsItselfAfterwards() {
        try (Scope scope = Scope.open()) {
            Counting module = new Counting(scope);
            WeightAverage average = after(module, WeightAverage.equal(scope, module), 3);
            module.set(3);
            assertArrayEquals(new double[] {3.5 / 3, 1.25 / 3, 3.5 / 3, 3}, average.during(module::values), 1e-15);
            assertArrayEquals(new double[] {-1, 1, 1, 4}, module.values());
            assertThrows(
                    ArithmeticException.class,
                    () -> average.during(() -> {
                        throw new ArithmeticException();
                    }));
            assertArrayEquals(new double[] {-1, 1, 1, 4}, module.values());
            assertArrayEquals(new double[] {3.5 / 3, 1.25 / 3, 3.5 / 3, 3}, average.during(module::values), 1e-15);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.9, Double.NaN})
    void restoringEqualsGoingOnBitForBit(double decay) {
        try (Scope scope = Scope.open()) {
            Counting module = new Counting(scope);
            Counting other = new Counting(scope);
            WeightAverage average = after(module, average(scope, module, decay), 2);
            WeightAverage restored = average(scope, other, decay);
            restored.restore(average.state());
            for (int step = 2; step < 4; step++) {
                module.set(step);
                other.set(step);
                average.update();
                restored.update();
            }
            assertEquals(average.state(), restored.state());
            average.copyTo(module);
            restored.copyTo(other);
            assertArrayEquals(module.values(), other.values());
        }
    }

    private static WeightAverage average(Scope scope, Module module, double decay) {
        return Double.isNaN(decay)
                ? WeightAverage.equal(scope, module)
                : WeightAverage.exponential(scope, module, decay);
    }

    @Test
    void whatDoesNotFitIsRefusedAndChangesNothing() {
        try (Scope scope = Scope.open()) {
            Counting module = new Counting(scope);
            WeightAverage average = after(module, WeightAverage.equal(scope, module), 1);
            Map<String, HeapTensor> saved = average.state();
            Map<String, HeapTensor> wrong = new LinkedHashMap<>(saved);
            wrong.put("average.bias", HeapTensor.of(1L));
            assertRefused(
                    "average: average.bias of a state must be float64 [1], got int64 []", () -> average.restore(wrong));
            assertEquals(saved, average.state());
            assertRefused(
                    "average: decay must be from 0 to 1, got 1.5", () -> WeightAverage.exponential(scope, module, 1.5));
        }
    }

    @Test
    void theAverageIsNotChangedWhileTheModuleHoldsIt() {
        try (Scope scope = Scope.open()) {
            Counting module = new Counting(scope);
            WeightAverage average = after(module, WeightAverage.equal(scope, module), 1);
            assertEquals(
                    "average: update must not be called while during() runs, got such a call",
                    assertThrows(
                                    IllegalStateException.class,
                                    () -> average.during(() -> {
                                        average.update();
                                        return 0;
                                    }))
                            .getMessage());
            assertArrayEquals(new double[] {1, -2, 0.5, 1}, module.values());
        }
    }
}
