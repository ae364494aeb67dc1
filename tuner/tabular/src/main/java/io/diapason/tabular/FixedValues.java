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
import java.util.Set;

/** Joins values that a user fixed with a space: they win, and what they make impossible goes. */
final class FixedValues {
    private FixedValues() {}

    /**
     * The space in which fixed parameters have one choice.
     *
     * <p>A fixed value is there in every trial, whatever the space made it depend on: who sets the momentum has it with
     * every optimiser. A parameter that depends on a fixed one goes when the fixed value rules it out, and is free of
     * that condition otherwise. Fixing {@code hidden} takes away {@code layers} and {@code units} with all that depends
     * on them, and the other way round.
     *
     * @param space of names of {@link Hyperparameter}
     * @param fixed values that win
     * @return the parameters in the space's order, then the fixed ones that it lacks
     * @throws SpaceException when a name or value is none of a perceptron's, or names exclude one another
     */
    static SearchSpace in(SearchSpace space, Params fixed) {
        Set<String> named = new Hyperparameters(fixed).params().asMap().keySet();
        space.parameters()
                .forEach(parameter -> Hyperparameter.named(parameter.name()).check(parameter));
        Set<String> gone = gone(space, fixed);
        List<Parameter> parameters = new ArrayList<>();
        for (Parameter parameter : space.parameters()) {
            if (!named.contains(parameter.name()) && !gone.contains(parameter.name())) {
                parameters.add(withoutConditionsOn(named, parameter));
            } else {
                fixed.value(parameter.name()).ifPresent(value -> parameters.add(only(parameter.name(), value)));
            }
        }
        fixed.asMap().forEach((name, value) -> {
            if (space.parameter(name).isEmpty()) {
                parameters.add(only(name, value));
            }
        });
        Hyperparameters.requireOneWayToSayTheLayers(
                parameters.stream().map(Parameter::name).toList());
        return new SearchSpace(parameters);
    }

    /** The names of what no trial can have beside the fixed values. */
    private static Set<String> gone(SearchSpace space, Params fixed) {
        Set<String> gone = new HashSet<>();
        if (fixed.has("hidden")) {
            gone.addAll(List.of("layers", "units"));
        } else if (fixed.has("layers") || fixed.has("units")) {
            gone.add("hidden");
        }
        for (Parameter parameter : space.parentsFirst()) {
            if (!fixed.has(parameter.name())
                    && !parameter.when().stream().allMatch(condition -> mayHold(condition, fixed, gone))) {
                gone.add(parameter.name());
            }
        }
        return gone;
    }

    private static boolean mayHold(Condition condition, Params fixed, Set<String> gone) {
        return fixed.value(condition.parent())
                .map(condition::holds)
                .orElseGet(() -> !gone.contains(condition.parent()));
    }

    private static Parameter only(String name, Value value) {
        return new CategoricalParameter(name, List.of(value), List.of(), List.of());
    }

    private static Parameter withoutConditionsOn(Set<String> parents, Parameter parameter) {
        List<Condition> when = parameter.when().stream()
                .filter(condition -> !parents.contains(condition.parent()))
                .toList();
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
