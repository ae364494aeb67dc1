package io.diapason.tuner.sampler;

import io.diapason.random.Rng;
import io.diapason.tuner.space.Params;
import io.diapason.tuner.space.SearchSpace;
import io.diapason.tuner.trial.History;
import java.util.Optional;

/**
 * Draws each active parameter independently from its prior.
 *
 * <p>A parameter's number is a function of (seed, trial number, the parameter's name) alone, so adding a parameter to a
 * space, or activating one, changes the value of no other.
 *
 * <p>Source: Bergstra, Bengio, «Random search for hyper-parameter optimization», JMLR 13, 2012.
 */
public record RandomSampler() implements Sampler {
    @Override
    public Optional<Params> suggest(SearchSpace space, History history, long seed, int number) {
        Rng trial = Rng.of(seed).child("sampler").child(number);
        return Optional.of(space.assign(
                parameter -> parameter.atQuantile(trial.child(parameter.name()).doubleAt(0))));
    }
}
