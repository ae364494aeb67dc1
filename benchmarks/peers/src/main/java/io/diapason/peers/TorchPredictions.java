package io.diapason.peers;

import io.diapason.benchmarks.compare.CallTimes;
import io.diapason.benchmarks.compare.Predictions;
import io.diapason.benchmarks.measure.Answer;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Times libtorch's predictions from rows on the heap to logits on the heap: {@code TorchPredictions ROWS}. */
final class TorchPredictions {
    private TorchPredictions() {}

    public static void main(String[] arguments) {
        torch.set_num_threads(1);
        int rows = Integer.parseInt(arguments[0]);
        int hidden = Predictions.HIDDEN;
        List<LinearImpl> layers = List.of(
                new LinearImpl(Predictions.IN, hidden),
                new LinearImpl(hidden, hidden),
                new LinearImpl(hidden, hidden),
                new LinearImpl(hidden, Predictions.OUT));
        float[] features = new float[rows * Predictions.IN];
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) Math.sin(i);
        }
        float[] logits = new float[rows * Predictions.OUT];
        Map<String, Object> answer;
        try (NoGradGuard guard = new NoGradGuard()) {
            answer = CallTimes.of(() -> {
                try (PointerScope scope = new PointerScope()) {
                    Tensor x = Tensor.create(features, rows, Predictions.IN);
                    for (LinearImpl layer : layers.subList(0, layers.size() - 1)) {
                        x = torch.relu(layer.forward(x));
                    }
                    layers.get(layers.size() - 1).forward(x).data_ptr_float().get(logits);
                }
            });
        }
        answer.put("name", TorchSettings.name());
        Answer.print(answer);
        System.exit(0);
    }
}
