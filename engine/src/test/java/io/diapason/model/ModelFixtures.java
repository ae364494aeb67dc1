package io.diapason.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diapason.data.BooleanColumn;
import io.diapason.data.CategoricalColumn;
import io.diapason.data.ClassEncoder;
import io.diapason.data.NumericColumn;
import io.diapason.data.Preprocessing;
import io.diapason.data.Table;
import io.diapason.data.TableEncoder;
import io.diapason.data.TargetEncoder;
import io.diapason.data.ValueEncoder;
import io.diapason.nn.Activation;
import io.diapason.nn.Mlp;
import io.diapason.nn.Norm;
import io.diapason.nn.Pass;
import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Device;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Small models of every kind of column, and their files taken apart and put together again. */
final class ModelFixtures {
    static final List<String> ODD_CLASSES =
            List.of("a\"b\\c", "tab\there\nand a line", "żółć 🎻", "\u0001\u007f\u2028", "\ud800 alone", "</script>");

    private ModelFixtures() {}

    /** What the encoders are fitted on: every kind of column, with and without missing cells. */
    static Table trained() {
        return Table.of(
                "trained",
                List.of(
                        NumericColumn.of("age", 31, Double.NaN, 47.25, 1e-300, 62),
                        NumericColumn.of("income", 1, 2, 3, 4, 5.5),
                        BooleanColumn.of("member", true, false, true, true, false),
                        CategoricalColumn.of("city \"x\"\n", List.of("Łódź", "Paris", "?", "Paris", "🎻"))));
    }

    /** Missing cells where there were some and where there were none, and categories never seen. */
    static Table fresh() {
        return Table.of(
                "fresh",
                List.of(
                        CategoricalColumn.of("city \"x\"\n", List.of("Paris", "Oslo", "", "🎻", "Łódź", "Paris")),
                        NumericColumn.of("income", Double.NaN, -7e9, 3, 0.1, 1e-9, 1e30),
                        NumericColumn.of("age", Double.NaN, 12, -1, 1e8, 47.25, 0),
                        CategoricalColumn.of("member", List.of("yes", "no", "", "perhaps", "T", "f"))));
    }

    static TableEncoder encoder(TargetEncoder target) {
        Table table = trained();
        return new TableEncoder(
                Preprocessing.fit(table, table.columnNames(), new int[] {0, 1, 2, 3, 4}), "the target", target);
    }

    static TabularModel model(TargetEncoder target, List<Integer> hidden, Activation activation, double dropout) {
        return model(target, hidden, activation, dropout, Norm.NONE, false);
    }

    static TabularModel model(
            TargetEncoder target,
            List<Integer> hidden,
            Activation activation,
            double dropout,
            Norm norm,
            boolean residual) {
        TableEncoder encoder = encoder(target);
        int out = target instanceof ClassEncoder classes ? classes.classes().size() : 1;
        Scope weights = Scope.detached(Device.CPU);
        Mlp.Config config =
                new Mlp.Config(encoder.preprocessing().width(), hidden, out, activation, dropout, norm, residual);
        Map<String, Object> provenance = new LinkedHashMap<>();
        provenance.put("diapason", "0.1.0");
        provenance.put("seed", 7);
        provenance.put("lr", 0.1f);
        Map<String, Object> test = new LinkedHashMap<>();
        test.put("accuracy", 0.97);
        test.put("worst", Double.NaN);
        provenance.put("test", test);
        provenance.put("hidden", hidden);
        provenance.put("odd", "\"\\\n\u0000 ü 🎻");
        Mlp network = new Mlp(weights, config, Rng.of(3));
        try (Scope scope = Scope.open()) { // statistics of batches that are not 0 and 1
            Shape rows = Shape.of(16, config.in());
            network.forward(scope.normal(DType.FLOAT32, rows, 0.5, 2, Rng.of(4)), Pass.training(Rng.of(5), 0));
        }
        return new TabularModel(weights, encoder, network, provenance);
    }

    static TabularModel classifier() {
        return model(new ClassEncoder(ODD_CLASSES), List.of(5, 4), Activation.RELU, 0.25);
    }

    static TabularModel regressor() {
        return model(new ValueEncoder(1234.5, 1 / 3.0), List.of(6), Activation.GELU, 0);
    }

    /** What only version 2 of the file holds. */
    static TabularModel normalised() {
        return model(new ValueEncoder(-3, 2), List.of(6, 6), Activation.MISH, 0, Norm.BATCH, true);
    }

    /** To the last bit. */
    static void assertSamePredictions(TabularModel expected, TabularModel actual, String message) {
        Predictions want = expected.predict(fresh());
        Predictions got = actual.predict(fresh());
        if (want instanceof Predictions.OfClasses classes) {
            Predictions.OfClasses other = (Predictions.OfClasses) got;
            assertEquals(classes.classes(), other.classes(), message);
            assertArrayEquals(classes.probabilities(), other.probabilities(), 0.0, message);
        } else {
            assertArrayEquals(
                    ((Predictions.OfValues) want).values(), ((Predictions.OfValues) got).values(), 0.0, message);
        }
    }

    static String json(Path file) throws IOException {
        return new String(entry(file, "model.json"), StandardCharsets.UTF_8);
    }

    /** By Java's own reader of zips, which goes by the directory at the file's end. */
    static byte[] entry(Path file, String name) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile());
                var in = zip.getInputStream(zip.getEntry(name))) {
            return in.readAllBytes();
        }
    }

    /** A zip of stored entries as a model file's are: name, content, name, content … */
    static Path zip(Path file, Object... namesAndContents) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                byte[] content = namesAndContents[i + 1] instanceof String text
                        ? text.getBytes(StandardCharsets.UTF_8)
                        : (byte[]) namesAndContents[i + 1];
                ModelArchive.append(zip, (String) namesAndContents[i], entry -> entry.write(content));
            }
        }
        return file;
    }
}
