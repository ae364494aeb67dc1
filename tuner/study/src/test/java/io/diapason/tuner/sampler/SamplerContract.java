package io.diapason.tuner.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.random.Rng;
import io.diapason.tuner.space.Parameter;
import io.diapason.tuner.space.Params;
import io.diapason.tuner.space.SearchSpace;
import io.diapason.tuner.study.Study;
import io.diapason.tuner.study.StudyConfig;
import io.diapason.tuner.study.Trial;
import io.diapason.tuner.trial.Direction;
import io.diapason.tuner.trial.History;
import io.diapason.tuner.trial.Outcome;
import io.diapason.tuner.trial.TrialRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every sampler owes: its test extends this class. */
abstract class SamplerContract {
    private static final int TRIALS = 40;
    private static final int PARALLELISM = 4;

    /** A new sampler, with nothing cached. */
    abstract Sampler sampler();

    @Test
    void equalQuestionsHaveEqualAnswersInAnyOrderAndOnAnyThread() {
        TestSpaces.ALL.forEach((name, space) -> {
            List<History> histories = histories(space);
            List<Optional<Params>> cold = IntStream.range(0, histories.size())
                    .mapToObj(n -> sampler().suggest(space, histories.get(n), 7, n))
                    .toList();
            Sampler warm = sampler();
            for (int n : Rng.of(5).permutation(histories.size())) {
                assertEquals(cold.get(n), warm.suggest(space, histories.get(n), 7, n), name + ", trial " + n);
            }
            List<Optional<Params>> threads = IntStream.range(0, histories.size())
                    .parallel()
                    .mapToObj(n -> warm.suggest(space, histories.get(n), 7, n))
                    .toList();
            assertEquals(cold, threads, name);
        });
    }

    @Test
    void everySuggestionLiesInTheSpaceAndHasExactlyTheActiveParameters() {
        TestSpaces.ALL.forEach((name, space) -> {
            for (Params params : suggestions(space)) {
                assertEquals(params, space.check(params), name);
                for (Parameter parameter : space.parameters()) {
                    assertEquals(
                            space.isActive(parameter, params.asMap()),
                            params.has(parameter.name()),
                            name + ": " + parameter.name() + " in " + params);
                }
            }
        });
    }

    @Test
    void theSamplerIsExhaustedAtItsSizeAndStaysSo() {
        TestSpaces.ALL.forEach((name, space) -> {
            List<Params> suggestions = suggestions(space);
            assertEquals(Math.min(TRIALS, sampler().size(space)), suggestions.size(), name);
        });
    }

    @Test
    void workersChangeNothing() {
        TestSpaces.ALL.forEach((name, space) -> {
            StudyConfig config =
                    StudyConfig.minimize(TRIALS).parallelism(PARALLELISM).seed(3);
            List<Params> alone = params(new Study(space, sampler(), config.workers(1)));
            for (int workers : new int[] {2, 4}) {
                assertEquals(alone, params(new Study(space, sampler(), config.workers(workers))), name);
            }
        });
    }

    @Test
    void theSeedMatters() {
        SearchSpace space = TestSpaces.CONDITIONAL;
        History history = History.none(Direction.MINIMIZE);
        long different = IntStream.range(0, 50)
                .mapToObj(seed -> sampler().suggest(space, history, seed, 0))
                .distinct()
                .count();
        assertTrue(different > 10, "50 seeds gave " + different + " different first trials");
    }

    private static List<Params> params(Study study) {
        return study.run(SamplerContract::objective).records().stream()
                .map(TrialRecord::params)
                .toList();
    }

    private static double objective(Trial trial) {
        // Some trials fail, so that samplers meet failures as well.
        return trial.params().hashCode() % 7 == 0 ? Double.NaN : trial.params().hashCode();
    }

    private List<Params> suggestions(SearchSpace space) {
        List<Params> suggestions = new ArrayList<>();
        boolean over = false;
        List<History> histories = histories(space);
        for (int n = 0; n < histories.size(); n++) {
            Optional<Params> params = sampler().suggest(space, histories.get(n), 7, n);
            assertTrue(params.isEmpty() || !over, "trial " + n + " comes after the sampler was exhausted");
            over = params.isEmpty();
            params.ifPresent(suggestions::add);
        }
        return suggestions;
    }

    /** Histories of a study whose parameters were drawn at random, job by job. */
    private static List<History> histories(SearchSpace space) {
        List<TrialRecord> records = new ArrayList<>();
        List<History> histories = new ArrayList<>();
        Rng rng = Rng.of(11);
        for (int n = 0; n < TRIALS; n++) {
            int seen = Math.max(0, n - PARALLELISM + 1);
            List<Params> pending =
                    records.subList(seen, n).stream().map(TrialRecord::params).toList();
            histories.add(new History(Direction.MINIMIZE, records.subList(0, seen), pending));
            Rng trial = rng.child(n);
            Params params = space.assign(parameter ->
                    parameter.atQuantile(trial.child(parameter.name()).doubleAt(0)));
            Outcome outcome = n % 5 == 0 ? new Outcome.Failed("test") : new Outcome.Complete(trial.gaussianAt(0));
            records.add(new TrialRecord(n, params, outcome, List.of(), Map.of(), 0));
        }
        return histories;
    }
}
