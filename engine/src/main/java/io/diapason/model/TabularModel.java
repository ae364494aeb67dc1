package io.diapason.model;

import io.diapason.data.ClassEncoder;
import io.diapason.data.DataException;
import io.diapason.data.Dataset;
import io.diapason.data.Table;
import io.diapason.data.TableEncoder;
import io.diapason.data.Task;
import io.diapason.metric.Scores;
import io.diapason.nn.Mlp;
import io.diapason.tensor.Device;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A trained network with all that rows of a table need before and after it. Safe for use by several threads; closing it
 * frees the weights.
 */
public final class TabularModel implements AutoCloseable {
    private final Scope weights;
    private final TableEncoder encoder;
    private final Mlp network;
    private final Map<String, Object> provenance;

    /**
     * A model.
     *
     * @param weights owns the network's parameters; from now on the model closes it
     * @param encoder how rows become inputs, and outputs labels or units
     * @param network trained
     * @param provenance where it comes from: names and plain values (text, numbers, booleans, lists and maps of such);
     *     copied in the maps' order, integers as {@code Long}, other numbers as {@code Double}, NaN and infinities as
     *     text
     * @throws IllegalArgumentException when the network's inputs or outputs are not the encoder's, or the provenance
     *     holds something else
     */
    public TabularModel(Scope weights, TableEncoder encoder, Mlp network, Map<String, ?> provenance) {
        requireFit(encoder, network.config());
        this.weights = weights;
        this.encoder = encoder;
        this.network = network;
        this.provenance = PlainValues.copy(provenance, "provenance");
    }

    static void requireFit(TableEncoder encoder, Mlp.Config network) {
        int in = encoder.preprocessing().width();
        int out = encoder.targetEncoder() instanceof ClassEncoder encoded
                ? encoded.classes().size()
                : 1;
        if (network.in() != in || network.out() != out) {
            throw new IllegalArgumentException("model: the network must map " + in + " features to " + out
                    + " outputs, got one of " + network.in() + " to " + network.out());
        }
    }

    /**
     * Reads a model, onto the CPU. What it predicts is what the saved one predicted, to the last bit.
     *
     * @param path a file that {@link #save} wrote
     * @return the model; the caller closes it
     * @throws ModelFileException when there is no such file, or it is damaged, foreign or of a newer version
     */
    public static TabularModel load(Path path) {
        return load(path, Device.CPU);
    }

    /**
     * Reads a model.
     *
     * @param path a file that {@link #save} wrote
     * @param device where its weights lie and its predictions are made
     * @return the model; the caller closes it
     * @throws ModelFileException when there is no such file, or it is damaged, foreign or of a newer version
     */
    public static TabularModel load(Path path, Device device) {
        return ModelFile.read(path, device);
    }

    /**
     * Writes the model to a file, whole or not at all. The same model gives the same bytes. A file of that name is
     * replaced if it is a Diapason model.
     *
     * @param path the file, usually {@code NAME.diapason}; its folder must exist
     * @throws ModelFileException when the file cannot be written, or one that Diapason did not write has that name, or
     *     a weight is NaN or infinite
     * @see ModelFile#requireWritable
     */
    public void save(Path path) {
        ModelFile.write(this, path);
    }

    /**
     * What is predicted.
     *
     * @return the task
     */
    public Task task() {
        return encoder.targetEncoder().task();
    }

    /**
     * The column that is predicted.
     *
     * @return its name
     */
    public String target() {
        return encoder.target();
    }

    /**
     * How rows become inputs, and outputs labels or units.
     *
     * @return the encoder
     */
    public TableEncoder encoder() {
        return encoder;
    }

    /**
     * The trained network.
     *
     * @return the network; it lives as long as this model
     */
    public Mlp network() {
        return network;
    }

    /**
     * Where the model comes from.
     *
     * @return names and plain values, unmodifiable
     */
    public Map<String, Object> provenance() {
        return provenance;
    }

    /**
     * Predictions for every row of a table. The target column need not be there; other columns are ignored.
     *
     * @param table has every column the model was trained on
     * @return one prediction a row, in order
     * @throws DataException when a column is lacking or holds what cannot be read
     */
    public Predictions predict(Table table) {
        int[] rows = IntStream.range(0, table.rows()).toArray();
        Predictions predictions = predict(encoder.preprocessing().transform(table, rows), rows.length);
        requireFinite(table, rows, predictions);
        return predictions;
    }

    /**
     * How good the model is on a table.
     *
     * @param table has every column the model was trained on, and the target
     * @return every metric of the task, over the rows that have a target
     * @throws DataException when a column is lacking or holds what cannot be read, or no row has a target
     */
    public Scores evaluate(Table table) {
        int[] rows = table.rowsWith(target());
        if (rows.length == 0) {
            throw new DataException(
                    table.name() + ": target «" + target() + "» must have a value in some row, got none");
        }
        Dataset truth = encoder.dataset(table, rows);
        Predictions predictions = predict(truth.features(), rows.length);
        requireFinite(table, rows, predictions);
        return predictions.scores(truth);
    }

    /** A row whose numbers are so far from the learned ones that the arithmetic overflows has no prediction. */
    private static void requireFinite(Table table, int[] rows, Predictions predictions) {
        for (int i = 0; i < rows.length; i++) {
            if (!predictions.isFinite(i)) {
                throw new DataException(
                        table.place(rows[i])
                                + ": numbers must be near those the model was trained on, got a row whose prediction overflows");
            }
        }
    }

    /**
     * How good the model is on some rows of a table.
     *
     * @param table has every column the model was trained on, and the target
     * @param rows at least one, each with a target
     * @return every metric of the task
     * @throws io.diapason.data.DataException when a column is lacking or holds what cannot be read
     */
    public Scores evaluate(Table table, int[] rows) {
        Dataset truth = encoder.dataset(table, rows);
        return predict(truth.features(), rows.length).scores(truth);
    }

    private Predictions predict(float[] features, int rows) {
        try (Scope scope = Scope.open(weights.device())) {
            Tensor x = scope.of(Shape.of(rows, encoder.preprocessing().width()), features);
            return Predictions.of(network, x, encoder.targetEncoder());
        }
    }

    /** Frees the weights. */
    @Override
    public void close() {
        weights.close();
    }
}
