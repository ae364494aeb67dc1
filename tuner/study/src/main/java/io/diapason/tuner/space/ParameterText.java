package io.diapason.tuner.space;

import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes one parameter's JSON object, leaving out what is at its default. */
final class ParameterText {
    private final StringJoiner json = new StringJoiner(",", "{", "}");

    ParameterText(String type) {
        json.add("\"type\":" + JsonText.quote(type));
    }

    ParameterText number(String key, @Nullable Double value) {
        return value == null ? this : add(key, JsonText.number(value));
    }

    ParameterText whole(String key, @Nullable Long value) {
        return value == null ? this : add(key, Long.toString(value));
    }

    ParameterText log(boolean log) {
        return log ? add("log", "true") : this;
    }

    ParameterText grid(@Nullable Integer grid) {
        return grid == null ? this : add("grid", Integer.toString(grid));
    }

    ParameterText prior(Prior prior) {
        return prior instanceof Prior.Normal normal
                ? add("prior", "\"normal\"").number("mean", normal.mean()).number("sd", normal.sd())
                : this;
    }

    ParameterText choices(List<Value> choices) {
        return add("choices", choices.stream().map(Value::toJson).collect(Collectors.joining(",", "[", "]")));
    }

    ParameterText weights(List<Double> weights) {
        return weights.isEmpty()
                ? this
                : add("weights", weights.stream().map(JsonText::number).collect(Collectors.joining(",", "[", "]")));
    }

    ParameterText when(List<Condition> when) {
        return when.isEmpty()
                ? this
                : add(
                        "when",
                        when.stream()
                                .map(condition -> JsonText.quote(condition.parent()) + ":" + condition.toJson())
                                .collect(Collectors.joining(",", "{", "}")));
    }

    private ParameterText add(String key, String value) {
        json.add(JsonText.quote(key) + ":" + value);
        return this;
    }

    @Override
    public String toString() {
        return json.toString();
    }
}
