package io.diapason.tuner.space;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One of some choices.
 *
 * @param name the parameter's name
 * @param choices at least one; all different, where 1 and 1.0 are the same
 * @param weights how likely each choice is, up to a common factor, all above 0; empty when all are as likely
 * @param when the conditions, all of which must hold
 */
public record CategoricalParameter(String name, List<Value> choices, List<Double> weights, List<Condition> when)
        implements Parameter {
    /**
     * Checks name, choices, weights and conditions.
     *
     * @param name the parameter's name
     * @param choices the choices
     * @param weights their weights
     * @param when the conditions
     * @throws SpaceException when one of them does not hold
     */
    public CategoricalParameter {
        NumberRange.checkName(name);
        choices = List.copyOf(choices);
        weights = List.copyOf(weights);
        when = List.copyOf(when);
        NumberRange.checkWhen(name, when);
        String thing = "parameter " + name + ": ";
        if (choices.isEmpty()) {
            throw new SpaceException(thing + "choices must hold at least one value, got none");
        }
        List<Value> seen = new ArrayList<>();
        for (Value choice : choices) {
            if (seen.stream().anyMatch(choice::sameAs)) {
                throw new SpaceException(thing + "choices must differ, got " + choice.toJson() + " twice");
            }
            seen.add(choice);
        }
        if (!weights.isEmpty() && weights.size() != choices.size()) {
            throw new SpaceException(thing + "there must be one weight a choice, got " + weights.size()
                    + " weights and " + choices.size() + " choices");
        }
        double sum = 0;
        for (double weight : weights) {
            if (!(weight > 0 && Double.isFinite(weight))) {
                throw new SpaceException(thing + "weights must be finite and above 0, got " + JsonText.number(weight));
            }
            sum += weight;
        }
        if (!Double.isFinite(sum)) {
            throw new SpaceException(thing + "the sum of the weights must be finite, got " + JsonText.number(sum));
        }
    }

    /**
     * Whether the choices have an order that samplers may use: all of them are numbers.
     *
     * @return true when all choices are numbers
     */
    public boolean ordered() {
        return choices.stream().allMatch(choice -> choice instanceof Value.Numeric);
    }

    @Override
    public Value atQuantile(double u) {
        NumberRange.checkQuantile(name, u);
        if (weights.isEmpty()) {
            return choices.get((int) Math.min(choices.size() - 1.0, Math.floor(u * choices.size())));
        }
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        double upTo = 0;
        for (int i = 0; i < choices.size() - 1; i++) {
            upTo += weights.get(i);
            if (u * sum < upTo) {
                return choices.get(i);
            }
        }
        return choices.get(choices.size() - 1);
    }

    @Override
    public Value accept(Value value) {
        for (Value choice : choices) {
            if (choice.sameAs(value)) {
                return choice;
            }
        }
        throw new SpaceException("parameter " + name + ": value must be one of "
                + choices.stream().map(Value::toJson).collect(Collectors.joining(", ")) + ", got " + value.toJson());
    }

    @Override
    public List<Value> gridPoints() {
        return choices;
    }

    @Override
    public String toJson() {
        return new ParameterText("categorical")
                .choices(choices)
                .weights(weights)
                .when(when)
                .toString();
    }
}
