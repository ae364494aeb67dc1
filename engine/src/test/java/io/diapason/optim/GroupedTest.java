package io.diapason.optim;

import static io.diapason.optim.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.nn.Parameter;
import io.diapason.nn.Parameter.Kind;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The configuration of groups; what it does in training stands in {@code io.diapason.train}. */
class GroupedTest {
    private static final Grouped WEIGHTS_ALONE =
            Grouped.of(new Sgd(1e-30)).and("weights", parameter -> parameter.kind() == Kind.WEIGHT, new Sgd(0.1));

    @Test
    void anotherLearningRateKeepsTheProportions() {
        assertEquals(1e-30, WEIGHTS_ALONE.learningRate());
        Grouped faster = WEIGHTS_ALONE.withLearningRate(2e-30);
        assertEquals(2e-30, faster.learningRate());
        assertEquals(0.2, faster.groups().get(0).config().learningRate(), 1e-15);
    }

    @Test
    void namesMustDifferAndBeWords() {
        for (String name : List.of("weights", "rest")) {
            assertEquals(
                    "groups: each must have a name of its own that is not rest, got " + name,
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> WEIGHTS_ALONE.and(name, parameter -> true, new Sgd(1)))
                            .getMessage());
        }
        for (String name : List.of("", "a.b")) {
            assertEquals(
                    "group: the name must not be empty and hold no dot, got \"" + name + "\"",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> WEIGHTS_ALONE.and(name, parameter -> true, new Sgd(1)))
                            .getMessage());
        }
    }

    @Test
    void whatCannotBeSteppedTogetherIsRefused() {
        try (Scope scope = Scope.open()) {
            Parameter a = new Parameter("a", scope.zeros(Shape.of(2)), Kind.WEIGHT);
            Parameter b = new Parameter("b", scope.zeros(Shape.of(2)), Kind.WEIGHT);
            assertRefused(
                    "groups: a parameter must be there once, got the tensor of a twice",
                    () -> WEIGHTS_ALONE.over(scope, List.of(a, b, a)));
            Grouped search = WEIGHTS_ALONE.and("two", parameter -> true, new Lbfgs(1));
            search.over(scope, List.of(a, b)); // a group without parameters needs no optimiser
            assertRefused(
                    "groups: lbfgs must optimise all parameters by itself, got group rest; its line search needs the"
                            + " whole loss",
                    () -> Grouped.of(new Lbfgs(1)).over(scope, List.of(a, b)));
        }
    }
}
