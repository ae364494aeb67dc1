package io.diapason.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diapason.nativelib.generated.Kernels;
import io.diapason.tensor.DType;
import io.diapason.tensor.RandomTensors;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Tensor;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replayed programs may lay tensors out in other ways than eager ones: float32 results must not tell. */
class LayoutBitsTest {
    private final int chosen = Kernels.dp_isa_current();

    @AfterEach
    void restoreInstructionSet() {
        Kernels.dp_isa_select(chosen);
    }

    /** Operations of one or two tensors, and reductions. */
    static Stream<Method> methods() {
        List<String> classes = List.of("Elementwise", "Arithmetic", "Reduction", "Softmax", "Comparison");
        return OpMethods.all().stream()
                .filter(method -> classes.contains(method.getDeclaringClass().getSimpleName()))
                .filter(method -> !method.getName().equals("crossEntropy"))
                .filter(method -> Arrays.stream(method.getParameterTypes()).allMatch(type -> type == Tensor.class));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void resultsHaveTheSameBitsForEveryLayoutOfTheOperands(Method method) {
        for (long seed = 0; seed < 200; seed++) {
            int isa = (int) (seed % 3);
            if (Kernels.dp_isa_supported(isa) != 0) {
                assertEquals(Kernels.DP_OK, Kernels.dp_isa_select(isa));
            }
            RandomTensors random = new RandomTensors(seed);
            try (Scope scope = Scope.open()) {
                int[] sizes = random.sizes(1 + random.below(3));
                Tensor[] views = new Tensor[method.getParameterCount()];
                Arrays.setAll(
                        views,
                        i -> random.any(scope, DType.FLOAT32, sizes, 0.1, 5).tensor());
                Tensor[] dense = Arrays.stream(views).map(Tensor::contiguous).toArray(Tensor[]::new);
                Tensor expected = (Tensor) OpMethods.invoke(method, (Object[]) dense);
                Tensor actual = (Tensor) OpMethods.invoke(method, (Object[]) views);
                assertArrayEquals(RandomTensors.doubles(expected), RandomTensors.doubles(actual), "seed " + seed);
            }
        }
    }
}
