package io.diapason.tuner.space;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** When a parameter is there at all: its parent must be active and have one of the values named. */
public sealed interface Condition {
    /**
     * The parameter that decides.
     *
     * @return its name
     */
    String parent();

    /**
     * Whether the parent's value fulfils the condition.
     *
     * @param value the parent's value
     * @return true when it does
     */
    boolean holds(Value value);

    /**
     * The JSON of the condition, without the parent's name.
     *
     * @return a list of values, or an object of min and max
     */
    String toJson();

    /**
     * The parent has one of some values.
     *
     * @param parent the parent's name
     * @param values at least one value
     */
    record OneOf(String parent, List<Value> values) implements Condition {
        /**
         * Checks that values are named.
         *
         * @param parent the parent's name
         * @param values the values
         * @throws SpaceException when one of them does not hold
         */
        public OneOf {
            values = List.copyOf(values);
            if (values.isEmpty()) {
                throw new SpaceException("condition on " + parent + ": must name at least one value, got none");
            }
        }

        @Override
        public boolean holds(Value value) {
            return values.stream().anyMatch(value::sameAs);
        }

        @Override
        public String toJson() {
            return values.stream().map(Value::toJson).collect(Collectors.joining(",", "[", "]"));
        }
    }

    /**
     * The parent, an int, lies in a range.
     *
     * @param parent the parent's name
     * @param min the least value, or null for no lower end
     * @param max the greatest value, or null for no upper end
     */
    record Between(
            String parent, @Nullable Long min, @Nullable Long max) implements Condition {
        /**
         * Checks that an end is named.
         *
         * @param parent the parent's name
         * @param min the least value, or null
         * @param max the greatest value, or null
         * @throws SpaceException when one of them does not hold
         */
        public Between {
            Objects.requireNonNull(parent);
            if (min == null && max == null) {
                throw new SpaceException("condition on " + parent + ": must name min, max or both, got none");
            }
        }

        @Override
        public boolean holds(Value value) {
            return value instanceof Value.Integral integral
                    && (min == null || integral.number() >= min)
                    && (max == null || integral.number() <= max);
        }

        @Override
        public String toJson() {
            String low = min == null ? "" : "\"min\":" + min;
            String high = max == null ? "" : "\"max\":" + max;
            return "{" + low + (low.isEmpty() || high.isEmpty() ? "" : ",") + high + "}";
        }
    }
}
