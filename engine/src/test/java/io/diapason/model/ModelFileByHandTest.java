package io.diapason.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diapason.data.CategoricalColumn;
import io.diapason.data.ClassEncoder;
import io.diapason.data.NumericColumn;
import io.diapason.data.Table;
import io.diapason.data.ValueEncoder;
import io.diapason.nn.Activation;
import io.diapason.nn.Norm;
import io.diapason.tensor.HeapTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Predictions computed from the file alone, as docs/model-file.md tells readers without Diapason to: in double
 * precision, with neither the encoders nor the kernels of the model.
 */
class ModelFileByHandTest {
    private static final Table ROWS = Table.of(
            "rows",
            List.of(
                    CategoricalColumn.of("city \"x\"\n", List.of("Paris", "Oslo", "", "🎻", "Łódź", "Paris")),
                    NumericColumn.of("income", Double.NaN, -7, 3, 0.1, 1e-9, 12),
                    NumericColumn.of("age", Double.NaN, 12, -1, 80, 47.25, 0),
                    CategoricalColumn.of("member", List.of("yes", "no", "", "perhaps", "T", "f"))));

    @TempDir
    Path folder;

    @Test
    void classesFollowFromTheFileAlone() throws IOException {
        try (TabularModel model =
                ModelFixtures.model(new ClassEncoder(ModelFixtures.ODD_CLASSES), List.of(5, 4), Activation.RELU, 0.2)) {
            var predictions = (Predictions.OfClasses) model.predict(ROWS);
            List<double[]> outputs = outputs(model, x -> Math.max(x, 0));
            for (int row = 0; row < outputs.size(); row++) {
                double[] exp = Arrays.stream(outputs.get(row)).map(Math::exp).toArray();
                double sum = Arrays.stream(exp).sum();
                for (int c = 0; c < exp.length; c++) {
                    assertEquals(exp[c] / sum, predictions.probability(row, c), 1e-5, "row " + row + " class " + c);
                }
            }
        }
    }

    @Test
    void valuesFollowFromTheFileAlone() throws IOException {
        double mean = 100;
        double deviation = 20;
        try (TabularModel model =
                ModelFixtures.model(new ValueEncoder(mean, deviation), List.of(9), Activation.TANH, 0)) {
            var predictions = (Predictions.OfValues) model.predict(ROWS);
            List<double[]> outputs = outputs(model, Math::tanh);
            for (int row = 0; row < outputs.size(); row++) {
                double expected = outputs.get(row)[0] * deviation + mean;
                assertEquals(expected, predictions.values()[row], 1e-4, "row " + row);
            }
        }
    }

    /** Version 2 without residual connections: the same, with a normalisation before each activation. */
    @Test
    void normalisedValuesFollowFromTheFileAlone() throws IOException {
        for (Norm norm : List.of(Norm.BATCH, Norm.LAYER)) {
            try (TabularModel model =
                    ModelFixtures.model(new ValueEncoder(0, 1), List.of(4), Activation.TANH, 0, norm, false)) {
                Path file = folder.resolve("m.diapason");
                model.save(file);
                Map<?, ?> json =
                        (Map<?, ?>) JsonReader.read(ModelFixtures.json(file).getBytes(StandardCharsets.UTF_8), "json");
                Map<String, HeapTensor> tensors = Safetensors.read(
                                Files.write(folder.resolve("w"), ModelFixtures.entry(file, "weights.safetensors")))
                        .tensors();
                double[] found = ((Predictions.OfValues) model.predict(ROWS)).values();
                for (int row = 0; row < ROWS.rows(); row++) {
                    double[] x = linear(tensors, "0", features((List<?>) json.get("columns"), row));
                    x = normalised(tensors, norm, x);
                    x = linear(tensors, "3", Arrays.stream(x).map(Math::tanh).toArray());
                    assertEquals(x[0], found[row], 1e-4, norm + ", row " + row);
                }
            }
        }
    }

    private static double[] normalised(Map<String, HeapTensor> tensors, Norm norm, double[] x) {
        double mean = Arrays.stream(x).average().orElseThrow();
        double variance =
                Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            double m = norm == Norm.LAYER ? mean : floats(tensors, "1.running_mean")[i];
            double v = norm == Norm.LAYER ? variance : floats(tensors, "1.running_var")[i];
            y[i] = (x[i] - m) / Math.sqrt(v + 1e-5) * floats(tensors, "1.weight")[i] + floats(tensors, "1.bias")[i];
        }
        return y;
    }

    private static double[] linear(Map<String, HeapTensor> tensors, String layer, double[] x) {
        float[] weight = floats(tensors, layer + ".weight");
        float[] bias = floats(tensors, layer + ".bias");
        double[] y = new double[bias.length];
        for (int o = 0; o < y.length; o++) {
            y[o] = bias[o];
            for (int i = 0; i < x.length; i++) {
                y[o] += weight[o * x.length + i] * x[i];
            }
        }
        return y;
    }

    private static float[] floats(Map<String, HeapTensor> tensors, String name) {
        return (float[]) tensors.get(name).values();
    }

    private List<double[]> outputs(TabularModel model, DoubleUnaryOperator activation) throws IOException {
        Path file = folder.resolve("m.diapason");
        model.save(file);
        Map<?, ?> json = (Map<?, ?>) JsonReader.read(ModelFixtures.json(file).getBytes(StandardCharsets.UTF_8), "json");
        byte[] weights = ModelFixtures.entry(file, "weights.safetensors");
        List<double[]> outputs = new ArrayList<>();
        for (int row = 0; row < ROWS.rows(); row++) {
            double[] x = features((List<?>) json.get("columns"), row);
            outputs.add(forward(weights, x, activation));
        }
        return outputs;
    }

    private static double[] features(List<?> columns, int row) {
        List<Double> x = new ArrayList<>();
        for (Object each : columns) {
            Map<?, ?> column = (Map<?, ?>) each;
            String cell = ROWS.column((String) column.get("column")).text(row);
            boolean missing = cell.isEmpty();
            switch ((String) column.get("kind")) {
                case "numeric" ->
                    x.add(
                            missing
                                    ? 0
                                    : (Double.parseDouble(cell) - (Double) column.get("mean"))
                                            / (Double) column.get("standard_deviation"));
                case "boolean" -> {
                    String word = cell.toLowerCase(Locale.ROOT);
                    x.add(
                            List.of("1", "true", "yes", "t").contains(word)
                                    ? 1.0
                                    : List.of("0", "false", "no", "f").contains(word) ? -1.0 : 0.0);
                }
                default -> {
                    List<?> categories = (List<?>) column.get("categories");
                    categories.forEach(category -> x.add(category.equals(cell) ? 1.0 : 0.0));
                    if ((Boolean) column.get("other")) {
                        x.add(!missing && !categories.contains(cell) ? 1.0 : 0.0);
                    }
                }
            }
            if ((Boolean) column.get("missing_seen")) {
                x.add(missing ? 1.0 : 0.0);
            }
        }
        return x.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Layer by layer: the data holds each weight and its bias in the order of the header's offsets. */
    private static double[] forward(byte[] weights, double[] features, DoubleUnaryOperator activation) {
        ByteBuffer bytes = ByteBuffer.wrap(weights).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) bytes.getLong();
        Map<?, ?> header = (Map<?, ?>) JsonReader.read(Arrays.copyOfRange(weights, 8, 8 + length), "header");
        List<String> names = new ArrayList<>();
        header.keySet().forEach(name -> names.add((String) name));
        names.removeIf(name -> !name.endsWith(".weight"));
        names.sort(Comparator.comparingInt(name -> Integer.parseInt(name.substring(0, name.indexOf('.')))));
        double[] x = features;
        for (String name : names) {
            Map<?, ?> weight = (Map<?, ?>) header.get(name);
            Map<?, ?> bias = (Map<?, ?>) header.get(name.replace("weight", "bias"));
            int out = ((Long) ((List<?>) weight.get("shape")).get(0)).intValue();
            int in = ((Long) ((List<?>) weight.get("shape")).get(1)).intValue();
            int weightAt = 8 + length + ((Long) ((List<?>) weight.get("data_offsets")).get(0)).intValue();
            int biasAt = 8 + length + ((Long) ((List<?>) bias.get("data_offsets")).get(0)).intValue();
            assertEquals(in, x.length);
            double[] y = new double[out];
            for (int o = 0; o < out; o++) {
                y[o] = bytes.getFloat(biasAt + 4 * o);
                for (int i = 0; i < in; i++) {
                    y[o] += bytes.getFloat(weightAt + 4 * (o * in + i)) * x[i];
                }
                if (!name.equals(names.get(names.size() - 1))) {
                    y[o] = activation.applyAsDouble(y[o]);
                }
            }
            x = y;
        }
        return x;
    }
}
