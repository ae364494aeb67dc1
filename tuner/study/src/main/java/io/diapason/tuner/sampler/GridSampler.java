package io.diapason.tuner.sampler;

import io.diapason.random.Rng;
import io.diapason.tuner.space.Params;
import io.diapason.tuner.space.SearchSpace;
import io.diapason.tuner.space.Value;
import io.diapason.tuner.trial.History;
import java.util.Map;
import java.util.Optional;

/**
 * Tries every combination of the parameters' grid points once, and is exhausted then.
 *
 * <p>Combinations are those of active parameters: two that differ in an inactive parameter alone are one. Parameters
 * that depend on one another count together; the rest are free of each other.
 *
 * <p>Any number of trials is an even part of the grid: after m of them, each value of a parameter without conditions
 * and children has come {@code m / points} times, rounded up or down, and so has each combination of parameters that
 * depend on one another. No two trials are the same. A study with more trials goes on where one with fewer ended.
 *
 * @see io.diapason.tuner.space.Parameter#gridPoints() what a grid tries
 */
public record GridSampler() implements Sampler {
    @Override
    public Optional<Params> suggest(SearchSpace space, History history, long seed, int number) {
        Grid grid = new Grid(space);
        if (number >= grid.size()) {
            return Optional.empty();
        }
        Map<String, Value> point = grid.at(number, Rng.of(seed).child("grid"));
        return Optional.of(space.assign(parameter -> {
            Value value = point.get(parameter.name());
            if (value == null) {
                throw new IllegalStateException(
                        "grid: every active parameter must have a value, got none for " + parameter.name());
            }
            return value;
        }));
    }

    /**
     * How many combinations there are.
     *
     * @param space what may be chosen
     * @return at least 1; {@link Long#MAX_VALUE} when there are more
     * @throws io.diapason.tuner.space.SpaceException when parameters that decide over others have more than 100,000
     *     combinations
     */
    @Override
    public long size(SearchSpace space) {
        return new Grid(space).size();
    }
}
