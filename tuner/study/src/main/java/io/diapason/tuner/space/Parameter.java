package io.diapason.tuner.space;

import java.util.List;

/** One thing to choose: its values, how likely each is beforehand, and when it is there at all. */
public sealed interface Parameter permits FloatParameter, IntParameter, CategoricalParameter {
    /**
     * The parameter's name: letters, digits and {@code _ . - /}.
     *
     * @return the name
     */
    String name();

    /**
     * When the parameter is active: all conditions must hold; always, if there are none.
     *
     * @return the conditions, each on a parent of its own
     */
    List<Condition> when();

    /**
     * The prior's quantile function: uniform numbers in, values distributed as the prior out; not falling in u.
     *
     * <p>Whole numbers and stepped numbers get the prior's mass of their cell, half a step to either side; at the ends
     * as well, so that no value is short of its share.
     *
     * @param u from 0 (the lowest value) to 1 (the highest)
     * @return the value
     */
    Value atQuantile(double u);

    /**
     * The value in this parameter's own kind, if it is one of its values: 1 becomes 1.0 for a float.
     *
     * @param value a value
     * @return the same value, as this parameter writes it
     * @throws SpaceException when the parameter cannot have the value
     */
    Value accept(Value value);

    /**
     * The values a grid tries, lowest first, all different.
     *
     * <p>Choices: all. Numbers: {@code grid} points where given; else every value, when steps leave at most 16 of them;
     * else 5. Points are evenly spaced (by factors on a log range, by quantiles of a normal prior), from the lowest to
     * the highest value, both included; one point alone is the median.
     *
     * @return at least one value
     */
    List<Value> gridPoints();

    /**
     * The parameter's definition in the space file's form.
     *
     * @return a JSON object
     */
    String toJson();
}
