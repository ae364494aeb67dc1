package io.diapason.optim;

import static io.diapason.optim.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.diapason.autograd.Gradients;
import io.diapason.nn.Parameter;
import io.diapason.nn.Parameter.Kind;
import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An optimiser that was restored goes on as if it had never been interrupted. */
class StateTest {
    private static final long SEED = Long.getLong("diapason.seed", 6);

    static Stream<Arguments> configurationsAndTypes() {
        return Problems.configurations()
                .flatMap(config -> Stream.of(arguments(config, DType.FLOAT64), arguments(config, DType.FLOAT32)));
    }

    @ParameterizedTest
    @MethodSource("configurationsAndTypes")
    void restoringEqualsGoingOnBitForBit(OptimizerConfig config, DType dtype) {
        try (Scope scope = Scope.open()) {
            Parameter[] parameters = parameters(scope, dtype);
            Optimizer optimizer = config.over(scope, List.of(parameters));
            steps(scope, optimizer, parameters, 0, 7);
            Map<String, HeapTensor> saved = optimizer.state();
            List<HeapTensor> values = values(parameters);

            steps(scope, optimizer, parameters, 7, 20);
            Parameter[] others = parameters(scope, dtype);
            for (int i = 0; i < others.length; i++) {
                values.get(i).copyTo(others[i].value());
            }
            Optimizer restored = config.over(scope, List.of(others));
            restored.restore(saved);
            assertEquals(saved, restored.state());
            steps(scope, restored, others, 7, 20);

            assertEquals(values(parameters), values(others), "seed " + SEED);
            assertEquals(optimizer.state(), restored.state());
        }
    }

    @Test
    void groupsAreRestoredBitForBit() {
        try (Scope scope = Scope.open()) {
            Parameter[] parameters = parameters(scope, DType.FLOAT32);
            Parameter[] others = parameters(scope, DType.FLOAT32);
            Optimizer optimizer = grouped(scope, parameters);
            steps(scope, optimizer, parameters, 0, 5);
            Optimizer restored = grouped(scope, others);
            restored.restore(optimizer.state());
            for (int i = 0; i < others.length; i++) {
                others[i].value().assign(parameters[i].value());
            }
            steps(scope, optimizer, parameters, 5, 12);
            steps(scope, restored, others, 5, 12);
            assertEquals(values(parameters), values(others), "seed " + SEED);
        }
    }

    /** Of two groups with other configurations, each is changed as by an optimiser of its own. */
    @Test
    void eachGroupFollowsItsOwnConfiguration() {
        try (Scope scope = Scope.open()) {
            Parameter[] together = parameters(scope, DType.FLOAT64);
            Parameter[] apart = parameters(scope, DType.FLOAT64);
            Optimizer both = grouped(scope, together);
            Optimizer head = new Adam(0.01).over(scope, List.of(apart[0], apart[1]));
            Optimizer body = new Sgd(0.001, 0.9, true, 0.1).over(scope, List.of(apart[2]));
            both.learningRateFactor(0.5);
            head.learningRateFactor(0.5);
            body.learningRateFactor(0.5);
            both.momentumFactor(0.9);
            head.momentumFactor(0.9);
            body.momentumFactor(0.9);
            for (int step = 0; step < 6; step++) {
                both.step(gradients(scope, together, step));
                Gradients gradients = gradients(scope, apart, step);
                head.step(gradients);
                body.step(gradients);
            }
            assertEquals(values(apart), values(together), "seed " + SEED);
        }
    }

    @Test
    void theStateOfGroupsStandsUnderTheirNames() {
        try (Scope scope = Scope.open()) {
            assertEquals(
                    List.of(
                            "head.0.weight.steps",
                            "head.0.weight.m",
                            "head.0.weight.v",
                            "head.0.bias.steps",
                            "head.0.bias.m",
                            "head.0.bias.v",
                            "head.learning_rate_factor",
                            "head.momentum_factor",
                            "body.1.weight.steps",
                            "body.1.weight.velocity",
                            "body.learning_rate_factor",
                            "body.momentum_factor"),
                    List.copyOf(grouped(scope, parameters(scope, DType.FLOAT32))
                            .state()
                            .keySet()));
        }
    }

    @Test
    void aStateThatDoesNotFitIsRefusedAndChangesNothing() {
        try (Scope scope = Scope.open()) {
            Parameter[] parameters = parameters(scope, DType.FLOAT32);
            Optimizer optimizer = new NAdam(0.1).over(scope, List.of(parameters));
            Map<String, HeapTensor> fresh = optimizer.state();
            steps(scope, optimizer, parameters, 0, 3);
            Map<String, HeapTensor> saved = optimizer.state();
            assertNotEquals(fresh, saved);
            optimizer.restore(fresh);

            assertRefused(
                    "nadam: a state must hold 0.bias.v, got one without; it must come from an object made in the same"
                            + " way",
                    () -> optimizer.restore(without(saved, "0.bias.v")));
            assertRefused(
                    "nadam: a state must hold nothing unknown, got 2.weight.m; it must come from an object made in the"
                            + " same way",
                    () -> optimizer.restore(with(saved, "2.weight.m", HeapTensor.of(1))));
            assertRefused(
                    "nadam: 1.weight.m of a state must be float32 [], got float64 []",
                    () -> optimizer.restore(with(saved, "1.weight.m", HeapTensor.of(1.0))));
            assertRefused(
                    "nadam: 1.weight.steps of a state must be at least 0, got -1",
                    () -> optimizer.restore(with(saved, "1.weight.steps", HeapTensor.of(-1))));
            assertRefused(
                    "optimizer: the momentum's factor must be above 0 and at most 1, got 2.0",
                    () -> optimizer.restore(with(saved, "momentum_factor", HeapTensor.of(2.0))));
            assertEquals(fresh, optimizer.state());
        }
    }

    @Test
    void groupsRefuseAStateAsAWhole() {
        try (Scope scope = Scope.open()) {
            Parameter[] parameters = parameters(scope, DType.FLOAT32);
            Optimizer optimizer = grouped(scope, parameters);
            Map<String, HeapTensor> fresh = optimizer.state();
            steps(scope, optimizer, parameters, 0, 3);
            Map<String, HeapTensor> saved = optimizer.state();
            optimizer.restore(fresh);
            assertRefused(
                    "sgd: 1.weight.steps of a state must be at least 0, got -1",
                    () -> optimizer.restore(with(saved, "body.1.weight.steps", HeapTensor.of(-1))));
            assertEquals(fresh, optimizer.state());
            assertRefused(
                    "groups: a state must hold head.0.weight.m, got one without; it must come from an object made in"
                            + " the same way",
                    () -> optimizer.restore(without(saved, "head.0.weight.m")));
        }
    }

    private static Optimizer grouped(Scope scope, Parameter[] parameters) {
        return Grouped.of(new Sgd(1))
                .and("head", parameter -> parameter.name().startsWith("0."), new Adam(0.01))
                .and("body", parameter -> parameter.name().startsWith("1."), new Sgd(0.001, 0.9, true, 0.1))
                .over(scope, List.of(parameters));
    }

    private static Parameter[] parameters(Scope scope, DType dtype) {
        Rng rng = Rng.of(SEED);
        return new Parameter[] {
            Problems.parameter(scope, dtype, "0.weight", Kind.WEIGHT, Shape.of(3, 5), rng.child(0)),
            Problems.parameter(scope, dtype, "0.bias", Kind.BIAS, Shape.of(5), rng.child(1)),
            Problems.parameter(scope, dtype, "1.weight", Kind.WEIGHT, Shape.scalar(), rng.child(2))
        };
    }

    private static void steps(Scope scope, Optimizer optimizer, Parameter[] parameters, int from, int to) {
        for (int step = from; step < to; step++) {
            optimizer.learningRateFactor(1.0 / (step + 1));
            optimizer.step(gradients(scope, parameters, step));
        }
    }

    private static Gradients gradients(Scope scope, Parameter[] parameters, int step) {
        Gradients gradients = Problems.gradients(scope, parameters);
        for (int i = 0; i < parameters.length; i++) {
            Problems.fill(gradients, parameters[i], Rng.of(SEED).child(step).child(i));
        }
        return gradients;
    }

    private static List<HeapTensor> values(Parameter[] parameters) {
        return Stream.of(parameters)
                .map(Parameter::value)
                .map(HeapTensor::copyOf)
                .toList();
    }

    private static Map<String, HeapTensor> with(Map<String, HeapTensor> state, String name, HeapTensor tensor) {
        Map<String, HeapTensor> changed = new LinkedHashMap<>(state);
        changed.put(name, tensor);
        return changed;
    }

    private static Map<String, HeapTensor> without(Map<String, HeapTensor> state, String name) {
        Map<String, HeapTensor> changed = new LinkedHashMap<>(state);
        changed.remove(name);
        return changed;
    }
}
