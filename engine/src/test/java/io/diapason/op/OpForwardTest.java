package io.diapason.op;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diapason.nativelib.generated.Kernels;
import io.diapason.op.ForwardTrial.Case;
import io.diapason.tensor.Scope;
import java.lang.reflect.Method;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The result of every operation against loops in plain Java: random shapes, types, layouts and numbers. */
class OpForwardTest {
    private static final int TRIALS = Boolean.getBoolean("diapason.full") ? 5_000 : 300;

    private final int chosen = Kernels.dp_isa_current();

    @AfterEach
    void restoreInstructionSet() {
        Kernels.dp_isa_select(chosen);
    }

    static Stream<Case> cases() {
        return Stream.of(ForwardElements.cases(), ForwardGroups.cases(), ForwardPlaces.cases())
                .flatMap(List::stream);
    }

    @Test
    void everyOperationHasAReference() {
        TreeSet<String> missing = new TreeSet<>();
        for (Method method : OpMethods.all()) {
            if (method.getReturnType() != void.class) {
                missing.add(OpMethods.signature(method));
            }
        }
        cases().forEach(one -> missing.remove(one.toString()));
        assertEquals(List.of(), List.copyOf(missing));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void resultsAreThoseOfPlainLoops(Case one) {
        for (long seed = 0; seed < TRIALS; seed++) {
            // The instruction sets take turns.
            int isa = (int) (seed / 2 % 3);
            if (Kernels.dp_isa_supported(isa) != 0) {
                assertEquals(Kernels.DP_OK, Kernels.dp_isa_select(isa));
            }
            try (Scope scope = Scope.open()) {
                one.body().run(new ForwardTrial(one.method(), seed, scope));
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + one, e);
            }
        }
    }
}
