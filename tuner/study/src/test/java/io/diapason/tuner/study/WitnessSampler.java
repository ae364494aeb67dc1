package io.diapason.tuner.study;

import io.diapason.tuner.sampler.Sampler;
import io.diapason.tuner.space.Params;
import io.diapason.tuner.space.SearchSpace;
import io.diapason.tuner.trial.History;
import io.diapason.tuner.trial.TrialRecord;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** A sampler whose every suggestion depends on every value and parameter that it is given; it notes what it saw. */
final class WitnessSampler implements Sampler {
    static final SearchSpace SPACE = SearchSpace.define(s -> s.floating("x", 0, 1));

    final Map<Integer, History> seen = new ConcurrentSkipListMap<>();

    @Override
    public Optional<Params> suggest(SearchSpace space, History history, long seed, int number) {
        seen.put(number, history);
        long hash = seed;
        for (TrialRecord trial : history.records()) {
            hash = 31 * hash
                    + 7L * trial.number()
                    + trial.outcome().hashCode()
                    + trial.params().hashCode();
        }
        for (Params params : history.pending()) {
            hash = 1_000_003 * hash + params.hashCode();
        }
        double x = ((hash * 0x9E3779B97F4A7C15L) >>> 11) * 0x1.0p-53;
        return Optional.of(Params.empty().with("x", x));
    }
}
