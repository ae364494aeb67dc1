package io.diapason.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.autograd.Gradients;
import io.diapason.op.GradientTable.Row;
import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Storage;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients are changed in place by optimisers and clipping, so they may share memory with nothing. */
class GradientMemoryTest {
    static List<Row> rows() {
        return GradientTable.rows();
    }

    private static Tensor leaf(Scope scope, Row row, Shape shape, int i) {
        return scope.uniform(DType.FLOAT64, shape, row.low(), row.high(), Rng.of(1, i))
                .requireGradient();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void gradientsAreDenseAndShareMemoryWithNothing(Row row) {
        try (Scope scope = Scope.open()) {
            List<Tensor> leaves = new ArrayList<>();
            for (Shape shape : row.shapes()) {
                leaves.add(leaf(scope, row, shape, leaves.size()));
            }
            Tensor result = row.call().invoke(leaves);
            Tensor upstream = scope.full(result.dtype(), result.shape(), 1);
            Gradients gradients = result.backward(upstream);
            Set<Storage> storages = Collections.newSetFromMap(new IdentityHashMap<>());
            storages.add(upstream.storage());
            storages.add(result.storage());
            leaves.forEach(leaf -> storages.add(leaf.storage()));
            for (Tensor leaf : leaves) {
                Tensor gradient = gradients.of(leaf);
                assertNotNull(gradient, "every input has a gradient");
                assertEquals(leaf.shape(), gradient.shape());
                assertEquals(leaf.dtype(), gradient.dtype());
                assertTrue(gradient.layout().isDense());
                assertFalse(gradient.tracksGradient());
                assertTrue(storages.add(gradient.storage()), "a gradient of its own memory");
            }
            // A second walk over the same graph, with the first gradients overwritten, gives the same.
            List<double[]> first = leaves.stream()
                    .map(leaf -> gradients.of(leaf).toDoubleArray())
                    .toList();
            gradients.zero();
            Gradients again = result.backward(upstream);
            for (int i = 0; i < leaves.size(); i++) {
                assertArrayEquals(first.get(i), again.of(leaves.get(i)).toDoubleArray());
            }
        }
    }
}
