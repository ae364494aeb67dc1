package io.diapason.peers;

import io.diapason.benchmarks.measure.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code torch_random_search.py} does, over libtorch without Python: {@code TorchSearch DATA TARGET SEARCH.json}.
 */
final class TorchSearch {
    private final JsonNode search;
    private final double dropout;
    private final int classes;
    private final Tensor features;
    private final Tensor labels;

    private TorchSearch(List<List<String>> table, String target, JsonNode search) {
        this.search = search;
        this.dropout = search.get("dropout").asDouble();
        int column = table.get(0).indexOf(target);
        int rows = table.size() - 1;
        int columns = table.get(0).size() - 1;
        float[] cells = new float[rows * columns];
        long[] codes = new long[rows];
        for (int row = 0; row < rows; row++) {
            List<String> line = table.get(row + 1);
            codes[row] = Long.parseLong(line.get(column));
            int at = row * columns;
            for (int i = 0; i < line.size(); i++) {
                if (i != column) {
                    cells[at++] = Float.parseFloat(line.get(i));
                }
            }
        }
        this.labels = Tensor.create(codes);
        this.classes = (int) Stream.of(codes)
                        .flatMapToLong(java.util.Arrays::stream)
                        .max()
                        .orElseThrow()
                + 1;
        Tensor raw = Tensor.create(cells, rows, columns);
        Tensor fitted = raw.index_select(0, rows("training"));
        Tensor spread = torch.std(fitted, new long[] {0}, false, false);
        Tensor divisor = torch.where(spread.gt(new Scalar(0f)), spread, torch.ones_like(spread));
        this.features = raw.sub(fitted.mean(0)).div(divisor);
    }

    public static void main(String[] arguments) throws IOException {
        torch.set_num_threads(1);
        List<List<String>> table = Files.readAllLines(Path.of(arguments[0])).stream()
                .map(line -> List.of(line.split(",", -1)))
                .toList();
        JsonNode search = new JsonMapper().readTree(Path.of(arguments[2]).toFile());
        Answer.print(new TorchSearch(table, arguments[1], search).run());
        System.exit(0);
    }

    private Map<String, Object> run() {
        Tensor x = features.index_select(0, rows("training"));
        Tensor y = labels.index_select(0, rows("training"));
        Tensor validationX = features.index_select(0, rows("validation"));
        Tensor validationY = labels.index_select(0, rows("validation"));
        List<JsonNode> trials = search.get("trials").valueStream().toList();
        List<Double> values = new ArrayList<>();
        for (JsonNode trial : trials) {
            try (PointerScope scope = new PointerScope()) {
                torch.manual_seed(values.size());
                Network network = new Network(trial);
                List<Double> epochs = new ArrayList<>();
                network.train(x, y, () -> epochs.add(network.accuracy(validationX, validationY)));
                values.add(Collections.max(epochs));
            }
        }
        Network winner = new Network(trials.get(values.indexOf(Collections.max(values))));
        winner.train(
                features.index_select(0, rows("training", "validation")),
                labels.index_select(0, rows("training", "validation")),
                () -> {});
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("name", TorchSettings.name());
        answer.put("values", values);
        answer.put(
                "test", winner.accuracy(features.index_select(0, rows("test")), labels.index_select(0, rows("test"))));
        return answer;
    }

    private Tensor rows(String... parts) {
        return Tensor.create(Stream.of(parts)
                .flatMap(part -> search.get(part).valueStream())
                .mapToLong(JsonNode::asLong)
                .toArray());
    }

    /** A perceptron of a trial. */
    private final class Network {
        private final List<LinearImpl> layers = new ArrayList<>();
        private final double learningRate;
        private final int batch;

        Network(JsonNode trial) {
            int units = trial.get("units").asInt();
            long width = features.size(1);
            for (int layer = 0; layer < trial.get("layers").asInt(); layer++) {
                layers.add(new LinearImpl(width, units));
                width = units;
            }
            layers.add(new LinearImpl(width, classes));
            learningRate = trial.get("lr").asDouble();
            batch = trial.get("batch_size").asInt();
        }

        void train(Tensor x, Tensor y, Runnable afterEpoch) {
            TensorVector parameters = new TensorVector();
            for (LinearImpl layer : layers) {
                parameters.push_back(layer.weight());
                parameters.push_back(layer.bias());
            }
            Adam optimizer = new Adam(parameters, new AdamOptions(learningRate));
            long count = x.size(0);
            for (int epoch = 0; epoch < search.get("epochs").asInt(); epoch++) {
                try (PointerScope scope = new PointerScope()) {
                    Tensor order = torch.randperm(count, new org.bytedeco.pytorch.TensorOptions(torch.ScalarType.Long));
                    for (long from = 0; from < count; from += batch) {
                        step(optimizer, x, y, order.narrow(0, from, Math.min(batch, count - from)));
                    }
                    afterEpoch.run();
                }
            }
        }

        private void step(Adam optimizer, Tensor x, Tensor y, Tensor rows) {
            try (PointerScope scope = new PointerScope()) {
                optimizer.zero_grad();
                torch.cross_entropy_loss(forward(x.index_select(0, rows), true), y.index_select(0, rows))
                        .backward();
                optimizer.step();
            }
        }

        private Tensor forward(Tensor x, boolean training) {
            Tensor hidden = x;
            for (LinearImpl layer : layers.subList(0, layers.size() - 1)) {
                hidden = torch.dropout(torch.relu(layer.forward(hidden)), dropout, training);
            }
            return layers.get(layers.size() - 1).forward(hidden);
        }

        double accuracy(Tensor x, Tensor y) {
            try (PointerScope scope = new PointerScope();
                    NoGradGuard guard = new NoGradGuard()) {
                Tensor right =
                        forward(x, false).argmax(new LongOptional(1), false).eq(y);
                return right.sum().item_long() / (double) y.size(0);
            }
        }
    }
}
