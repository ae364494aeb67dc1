package io.diapason.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Device;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ConcurrentInferenceTest {
    private static final int THREADS = 8;

    @Test
    void eightThreadsPredictTheSameBits() throws Exception {
        try (Scope weights = Scope.detached(Device.CPU)) {
            Mlp.Config config = new Mlp.Config(9, List.of(16, 16), 4, Activation.SILU, 0.3, Norm.BATCH, true);
            Module module = new Sequential(
                    new Mlp(weights, config, Rng.of(2)), new LayerNorm(weights, 4), new Softmax(), new LeakyRelu());
            try (Scope scope = Scope.open()) {
                module.forward(
                        input(scope, 100), Pass.training(Rng.of(1), 0)); // running statistics that are not 0 and 1
            }
            List<float[]> expected = new ArrayList<>();
            for (int batch = 0; batch < 20; batch++) {
                expected.add(predict(module, batch));
            }
            CyclicBarrier start = new CyclicBarrier(THREADS);
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            try {
                List<Future<List<float[]>>> found = new ArrayList<>();
                for (int thread = 0; thread < THREADS; thread++) {
                    Callable<List<float[]>> task = () -> {
                        start.await();
                        List<float[]> predictions = new ArrayList<>();
                        for (int batch = 0; batch < 20; batch++) {
                            predictions.add(predict(module, batch));
                        }
                        return predictions;
                    };
                    found.add(threads.submit(task));
                }
                for (Future<List<float[]>> predictions : found) {
                    for (int batch = 0; batch < 20; batch++) {
                        assertArrayEquals(expected.get(batch), predictions.get().get(batch));
                    }
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private static float[] predict(Module module, int batch) {
        try (Scope scope = Scope.open()) {
            return module.forward(input(scope, batch), Pass.inference()).toFloatArray();
        }
    }

    private static Tensor input(Scope scope, int batch) {
        return scope.normal(DType.FLOAT32, Shape.of(31, 9), 0, 1, Rng.of(7).child(batch));
    }
}
