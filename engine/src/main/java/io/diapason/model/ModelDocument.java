package io.diapason.model;

import io.diapason.data.BooleanEncoder;
import io.diapason.data.CategoricalEncoder;
import io.diapason.data.ClassEncoder;
import io.diapason.data.ColumnEncoder;
import io.diapason.data.DataException;
import io.diapason.data.NumericEncoder;
import io.diapason.data.Preprocessing;
import io.diapason.data.TableEncoder;
import io.diapason.data.TargetEncoder;
import io.diapason.data.Task;
import io.diapason.data.ValueEncoder;
import io.diapason.nn.Activation;
import io.diapason.nn.Mlp;
import io.diapason.nn.Norm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code model.json} says: everything of a model but its weights. A version has exactly the members that are
 * written here; one more would change what a model predicts, so it makes a new version. Version 2 added normalisation,
 * residual connections and further activations; a network without them is written as version 1 still.
 *
 * @param encoder how rows become inputs, and outputs labels or units
 * @param network what the network looks like
 * @param provenance plain values
 */
record ModelDocument(TableEncoder encoder, Mlp.Config network, Map<String, Object> provenance) {
    static final String FORMAT = "diapason-model";
    static final int VERSION = 2;

    private static final List<Activation> ACTIVATIONS_OF_VERSION_1 =
            List.of(Activation.RELU, Activation.TANH, Activation.GELU);

    // ---- to JSON

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("version", version());
        json.put("target", target());
        json.put(
                "columns",
                encoder.preprocessing().encoders().stream()
                        .map(ModelDocument::column)
                        .toList());
        json.put("network", mlp());
        json.put("provenance", provenance);
        return json;
    }

    /** The first version that has what this network needs. */
    private int version() {
        boolean first = network.norm() == Norm.NONE
                && !network.residual()
                && ACTIVATIONS_OF_VERSION_1.contains(network.activation());
        return first ? 1 : VERSION;
    }

    private Map<String, Object> target() {
        TargetEncoder target = encoder.targetEncoder();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("column", encoder.target());
        json.put("task", nameOf(target.task()));
        if (target instanceof ClassEncoder classes) {
            json.put("classes", classes.classes());
        } else if (target instanceof ValueEncoder values) {
            json.put("mean", values.mean());
            json.put("standard_deviation", values.standardDeviation());
        }
        return json;
    }

    private static Map<String, Object> column(ColumnEncoder encoder) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("column", encoder.column());
        if (encoder instanceof NumericEncoder numeric) {
            json.put("kind", "numeric");
            json.put("mean", numeric.mean());
            json.put("standard_deviation", numeric.standardDeviation());
            json.put("missing_seen", numeric.missingSeen());
        } else if (encoder instanceof BooleanEncoder booleans) {
            json.put("kind", "boolean");
            json.put("missing_seen", booleans.missingSeen());
        } else if (encoder instanceof CategoricalEncoder categorical) {
            json.put("kind", "categorical");
            json.put("categories", categorical.categories());
            json.put("other", categorical.other());
            json.put("missing_seen", categorical.missingSeen());
        }
        return json;
    }

    private Map<String, Object> mlp() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", "mlp");
        json.put("in", network.in());
        json.put("hidden", network.hidden());
        json.put("out", network.out());
        json.put("activation", network.activation().toString());
        json.put("dropout", network.dropout());
        if (version() > 1) {
            json.put("norm", network.norm().toString());
            json.put("residual", network.residual());
        }
        return json;
    }

    private static String nameOf(Task task) {
        return task.name().toLowerCase(Locale.ROOT);
    }

    // ---- from JSON

    /**
     * Whether a document is of this format, of any version.
     *
     * @param json any JSON value
     */
    static boolean isOurs(Object json) {
        return json instanceof Map<?, ?> members && FORMAT.equals(members.get("format"));
    }

    /**
     * The document of a JSON value.
     *
     * @param json any JSON value
     * @param place what messages call it
     * @param path the model file, for what concerns all of it
     * @throws ModelFileException when it is not as its version has it
     */
    static ModelDocument of(Object json, String place, String path) {
        JsonObject document = JsonObject.of(json, place);
        if (!isOurs(json)) {
            throw document.wrong("format", JsonObject.shown(FORMAT));
        }
        int version = document.count("version");
        if (version > VERSION) {
            throw new ModelFileException(path + ": must be of format version 1 to " + VERSION + ", got " + version
                    + ": it was written by a newer Diapason; update Diapason to read it");
        }
        document.allowOnly("format", "version", "target", "columns", "network", "provenance");
        JsonObject target = document.object("target");
        TargetEncoder targetEncoder = target(target);
        List<ColumnEncoder> columns =
                document.objects("columns").stream().map(ModelDocument::column).toList();
        try {
            Preprocessing preprocessing = new Preprocessing(columns);
            TableEncoder encoder = new TableEncoder(preprocessing, target.text("column"), targetEncoder);
            Mlp.Config network = network(document.object("network"), version);
            TabularModel.requireFit(encoder, network);
            Map<String, Object> provenance =
                    PlainValues.copy(document.object("provenance").members(), "provenance");
            return new ModelDocument(encoder, network, provenance);
        } catch (ModelFileException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw document.wrong(e);
        }
    }

    private static TargetEncoder target(JsonObject json) {
        String task = json.text("task");
        try {
            if (task.equals(nameOf(Task.CLASSIFICATION))) {
                json.allowOnly("column", "task", "classes");
                return new ClassEncoder(json.texts("classes"));
            }
            if (task.equals(nameOf(Task.REGRESSION))) {
                json.allowOnly("column", "task", "mean", "standard_deviation");
                return new ValueEncoder(json.number("mean"), json.number("standard_deviation"));
            }
        } catch (DataException e) {
            throw json.wrong(e);
        }
        throw json.wrong("task", "classification or regression");
    }

    private static ColumnEncoder column(JsonObject json) {
        String column = json.text("column");
        try {
            switch (json.text("kind")) {
                case "numeric" -> {
                    json.allowOnly("column", "kind", "mean", "standard_deviation", "missing_seen");
                    return new NumericEncoder(
                            column, json.number("mean"), json.number("standard_deviation"), json.truth("missing_seen"));
                }
                case "boolean" -> {
                    json.allowOnly("column", "kind", "missing_seen");
                    return new BooleanEncoder(column, json.truth("missing_seen"));
                }
                case "categorical" -> {
                    json.allowOnly("column", "kind", "categories", "other", "missing_seen");
                    return new CategoricalEncoder(
                            column, json.texts("categories"), json.truth("other"), json.truth("missing_seen"));
                }
                default -> {
                    throw json.wrong("kind", "numeric, boolean or categorical");
                }
            }
        } catch (DataException e) {
            throw json.wrong(e);
        }
    }

    private static Mlp.Config network(JsonObject json, int version) {
        if (!json.text("kind").equals("mlp")) {
            throw json.wrong("kind", "mlp");
        }
        boolean second = version >= 2;
        if (second) {
            json.allowOnly("kind", "in", "hidden", "out", "activation", "dropout", "norm", "residual");
        } else {
            json.allowOnly("kind", "in", "hidden", "out", "activation", "dropout");
        }
        List<Activation> activations = second ? List.of(Activation.values()) : ACTIVATIONS_OF_VERSION_1;
        return new Mlp.Config(
                json.count("in"),
                json.counts("hidden"),
                json.count("out"),
                oneOf(activations, "activation", json),
                json.number("dropout"),
                second ? oneOf(List.of(Norm.values()), "norm", json) : Norm.NONE,
                second && json.truth("residual"));
    }

    /** The choice that a member spells. */
    private static <T> T oneOf(List<T> choices, String name, JsonObject json) {
        String spelled = json.text(name);
        for (T choice : choices) {
            if (choice.toString().equals(spelled)) {
                return choice;
            }
        }
        throw json.wrong(name, "one of " + choices);
    }
}
