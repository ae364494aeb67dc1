package io.diapason.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.loss.Loss;
import io.diapason.nn.Activation;
import io.diapason.nn.Mlp;
import io.diapason.optim.Sgd;
import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Device;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Storage;
import io.diapason.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An epoch is one native call, which may last; other threads see it by the weights that change meanwhile. */
class LongCallTest {
    private static final int ROWS = 200_000; // as many steps, of which each takes 50 µs or more: 10 s at least
    private static final long SOON = 5; // s

    /** A training in a thread of its own, whose first epoch takes much longer than any test waits. */
    private static final class Training implements AutoCloseable {
        private final Scope weights = Scope.detached(Device.CPU);
        private final Mlp mlp =
                new Mlp(weights, new Mlp.Config(2, List.of(256, 256), 1, Activation.TANH, 0), Rng.of(1));
        private final CompletableFuture<Throwable> end = new CompletableFuture<>();
        private final Thread thread = new Thread(this::train);

        Training() {
            thread.start();
            // Two steps run in Java; those that follow are in the call.
            for (int changes = 0; changes < 6; changes++) {
                float[] before = values();
                while (Arrays.equals(before, values()) && !end.isDone()) {
                    Thread.onSpinWait();
                }
            }
            assertFalse(end.isDone(), "the call must go on");
        }

        private void train() {
            try (Scope scope = Scope.open()) {
                Examples examples = new Examples(
                        scope.normal(DType.FLOAT32, Shape.of(ROWS, 2), 0, 1, Rng.of(1)),
                        scope.zeros(Shape.of(ROWS, 1)));
                TrainConfig config = TrainConfig.of(1, 1, new Sgd(0.001), 1);
                new Trainer(mlp, Loss.meanSquaredError(), config).fit(examples);
                end.complete(new AssertionError("the training must not come to its end"));
            } catch (Throwable e) {
                end.complete(e);
            }
        }

        float[] values() {
            Tensor value = mlp.parameters().get(0).value();
            return value.toFloatArray();
        }

        Throwable ended() throws Exception {
            return end.get(SOON, TimeUnit.SECONDS);
        }

        @Override
        public void close() throws Exception {
            thread.interrupt();
            thread.join();
        }
    }

    @Test
    void anInterruptEndsTheCallSoon() throws Exception {
        try (Training training = new Training()) {
            training.thread.interrupt();
            Throwable end = training.ended();
            assertInstanceOf(CancellationException.class, end);
            assertEquals("training: cancelled in epoch 1", end.getMessage());
            assertTrue(Float.isFinite(training.values()[0]), "the module holds its last parameters");
            training.weights.close();
        }
    }

    @Test
    void memoryThatTheCallDoesNotUseIsFreedMeanwhile() throws Exception {
        try (Training training = new Training()) {
            try (Scope other = Scope.detached(Device.CPU)) {
                assertEquals(4, other.ones(Shape.of(4)).elements());
            }
            float[] before = training.values();
            while (Arrays.equals(before, training.values())) {
                Thread.onSpinWait();
            }
            assertFalse(training.end.isDone(), "the call must go on");
        }
    }

    @Test
    void memoryThatTheCallUsesIsFreedAfterIt() throws Exception {
        try (Training training = new Training()) {
            Storage used = training.mlp.parameters().get(0).value().storage();
            CompletableFuture<Boolean> closed = CompletableFuture.supplyAsync(() -> {
                training.weights.close();
                return training.end.isDone() || training.thread.isInterrupted();
            });
            while (!closed.isDone() && used.isOpen()) {
                Thread.onSpinWait();
            }
            assertFalse(closed.isDone(), "it must wait for the call");
            training.thread.interrupt();
            assertTrue(closed.get(SOON, TimeUnit.SECONDS), "it must have waited for the call");
            assertNotEquals(null, training.ended());
        }
    }
}
