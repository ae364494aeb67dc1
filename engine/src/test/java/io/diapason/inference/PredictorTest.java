package io.diapason.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.management.ThreadMXBean;
import io.diapason.autograd.Autograd;
import io.diapason.backend.Backend;
import io.diapason.nn.Activation;
import io.diapason.nn.Linear;
import io.diapason.nn.Mlp;
import io.diapason.nn.Module;
import io.diapason.nn.Norm;
import io.diapason.nn.Parts;
import io.diapason.nn.Pass;
import io.diapason.random.Rng;
import io.diapason.tensor.Device;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PredictorTest {
    private static float[] numbers(int n, long seed) {
        float[] numbers = new float[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = (float) Rng.of(seed).gaussianAt(i);
        }
        return numbers;
    }

    private static float[] eager(Module module, Shape shape, float[] batch) {
        try (Scope scope = Scope.open()) {
            return Autograd.noGrad(() ->
                    module.forward(scope.of(shape, batch), Pass.inference()).toFloatArray());
        }
    }

    private static Mlp mlp(Scope scope, Activation activation, Norm norm) {
        return new Mlp(scope, new Mlp.Config(6, List.of(9, 5), 3, activation, 0.4, norm, true), Rng.of(2));
    }

    @Test
    void predictionsHaveTheBitsOfForward() {
        for (Activation activation : Activation.values()) {
            for (Norm norm : Norm.values()) {
                for (int rows : new int[] {1, 7, 64}) {
                    try (Scope scope = Scope.open()) {
                        Mlp mlp = mlp(scope, activation, norm);
                        Shape shape = Shape.of(rows, 6);
                        try (Predictor predictor = new Predictor(mlp, shape)) {
                            assertEquals(Shape.of(rows, 3), predictor.shape());
                            float[] into = new float[rows * 3];
                            for (int seed = 0; seed < 3; seed++) {
                                float[] batch = numbers(rows * 6, seed);
                                predictor.predict(batch, into);
                                assertArrayEquals(eager(mlp, shape, batch), into, activation + " " + norm);
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    void parametersAreReadWhereTheyLie() {
        try (Scope scope = Scope.open();
                Predictor predictor = new Predictor(mlp(scope, Activation.RELU, Norm.NONE), Shape.of(1, 6))) {
            Mlp other = mlp(scope, Activation.RELU, Norm.NONE);
            try (Predictor changed = new Predictor(other, Shape.of(1, 6))) {
                other.parameters()
                        .forEach(p ->
                                p.value().detach().assign(p.value().detach().times(2)));
                float[] into = new float[3];
                changed.predict(numbers(6, 1), into);
                assertArrayEquals(eager(other, Shape.of(1, 6), numbers(6, 1)), into);
            }
        }
    }

    private record Own(UnaryOperator<Tensor> function) implements Module {
        @Override
        public Tensor forward(Tensor x, Pass pass) {
            return function.apply(x);
        }

        @Override
        public Parts parts() {
            return Parts.none();
        }
    }

    @Test
    void whatCannotBeReplayedRunsAsEver() {
        int[] calls = {0};
        Module counts = new Own(x -> x.times(++calls[0]));
        try (Predictor predictor = new Predictor(counts, Shape.of(1))) {
            int before = calls[0];
            float[] into = new float[1];
            predictor.predict(new float[] {1}, into);
            assertEquals(before + 1, into[0]);
        }
        Module decides = new Own(x -> x.sum().item() > 0 ? x : x.times(-1));
        try (Predictor predictor = new Predictor(decides, Shape.of(1))) {
            float[] into = new float[1];
            predictor.predict(new float[] {-2}, into);
            assertEquals(2, into[0]);
        }
        double[] factor = {1};
        Module changes = new Own(x -> x.times(factor[0]));
        try (Predictor predictor = new Predictor(changes, Shape.of(1))) {
            float[] into = new float[1];
            predictor.predict(new float[] {3}, into);
            assertEquals(3, into[0]);
            factor[0] = 2;
            predictor.predict(new float[] {3}, into);
            assertEquals(6, into[0]);
        }
    }

    @Test
    void wrongShapesAreNamed() {
        try (Scope scope = Scope.open()) {
            Mlp mlp = mlp(scope, Activation.RELU, Norm.NONE);
            assertThrows(ShapeException.class, () -> new Predictor(mlp, Shape.of(1, 5)));
            try (Predictor predictor = new Predictor(mlp, Shape.of(2, 6))) {
                assertEquals(
                        "exchange: there must be 12 numbers for [2, 6], got 6",
                        assertThrows(
                                        IllegalArgumentException.class,
                                        () -> predictor.predict(new float[6], new float[6]))
                                .getMessage());
            }
        }
    }

    @Test
    void itsMemoryIsGivenBack() {
        try (Scope scope = Scope.open()) {
            Mlp mlp = mlp(scope, Activation.RELU, Norm.NONE);
            long before = Backend.of(Device.CPU).memory().used();
            Predictor predictor = new Predictor(mlp, Shape.of(2, 6));
            predictor.close();
            predictor.close();
            int[] calls = {0};
            Module once = new Own(x -> {
                if (++calls[0] == 3) { // the second batch that is recorded
                    throw new IllegalStateException("refused");
                }
                return x;
            });
            assertThrows(IllegalStateException.class, () -> new Predictor(once, Shape.of(1)));
            assertThrows(ShapeException.class, () -> new Predictor(mlp, Shape.of(1, 5)));
            assertEquals(before, Backend.of(Device.CPU).memory().used());
        }
    }

    @Test
    void aPredictionLeavesNoGarbage() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        try (Scope scope = Scope.open();
                Predictor predictor = new Predictor(mlp(scope, Activation.RELU, Norm.NONE), Shape.of(1, 6))) {
            float[] batch = numbers(6, 1);
            float[] into = new float[3];
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 40 && least > 0; round++) { // until all of it is compiled
                long begun = threads.getThreadAllocatedBytes(thread);
                for (int i = 0; i < 2000; i++) {
                    predictor.predict(batch, into);
                }
                least = Math.min(least, threads.getThreadAllocatedBytes(thread) - begun);
            }
            // Asking for the count may itself be counted; a prediction that left anything would leave 16 bytes.
            assertEquals(0, least / 2000, "bytes of a prediction");
        }
    }

    @Test
    @Timeout(20)
    void aPredictionAfterTheEndIsRefusedAndHoldsNobodyUp() {
        try (Scope scope = Scope.open()) {
            Predictor predictor = new Predictor(new Linear(scope, 2, 1, Rng.of(1)), Shape.of(1, 2));
            predictor.close();
            IllegalStateException refused =
                    assertThrows(IllegalStateException.class, () -> predictor.predict(new float[2], new float[1]));
            assertEquals(
                    "exchange: the tensor must be open, got one of shape [1, 2] that was freed", refused.getMessage());
            Scope.detached(Device.CPU).close(); // waits for all calls that go on
        }
    }
}
