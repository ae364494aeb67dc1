package io.diapason.parity;

import static io.diapason.parity.Computation.binary;
import static io.diapason.parity.Computation.nary;

import io.diapason.op.Matmul;
import io.diapason.parity.torch.Torch;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatmulParityTest {
    @Test
    void productsOfVectorsMatricesAndBatches() {
        Family.run("matmul, linear", (family, drawn) -> {
            int m = drawn.size();
            int k = drawn.size();
            int n = drawn.size();
            if (Math.min(m, Math.min(k, n)) <= 3) {
                drawn.lean();
            }
            int[] batch = new int[drawn.between(1, 2)];
            Arrays.setAll(batch, axis -> drawn.oneOf(0, 1, 2, 2, 3, 5));
            int kind = drawn.kind(8);
            if (kind < 3) {
                drawn.lean();
            }
            switch (kind) {
                case 0 -> product(family, drawn, new int[] {k}, new int[] {k});
                case 1 -> product(family, drawn, new int[] {m, k}, new int[] {k});
                case 2 -> product(family, drawn, new int[] {k}, new int[] {k, n});
                case 3 -> product(family, drawn, new int[] {m, k}, new int[] {k, n});
                case 4 -> product(family, drawn, with(batch, m, k), with(batch, k, n));
                case 5 -> product(family, drawn, with(drawn.broadcasting(batch), m, k), with(batch, k, n));
                case 6 ->
                    product(
                            family,
                            drawn,
                            drawn.chance(0.5) ? with(batch, m, k) : with(batch, k),
                            drawn.chance(0.5) ? new int[] {k} : new int[] {k, n});
                default -> {
                    Operand x = drawn.floats(drawn.chance(0.5) ? new int[] {m, k} : with(batch, m, k));
                    Operand weight = drawn.floats(k, n);
                    if (drawn.chance(0.7)) {
                        family.compare(
                                drawn,
                                "linear",
                                List.of(x, weight, drawn.floats(n)),
                                nary(
                                        t -> Matmul.linear(t.get(0), t.get(1), t.get(2)),
                                        t -> Torch.linear(t.get(0), t.get(1), t.get(2))));
                    } else {
                        family.compare(
                                drawn,
                                "linear without bias",
                                List.of(x, weight),
                                binary((a, b) -> Matmul.linear(a, b, null), Torch::linear));
                    }
                }
            }
        });
    }

    private static void product(Family family, Case drawn, int[] left, int[] right) {
        family.compare(
                drawn,
                "matmul",
                List.of(drawn.floats(left), drawn.floats(right)),
                binary(Matmul::matmul, Torch::matmul));
    }

    private static int[] with(int[] batch, int... sizes) {
        int[] shape = Arrays.copyOf(batch, batch.length + sizes.length);
        System.arraycopy(sizes, 0, shape, batch.length, sizes.length);
        return shape;
    }
}
