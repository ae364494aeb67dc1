package io.diapason.parity;

import static io.diapason.parity.Computation.unary;

import io.diapason.op.Elementwise;
import io.diapason.parity.torch.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewParityTest {
    @Test
    void chainsOfViews() {
        Family.run("views", (family, drawn) -> {
            int[] shape = drawn.shape(0, 4);
            List<ViewStep> steps = new ArrayList<>();
            int[] current = shape;
            for (int i = drawn.between(1, 4); i > 0; i--) {
                current = step(drawn, steps, current);
            }
            Operand x = new Operand(drawn.numbers(drawn::normal, Case.elements(shape)), shape, steps, true);
            if (drawn.chance(0.5)) {
                family.compare(drawn, "view", List.of(x), unary(t -> t, t -> t));
            } else {
                family.compare(drawn, "square of a view", List.of(x), unary(Elementwise::square, Torch::square));
            }
        });
    }

    private static int[] step(Case drawn, List<ViewStep> steps, int... shape) {
        int rank = shape.length;
        int axis = rank == 0 ? 0 : drawn.between(0, rank - 1);
        int kind = rank == 0 ? drawn.oneOf(3, 4, 6) : drawn.between(0, 7);
        switch (kind) {
            case 0 -> {
                int[] order = drawn.permutation(rank);
                steps.add(new ViewStep.Permute(order));
                int[] result = new int[rank];
                Arrays.setAll(result, i -> shape[order[i]]);
                return result;
            }
            case 1 -> {
                int other = drawn.between(0, rank - 1);
                steps.add(new ViewStep.Transpose(drawn.axis(axis, rank), drawn.axis(other, rank)));
                int[] result = shape.clone();
                result[axis] = shape[other];
                result[other] = shape[axis];
                return result;
            }
            case 2 -> {
                int from = drawn.between(0, shape[axis]);
                int to = drawn.between(from, shape[axis]);
                int step = drawn.between(1, 3);
                steps.add(new ViewStep.Slice(drawn.axis(axis, rank), from, to, step));
                int[] result = shape.clone();
                result[axis] = (to - from + step - 1) / step;
                return result;
            }
            case 3 -> {
                steps.add(new ViewStep.Reshape(Case.elements(shape)));
                return new int[] {Case.elements(shape)};
            }
            case 4 -> {
                int at = drawn.between(0, rank);
                steps.add(new ViewStep.Unsqueeze(drawn.chance(0.5) ? at : at - rank - 1));
                int[] result = new int[rank + 1];
                result[at] = 1;
                System.arraycopy(shape, 0, result, 0, at);
                System.arraycopy(shape, at, result, at + 1, rank - at);
                return result;
            }
            case 5 -> {
                if (shape[axis] == 0) {
                    return shape;
                }
                boolean squeezes = shape[axis] == 1 && drawn.chance(0.5);
                steps.add(
                        squeezes
                                ? new ViewStep.Squeeze(drawn.axis(axis, rank))
                                : new ViewStep.Select(drawn.axis(axis, rank), drawn.between(0, shape[axis] - 1)));
                int[] result = new int[rank - 1];
                System.arraycopy(shape, 0, result, 0, axis);
                System.arraycopy(shape, axis + 1, result, axis, rank - 1 - axis);
                return result;
            }
            case 6 -> {
                int[] result = shape.clone();
                for (int i = 0; i < rank; i++) {
                    if (shape[i] == 1) {
                        result[i] = drawn.between(0, 3);
                    }
                }
                if (rank < 5 && drawn.chance(0.5)) {
                    int[] wider = new int[rank + 1];
                    wider[0] = drawn.between(1, 3);
                    System.arraycopy(result, 0, wider, 1, rank);
                    result = wider;
                }
                if (Case.elements(result) > 8000) {
                    return shape;
                }
                steps.add(new ViewStep.Expand(result));
                return result;
            }
            default -> {
                int[] result = Arrays.copyOf(shape, rank);
                int elements = Case.elements(shape);
                if (rank >= 2) {
                    result = Arrays.copyOf(shape, rank - 1);
                    result[rank - 2] = shape[rank - 2] * shape[rank - 1];
                } else if (elements % 2 == 0) {
                    result = new int[] {2, elements / 2};
                }
                steps.add(new ViewStep.Reshape(result));
                return result;
            }
        }
    }
}
