package io.diapason.autograd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.op.Arithmetic;
import io.diapason.op.Elementwise;
import io.diapason.op.Index;
import io.diapason.op.Matmul;
import io.diapason.op.Reduction;
import io.diapason.op.Select;
import io.diapason.op.Softmax;
import io.diapason.tensor.DType;
import io.diapason.tensor.RandomTensors;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random graphs of smooth operations, shared parts and views, against central differences. */
class RandomGraphTest {
    private static final int GRAPHS = Boolean.getBoolean("diapason.full") ? 5_000 : 200;
    private static final int OPERATIONS = 27;

    /** Builds a graph that is a function of the seed and of the leaves' shapes alone. */
    private static final class Builder {
        private final RandomTensors random;
        private final List<Tensor> tensors;
        private final Set<Integer> used;

        Builder(long seed, List<Tensor> leaves, Set<Integer> used) {
            this.random = new RandomTensors(seed);
            this.tensors = new ArrayList<>(leaves);
            this.used = used;
        }

        Tensor build() {
            for (int length = 5 + random.below(15); length > 0; length--) {
                int operation = random.below(OPERATIONS);
                Tensor result = apply(operation, any());
                if (result != null && result.elements() > 0 && result.elements() < 100) {
                    used.add(operation);
                    tensors.add(result);
                }
            }
            Tensor total = null;
            for (Tensor tensor : tensors) {
                Tensor part = tensor.times(random.between(0.5, 1.5)).sum();
                total = total == null ? part : total.plus(part);
            }
            return total;
        }

        private Tensor any() {
            return tensors.get(random.below(tensors.size()));
        }

        /** A tensor that broadcasts with x: one of those there are, or x's mean over an axis. */
        private Tensor partner(Tensor x) {
            for (int i = 0; i < 5; i++) {
                Tensor y = any();
                boolean fits = true;
                for (int back = 1; back <= Math.min(x.shape().rank(), y.shape().rank()); back++) {
                    int a = x.shape().size(-back);
                    int b = y.shape().size(-back);
                    fits &= a == b || a == 1 || b == 1;
                }
                if (fits) {
                    return y;
                }
            }
            return x.shape().rank() == 0
                    ? x
                    : Reduction.mean(x, true, random.below(x.shape().rank()));
        }

        /** Keeps numbers small, so that differences stay exact; null where the shape does not allow the operation. */
        private Tensor apply(int operation, Tensor x) {
            int rank = x.shape().rank();
            int axis = rank == 0 ? 0 : random.below(rank);
            if (rank == 0 && operation >= 14) {
                return null;
            }
            return switch (operation) {
                case 0 -> x.plus(partner(x)).times(0.5);
                case 1 -> Arithmetic.subtract(partner(x), x).times(0.5);
                case 2 -> x.times(partner(x)).tanh();
                case 3 -> x.dividedBy(Elementwise.softplus(partner(x)).plus(1));
                case 4 -> Elementwise.softplus(x).plus(0.5).pow(partner(x).tanh());
                case 5 -> Elementwise.sin(x);
                case 6 -> Elementwise.cos(x).negate();
                case 7 -> x.sigmoid();
                case 8 -> x.times(0.3).exp();
                case 9 -> Elementwise.log1p(x.square());
                case 10 -> x.square().plus(1).sqrt();
                case 11 -> Elementwise.gelu(x);
                case 12 -> Elementwise.mish(x);
                case 13 -> Elementwise.erf(x);
                case 14 -> Reduction.sum(x, random.coin(), axis).times(0.3);
                case 15 -> Reduction.mean(x, random.coin());
                case 16 -> Reduction.logSumExp(x, random.coin(), axis);
                case 17 -> Reduction.variance(x, 0, random.coin(), axis);
                case 18 -> Reduction.norm(x.square().plus(1), random.coin(), axis);
                case 19 -> Softmax.softmax(x, axis);
                case 20 -> Softmax.logSoftmax(x, axis).times(0.2);
                case 21 -> rank < 2 ? null : x.transpose().matmul(x).tanh();
                case 22 -> rank < 2 ? x.reshape(1, -1) : random.coin() ? x.transpose() : x.flatten();
                case 23 -> Index.concat(axis, x, x.slice(axis, 0, x.shape().size(axis), 2));
                case 24 -> x.select(axis, -1).unsqueeze(0);
                case 25 -> {
                    Tensor condition = Scope.current().of(Shape.of(1), random.coin());
                    yield Select.where(condition, x, partner(x));
                }
                default -> {
                    int last = x.shape().size(axis) - 1;
                    Tensor places = Scope.current().of(Shape.of(3), last, 0, last);
                    Tensor taken = Index.indexSelect(x, axis, places);
                    yield rank == 2 && axis == 0
                            ? Matmul.linear(taken, x.transpose(), null).tanh()
                            : taken;
                }
            };
        }
    }

    @Test
    void gradientsOfRandomGraphsMatchCentralDifferences() {
        Set<Integer> used = new HashSet<>();
        for (long seed = 0; seed < GRAPHS; seed++) {
            long graph = seed;
            RandomTensors random = new RandomTensors(seed + 1_000_000);
            try (Scope scope = Scope.open()) {
                List<Tensor> inputs = new ArrayList<>();
                int[] matrix = {1 + random.below(3), 1 + random.below(4)};
                int[][] sizes = {matrix, {matrix[1]}, {}, {matrix[0], 1}};
                for (int count = 2 + random.below(3); inputs.size() < count; ) {
                    inputs.add(random.any(scope, DType.FLOAT64, sizes[inputs.size()], -1.5, 1.5)
                            .tensor());
                }
                assertEquals(
                        List.of(),
                        GradCheck.check(leaves -> new Builder(graph, leaves, used).build(), inputs, 1e-6, 1e-6),
                        "seed " + seed);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertTrue(used.size() == OPERATIONS, "every operation was used, got " + used);
    }
}
