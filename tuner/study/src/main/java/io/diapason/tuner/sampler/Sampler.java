package io.diapason.tuner.sampler;

import io.diapason.tuner.space.Params;
import io.diapason.tuner.space.SearchSpace;
import io.diapason.tuner.trial.History;
import java.util.Optional;

/**
 * Decides a trial's parameters: a pure function of its arguments.
 *
 * <p>Contract, which every sampler's test runs: equal arguments give equal answers, whatever was asked before, by
 * whatever instance, on whatever thread; every active parameter has one of its values, and no other parameter is there.
 * A sampler may cache what it computed, as long as a warm cache never changes an answer. It leaves
 * {@link io.diapason.tuner.trial.TrialRecord#seconds} alone, which no second run repeats.
 */
public interface Sampler {
    /**
     * The parameters of a trial.
     *
     * @param space what may be chosen
     * @param history what may be known: {@code history.nextNumber() == number}
     * @param seed the study's seed
     * @param number the trial's number, from 0
     * @return the parameters; or nothing when the sampler has no more to try, now and for all higher numbers
     * @throws io.diapason.tuner.space.SpaceException when the sampler cannot work on the space
     */
    Optional<Params> suggest(SearchSpace space, History history, long seed, int number);

    /**
     * How many trials the sampler has for a space before it is exhausted.
     *
     * @param space what may be chosen
     * @return the number of trials; {@link Long#MAX_VALUE} when it never ends, or ends beyond that
     * @throws io.diapason.tuner.space.SpaceException when the sampler cannot work on the space
     */
    default long size(SearchSpace space) {
        return Long.MAX_VALUE;
    }
}
