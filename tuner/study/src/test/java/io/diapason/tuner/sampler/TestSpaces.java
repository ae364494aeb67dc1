package io.diapason.tuner.sampler;

import io.diapason.tuner.space.SearchSpace;
import java.util.List;
import java.util.Map;

/** Spaces that every sampler must cope with. */
final class TestSpaces {
    static final SearchSpace FLAT = SearchSpace.define(s -> {
        s.floating("lr", 1e-4, 1e-1).log();
        s.integer("layers", 1, 4);
        s.integer("units", 16, 512).log();
        s.choice("activation", "relu", "tanh", "gelu").weights(3, 1, 2);
        s.floating("dropout", 0, 0.5).step(0.1);
    });

    /** Two groups of dependent parameters, a child before its parents, a child of two parents, a grandchild. */
    static final SearchSpace CONDITIONAL = SearchSpace.define(s -> {
        s.floating("momentum", 0, 0.99).grid(4).when("optimizer", "sgd", "rmsprop");
        s.choice("optimizer", "adam", "sgd", "rmsprop");
        s.choice("nesterov", true, false).when("optimizer", "sgd");
        s.integer("warmup", 1, 3).when("nesterov", true).when("schedule", "cosine");
        s.choice("schedule", "none", "cosine");
        s.floating("lr", 1e-4, 1e-1).log().normal(1e-3, 2).grid(5);
        s.integer("layers", 1, 3);
        s.integer("units2", 8, 32).step(8).whenAtLeast("layers", 2);
        s.integer("units3", 8, 16).step(8).whenAtLeast("layers", 3);
        s.choice("hidden", List.of(64), List.of(128, 64));
    });

    static final SearchSpace SMALL = SearchSpace.define(s -> {
        s.integer("x", 0, 5);
        s.integer("y", 0, 5);
    });

    static final SearchSpace EMPTY = new SearchSpace(List.of());

    static final Map<String, SearchSpace> ALL =
            Map.of("flat", FLAT, "conditional", CONDITIONAL, "small", SMALL, "empty", EMPTY);

    private TestSpaces() {}
}
