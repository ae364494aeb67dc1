package io.diapason.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.nn.Parameter.Kind;
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
}
