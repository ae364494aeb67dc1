package io.diapason.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.nn.Activation;
import io.diapason.nn.Mlp;
import io.diapason.random.Rng;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Changes of what code keeps in Java are seen. */
class JavaStateTest {
    private static final class Kept {
        int count;
        double factor = Double.NaN;
        String text = "a";
        Object other = this; // a ring
        final int[] numbers = {1, 2};
        final Object[] objects = {"x", new int[] {3}};
        final List<Object> list = new ArrayList<>(List.of("a"));
        final Map<String, Object> map = new HashMap<>(Map.of("a", 1));
        final AtomicInteger atomic = new AtomicInteger();
        final LongAdder adder = new LongAdder();
        final AtomicBoolean flag = new AtomicBoolean();
        final AtomicReference<Object> reference = new AtomicReference<>("a");
    }

    private record Holder(Kept kept) {}

    private static void assertSeen(String name, Consumer<Kept> change) {
        Kept kept = new Kept();
        JavaState state = JavaState.of(new Holder(kept));
        assertNull(state.change());
        change.accept(kept);
        assertEquals(name, state.change());
    }

    @Test
    void everyKindOfChangeIsSeenAndNamed() {
        assertSeen("field count of Kept", kept -> kept.count++);
        assertSeen("field factor of Kept", kept -> kept.factor = 1);
        assertSeen("field text of Kept", kept -> kept.text = "b");
        assertSeen("field other of Kept", kept -> kept.other = new Object());
        assertSeen("field numbers of Kept", kept -> kept.numbers[1]++);
        assertSeen("field objects of Kept", kept -> kept.objects[0] = "y");
        assertSeen("an element of field objects of Kept", kept -> ((int[]) kept.objects[1])[0]++);
        assertSeen("field list of Kept", kept -> kept.list.add("b"));
        assertSeen("field list of Kept", kept -> kept.list.set(0, "b"));
        assertSeen("field map of Kept", kept -> kept.map.put("a", 2));
        assertSeen("field atomic of Kept", kept -> kept.atomic.getAndIncrement());
        assertSeen("field adder of Kept", kept -> kept.adder.increment());
        assertSeen("field flag of Kept", kept -> kept.flag.set(true));
        assertSeen("field reference of Kept", kept -> kept.reference.set("b"));
    }

    @Test
    void arraysOfEqualHashAreToldApart() {
        int[] numbers = {0, 31};
        JavaState state = JavaState.of(numbers);
        numbers[0] = 1;
        assertNotNull(state.change());
        numbers[1] = 0;
        assertNotNull(state.change());
    }

    @Test
    void aValueThatIsSetToAnEqualOneHasNotChanged() {
        Kept kept = new Kept();
        JavaState state = JavaState.of(kept);
        kept.factor = Double.NaN;
        kept.text = new String(new char[] {'a'});
        kept.map.put("a", Integer.valueOf(1));
        assertNull(state.change());
    }

    @Test
    void whatALambdaCapturedIsSeen() {
        int[] calls = new int[1];
        Runnable counts = () -> calls[0]++;
        JavaState state = JavaState.of(counts);
        assertTrue(state.isForeign());
        counts.run();
        assertNotNull(state.change());
    }

    @Test
    void generatorsAreNamed() {
        record Noisy(Random noise) {}
        record Splitting(SplittableRandom source) {}
        assertEquals(
                "field noise of Noisy, a java.util.Random",
                JavaState.of(new Noisy(new Random(1))).generator());
        assertEquals(
                "field source of Splitting, a java.util.SplittableRandom",
                JavaState.of(new Splitting(new SplittableRandom(1))).generator());
        assertNull(JavaState.of(Rng.of(1)).generator());
    }

    @Test
    void modulesOfTheEngineAreNotForeignAndNumbersOfTensorsAreNotLookedAt() {
        try (Scope scope = Scope.open()) {
            Mlp mlp = new Mlp(scope, new Mlp.Config(2, List.of(3), 1, Activation.TANH, 0.1), Rng.of(1));
            JavaState state = JavaState.of(mlp);
            assertFalse(state.isForeign());
            Tensor weight = mlp.parameters().get(0).value();
            weight.detach().assign(weight.detach().plus(1));
            assertNull(state.change());
            record Wrapped(Mlp inner) {}
            assertTrue(JavaState.of(new Wrapped(mlp)).isForeign());
        }
    }
}
