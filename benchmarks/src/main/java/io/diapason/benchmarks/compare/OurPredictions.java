package io.diapason.benchmarks.compare;

import io.diapason.benchmarks.guard.Memory;
import io.diapason.benchmarks.measure.Answer;
import io.diapason.inference.Predictor;
import io.diapason.nativelib.NativeLibrary;
import io.diapason.nativelib.generated.Kernels;
import io.diapason.nn.Activation;
import io.diapason.nn.Mlp;
import io.diapason.random.Rng;
import io.diapason.tensor.Device;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Times predictions in a process of their own, {@code OurPredictions ROWS}: from rows on the heap to logits on the
 * heap, by the perceptron {@link Predictions} names. Also the product of its hidden layers.
 */
final class OurPredictions {
    private OurPredictions() {}

    public static void main(String[] arguments) {
        NativeLibrary.load();
        int rows = Integer.parseInt(arguments[0]);
        int hidden = Predictions.HIDDEN;
        float[] features = new float[rows * Predictions.IN];
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) Rng.of(1).gaussianAt(i);
        }
        try (Scope weights = Scope.detached(Device.CPU);
                Memory memory = new Memory()) {
            Mlp.Config config = new Mlp.Config(
                    Predictions.IN, List.of(hidden, hidden, hidden), Predictions.OUT, Activation.RELU, 0);
            Mlp network = new Mlp(weights, config, Rng.of(2));
            float[] logits = new float[rows * Predictions.OUT];
            Map<String, Object> answer;
            try (Predictor predictor = new Predictor(network, Shape.of(rows, Predictions.IN))) {
                answer = CallTimes.of(() -> predictor.predict(features, logits));
            }
            FloatPointer x = memory.floats((long) rows * hidden);
            FloatPointer w = memory.floats((long) hidden * hidden);
            FloatPointer y = memory.floats((long) rows * hidden);
            answer.put(
                    "product_us",
                    CallTimes.of(() -> product(rows, hidden, x, w, y)).get("us"));
            Answer.print(answer);
        }
    }

    private static void product(int rows, int hidden, FloatPointer x, FloatPointer w, FloatPointer y) {
        int status = Kernels.dp_gemm(Kernels.DP_FLOAT32, 1, 0, 0, rows, hidden, hidden, x, 0, w, 0, null, 0, y);
        if (status != Kernels.DP_OK) {
            throw new IllegalStateException("predictions: a product must do its work, got status " + status);
        }
    }
}
