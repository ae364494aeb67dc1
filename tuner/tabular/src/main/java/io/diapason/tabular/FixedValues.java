package io.diapason.tabular;

import io.diapason.tuner.space.CategoricalParameter;
import io.diapason.tuner.space.Condition;
import io.diapason.tuner.space.FloatParameter;
import io.diapason.tuner.space.IntParameter;
import io.diapason.tuner.space.Parameter;
import io.diapason.tuner.space.Params;
import io.diapason.tuner.space.SearchSpace;
import io.diapason.tuner.space.SpaceException;
import io.diapason.tuner.space.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Joins values that a user fixed with a space: they win, and what they make impossible goes. */
final class FixedValues {
    private FixedValues() {}

    /**
     * The space in which fixed parameters have one choice.
     *
     * @param space of names of {@link Hyperparameter}
     * @param fixed values that win
     * @throws SpaceException when a name or value is none of a perceptron's, or names exclude one another
     */
    static SearchSpace in(SearchSpace space, Params fixed) {
        fixed.asMap().forEach((name, value) -> Hyperparameter.named(name).check(value));
        space.parameters()
                .forEach(parameter -> Hyperparameter.named(parameter.name()).check(parameter));
        List<Parameter> parameters = new ArrayList<>();
        Set<String> gone = new HashSet<>(excluded(fixed));
        for (Parameter parameter : space.parentsFirst()) {
            if (gone.contains(parameter.name())) {
                continue;
            }
            if (!mayBeActive(parameter, fixed, gone)) {
                gone.add(parameter.name());
                continue;
            }
            List<Condition> open = parameter.when().stream()
                    .filter(condition -> !fixed.has(condition.parent()))
                    .toList();
            parameters.add(fixed.value(parameter.name())
                    .map(value -> only(parameter.name(), value, open))
                    .orElseGet(() -> withConditions(parameter, open)));
        }
        for (Map.Entry<String, Value> entry : fixed.asMap().entrySet()) {
            if (space.parameter(entry.getKey()).isEmpty()) {
                parameters.add(only(entry.getKey(), entry.getValue(), List.of()));
            }
        }
        requireOneWayToSayTheLayers(parameters);
        return new SearchSpace(parameters);
    }

    /** Naming hidden layers one by one takes the place of layers and units, and the other way round. */
    private static Set<String> excluded(Params fixed) {
        boolean list = fixed.has("hidden");
        boolean equal = fixed.has("layers") || fixed.has("units");
        if (list && equal) {
            throw oneWay();
        }
        return list ? Set.of("layers", "units") : equal ? Set.of("hidden") : Set.of();
    }

    private static void requireOneWayToSayTheLayers(List<Parameter> parameters) {
        Set<String> names = new HashSet<>();
        parameters.forEach(parameter -> names.add(parameter.name()));
        if (names.contains("hidden") && (names.contains("layers") || names.contains("units"))) {
            throw oneWay();
        }
    }

    private static SpaceException oneWay() {
        return new SpaceException("parameter hidden: must not stand beside layers or units, got both; hidden names each"
                + " layer's units, layers and units make all layers equal");
    }

    private static boolean mayBeActive(Parameter parameter, Params fixed, Set<String> gone) {
        return parameter.when().stream()
                .allMatch(condition -> !gone.contains(condition.parent())
                        && fixed.value(condition.parent()).map(condition::holds).orElse(true));
    }

    private static Parameter only(String name, Value value, List<Condition> when) {
        return new CategoricalParameter(name, List.of(value), List.of(), when);
    }

    private static Parameter withConditions(Parameter parameter, List<Condition> when) {
        if (parameter instanceof FloatParameter p) {
            return new FloatParameter(p.name(), p.low(), p.high(), p.log(), p.step(), p.grid(), p.prior(), when);
        }
        if (parameter instanceof IntParameter p) {
            return new IntParameter(p.name(), p.low(), p.high(), p.log(), p.step(), p.grid(), p.prior(), when);
        }
        CategoricalParameter p = (CategoricalParameter) parameter;
        return new CategoricalParameter(p.name(), p.choices(), p.weights(), when);
    }
}
