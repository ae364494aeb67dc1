package io.diapason.tuner.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.tuner.space.Parameter;
import io.diapason.tuner.space.Params;
import io.diapason.tuner.space.SearchSpace;
import io.diapason.tuner.space.SpaceException;
import io.diapason.tuner.space.Value;
import io.diapason.tuner.trial.Direction;
import io.diapason.tuner.trial.History;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GridSamplerTest extends SamplerContract {
    @Override
    Sampler sampler() {
        return new GridSampler();
    }

    @Test
    void sizeCountsActiveCombinationsOnly() {
        // optimizer × schedule: adam 2; rmsprop 4 momenta × 2 = 8; sgd 4 momenta × (nesterov off 2 + on (1 + 3)) = 24.
        // layers 1, 2, 3: 1 + 4 + 4 · 2 = 13. lr 5, hidden 2.
        assertEquals(34 * 13 * 5 * 2, new GridSampler().size(TestSpaces.CONDITIONAL));
        assertEquals(5 * 4 * 5 * 3 * 6, new GridSampler().size(TestSpaces.FLAT));
        assertEquals(1, new GridSampler().size(TestSpaces.EMPTY));
    }

    @Test
    void theWholeGridIsTriedOnceAndNothingElse() {
        for (SearchSpace space : TestSpaces.ALL.values()) {
            Set<Params> expected = new HashSet<>(enumerate(space, 0, Map.of()));
            List<Params> tried = first(space, 3, Integer.MAX_VALUE);
            assertEquals(tried.size(), new HashSet<>(tried).size());
            assertEquals(expected, new HashSet<>(tried));
            assertEquals(new GridSampler().size(space), tried.size());
        }
    }

    @Test
    void everyBeginningIsEvenInEveryFreeParameter() {
        for (long seed = 0; seed < 4; seed++) {
            for (SearchSpace space : List.of(TestSpaces.FLAT, TestSpaces.SMALL, TestSpaces.CONDITIONAL)) {
                Map<String, Map<Value, Integer>> counts = new HashMap<>();
                int trial = 0;
                for (Params params : first(space, seed, 700)) {
                    trial++;
                    params.asMap()
                            .forEach((name, value) -> counts.computeIfAbsent(name, n -> new HashMap<>())
                                    .merge(value, 1, Integer::sum));
                    for (Parameter parameter : space.parameters()) {
                        boolean free = !space.equals(TestSpaces.CONDITIONAL)
                                || parameter.name().equals("lr")
                                || parameter.name().equals("hidden");
                        if (free) {
                            double fair =
                                    trial / (double) parameter.gridPoints().size();
                            for (Value value : parameter.gridPoints()) {
                                int count = counts.getOrDefault(parameter.name(), Map.of())
                                        .getOrDefault(value, 0);
                                assertTrue(
                                        count >= Math.floor(fair) && count <= Math.ceil(fair),
                                        "seed " + seed + ", " + parameter.name() + " = " + value + ": " + count + " of "
                                                + trial);
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    void dependentParametersComeByTheirCombinations() {
        // 5 momenta of sgd and adam alone are 6 combinations: each comes as often as any other.
        SearchSpace space = SearchSpace.define(s -> {
            s.choice("optimizer", "adam", "sgd");
            s.floating("momentum", 0, 0.8).grid(5).when("optimizer", "sgd");
            s.floating("lr", 1e-4, 1).log().grid(7);
        });
        TreeMap<String, Integer> counts = new TreeMap<>();
        for (Params params : first(space, 1, 20)) {
            String momentum = params.value("momentum").map(Value::toText).orElse("");
            counts.merge(params.text("optimizer") + momentum, 1, Integer::sum);
        }
        assertEquals(Set.of("adam", "sgd0.0", "sgd0.2", "sgd0.4", "sgd0.6", "sgd0.8"), counts.keySet());
        counts.forEach((combination, count) -> assertTrue(count == 3 || count == 4, counts.toString()));
    }

    @Test
    void moreTrialsGoOnWhereFewerEnded() {
        assertEquals(
                first(TestSpaces.FLAT, 5, 30), first(TestSpaces.FLAT, 5, 90).subList(0, 30));
    }

    @Test
    void sizesBeyondLongAreTheLargestLong() {
        SearchSpace space = SearchSpace.define(s -> {
            for (int i = 0; i < 40; i++) {
                s.floating("x" + i, 0, 1);
            }
            s.choice("all", true, false);
            for (int i = 0; i < 40; i++) {
                s.floating("y" + i, 0, 1).when("all", true);
            }
        });
        assertEquals(Long.MAX_VALUE, new GridSampler().size(space));
        List<Params> tried = first(space, 1, 100);
        assertEquals(100, new HashSet<>(tried).size());
    }

    @Test
    void tooManyBranchesAreRefused() {
        SearchSpace space = SearchSpace.define(s -> {
            s.floating("lr", 0, 1)
                    .when("a", 1)
                    .when("b", 1)
                    .when("c", 1)
                    .when("d", 1)
                    .when("e", 1);
            for (String name : List.of("a", "b", "c", "d", "e")) {
                s.integer(name, 1, 16);
            }
        });
        SpaceException e = assertThrows(SpaceException.class, () -> new GridSampler().size(space));
        assertEquals(
                "grid: parameters that decide over others must have at most 100000 combinations, got more; give them"
                        + " fewer grid points",
                e.getMessage());
    }

    /** All active combinations by plain recursion, as a reference. */
    private static List<Params> enumerate(SearchSpace space, int next, Map<String, Value> chosen) {
        if (next == space.parentsFirst().size()) {
            return List.of(space.check(Params.of(chosen)));
        }
        Parameter parameter = space.parentsFirst().get(next);
        if (!space.isActive(parameter, chosen)) {
            return enumerate(space, next + 1, chosen);
        }
        List<Params> all = new ArrayList<>();
        for (Value value : parameter.gridPoints()) {
            Map<String, Value> more = new HashMap<>(chosen);
            more.put(parameter.name(), value);
            all.addAll(enumerate(space, next + 1, more));
        }
        return all;
    }

    private static List<Params> first(SearchSpace space, long seed, int trials) {
        List<Params> tried = new ArrayList<>();
        for (int n = 0; n < trials; n++) {
            Optional<Params> params = new GridSampler().suggest(space, History.none(Direction.MINIMIZE), seed, n);
            if (params.isEmpty()) {
                break;
            }
            tried.add(params.get());
        }
        return tried;
    }
}
