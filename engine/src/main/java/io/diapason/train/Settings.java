package io.diapason.train;

import io.diapason.loss.Loss;
import io.diapason.nn.Parameter;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a resumed training must have in common with the one it goes on with, a line each: {@code name: value}. The
 * number of epochs is not among it, so that a finished training may be continued.
 */
record Settings(Map<String, String> lines) {
    private static final String SEPARATOR = ": ";

    static Settings of(
            List<Parameter> parameters, Loss loss, TrainConfig config, Examples examples, @Nullable Monitor monitor) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put(
                "parameters",
                parameters.stream()
                        .map(p -> p.name() + " " + p.value().dtype() + " "
                                + p.value().shape())
                        .collect(Collectors.joining(", ")));
        lines.put("features", fingerprint(examples.features()));
        lines.put("targets", fingerprint(examples.targets()));
        lines.put("monitor", monitor == null ? "none" : monitor.maximize() ? "maximize" : "minimize");
        lines.put("loss", text(loss));
        lines.put("penalty", penalty(config, parameters));
        config.settings().forEach((name, value) -> lines.put(name, text(value)));
        return new Settings(lines);
    }

    /** Made when first asked for, since it looks at every example. */
    static Supplier<Settings> once(Supplier<Settings> maker) {
        List<Settings> made = new ArrayList<>(1);
        return () -> {
            if (made.isEmpty()) {
                made.add(maker.get());
            }
            return made.get(0);
        };
    }

    /** What is penalised, rather than the predicate, of which nothing can be told. */
    private static String penalty(TrainConfig config, List<Parameter> parameters) {
        double l1 = config.penalty().l1();
        double l2 = config.penalty().l2();
        return "l1 " + l1 + ", l2 " + l2
                + (l1 == 0 && l2 == 0
                        ? ""
                        : " over "
                                + parameters.stream()
                                        .filter(config.penalty().over())
                                        .map(Parameter::name)
                                        .toList());
    }

    private static String fingerprint(Tensor tensor) {
        Object values = HeapTensor.copyOf(tensor).values();
        int hash = values instanceof float[] floats
                ? Arrays.hashCode(floats)
                : values instanceof double[] doubles
                        ? Arrays.hashCode(doubles)
                        : values instanceof int[] ints
                                ? Arrays.hashCode(ints)
                                : values instanceof long[] longs
                                        ? Arrays.hashCode(longs)
                                        : Arrays.hashCode((byte[]) values);
        return tensor.dtype() + " " + tensor.shape() + " with hash " + Integer.toHexString(hash);
    }

    /** Numbers, texts, enums and records tell what they are; of a lambda only that it is one can be said. */
    private static String text(Object value) {
        return value.toString()
                .replaceAll("[\\w.$]+\\$\\$Lambda[^@,\\]]*", "a function")
                .replaceAll("@[0-9a-f]+", "")
                .replace('\n', ' ');
    }

    /** The first difference. */
    void requireSameAs(Settings begun) {
        for (Map.Entry<String, String> line : lines.entrySet()) {
            String before = begun.lines.get(line.getKey());
            if (!line.getValue().equals(before)) {
                throw new IllegalArgumentException("resume: " + line.getKey()
                        + " must be as in the checkpoint, " + (before == null ? "which has none" : before)
                        + ", got " + line.getValue()
                        + "; a training with other settings is another one, to be begun by fit");
            }
        }
    }

    String text() {
        return lines.entrySet().stream()
                .map(line -> line.getKey() + SEPARATOR + line.getValue())
                .collect(Collectors.joining("\n"));
    }

    static Settings parse(String text) {
        Map<String, String> lines = new LinkedHashMap<>();
        for (String line : text.split("\n", -1)) {
            int at = line.indexOf(SEPARATOR);
            if (at > 0) {
                lines.put(line.substring(0, at), line.substring(at + SEPARATOR.length()));
            }
        }
        return new Settings(lines);
    }
}
