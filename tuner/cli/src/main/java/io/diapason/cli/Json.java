package io.diapason.cli;

import io.diapason.metric.Scores;
import io.diapason.tuner.space.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** JSON on one line. Numbers that are not finite, which JSON has not, are null. */
final class Json {
    private Json() {}

    /** Writes names and plain values: text, numbers, flags, {@link Value}, lists and maps of such, and null. */
    static String write(Map<String, ?> object) {
        return JsonMapper.shared().writeValueAsString(plain(object));
    }

    /** Every metric by its name. */
    static Map<String, Object> scores(Scores scores) {
        Map<String, Object> values = new LinkedHashMap<>();
        scores.values().forEach((metric, value) -> values.put(metric.label(), value));
        return values;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> plain = new LinkedHashMap<>();
            map.forEach((name, item) -> plain.put(String.valueOf(name), plain(item)));
            return plain;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Json::plain).toList();
        }
        if (value instanceof Value.Floating number) {
            return number.number();
        }
        if (value instanceof Value.Integral number) {
            return number.number();
        }
        if (value instanceof Value.Flag flag) {
            return flag.flag();
        }
        if (value instanceof Value.Numbers numbers) {
            return plain(numbers.items());
        }
        if (value instanceof Value.Text text) {
            return text.text();
        }
        return value instanceof Double number && !Double.isFinite(number) ? null : value;
    }
}
