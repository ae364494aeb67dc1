package io.diapason.op;

import static io.diapason.op.ForwardTrial.FLOATS;
import static io.diapason.op.ForwardTrial.NUMBERS;

import io.diapason.op.ForwardTrial.Case;
import io.diapason.tensor.DType;
import io.diapason.tensor.Nd;
import io.diapason.tensor.RandomTensors.Pair;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What reductions, products and softmax compute, in plain Java. */
final class ForwardGroups {
    private final List<Case> cases = new ArrayList<>();

    static List<Case> cases() {
        ForwardGroups groups = new ForwardGroups();
        groups.reductions();
        groups.products();
        groups.softmax();
        return groups.cases;
    }

    /** Some axes of a shape: as users name them, and as a mask. */
    private record Some(int[] axes, boolean[] reduced) {
        static Some of(ForwardTrial trial, int rank) {
            boolean[] reduced = new boolean[rank];
            int[] axes = new int[0];
            for (int axis = 0; axis < rank; axis++) {
                if (trial.random.coin()) {
                    reduced[axis] = true;
                    axes = Nd.inserted(
                            axes, trial.random.below(axes.length + 1), trial.random.coin() ? axis : axis - rank);
                }
            }
            if (axes.length == 0) {
                Arrays.fill(reduced, true); // none named means all
            }
            return new Some(axes, reduced);
        }

        long count(int[] sizes) {
            long count = 1;
            for (int axis = 0; axis < sizes.length; axis++) {
                count *= reduced[axis] ? sizes[axis] : 1;
            }
            return count;
        }
    }

    private void reduction(String name, DType[] types, boolean ofNothing, ToDoubleFunction<double[]> reference) {
        cases.add(Case.of("Reduction." + name + "(Tensor, boolean, int[])", trial -> {
            DType dtype = trial.dtype(types);
            Pair x = trial.operand(dtype, trial.random.sizes(), -4, 4);
            Some some = Some.of(trial, x.reference().rank());
            if (ofNothing || some.count(x.reference().sizes()) > 0) {
                boolean keepDims = trial.random.coin();
                trial.expect(
                        dtype,
                        x.reference().reduce(some.reduced(), keepDims, reference),
                        trial.call(x.tensor(), keepDims, some.axes()),
                        1e-5);
            }
        }));
    }

    private static double sum(double[] values) {
        return Arrays.stream(values).sum();
    }

    private static double squares(double[] values) {
        return Arrays.stream(values).map(x -> x * x).sum();
    }

    private static double logSumExp(double[] values) {
        double max = Arrays.stream(values).max().orElse(0);
        return max + Math.log(Arrays.stream(values).map(x -> Math.exp(x - max)).sum());
    }

    private static double variance(double[] values, double correction) {
        double mean = sum(values) / values.length;
        double sum = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
        return sum / Math.max(0, values.length - correction);
    }

    private static double argmax(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    private void reductions() {
        DType[] bool = {DType.BOOL};
        cases.add(Case.of("Reduction.sum(Tensor)", trial -> {
            DType dtype = trial.dtype(NUMBERS);
            Pair x = trial.operand(dtype, trial.random.sizes(), -4, 4);
            Nd total = new Nd(new int[0], new double[] {sum(x.reference().values())});
            trial.expect(dtype, total, trial.call(x.tensor()), 1e-5);
        }));
        reduction("sum", NUMBERS, true, ForwardGroups::sum);
        reduction("sumOfSquares", NUMBERS, true, ForwardGroups::squares);
        reduction(
                "sumOfAbsolutes",
                NUMBERS,
                true,
                values -> Arrays.stream(values).map(Math::abs).sum());
        reduction("mean", FLOATS, true, values -> sum(values) / values.length);
        reduction("norm", FLOATS, true, values -> Math.sqrt(squares(values)));
        reduction("logSumExp", FLOATS, true, ForwardGroups::logSumExp);
        reduction("max", NUMBERS, false, values -> Arrays.stream(values).max().orElseThrow());
        reduction("min", NUMBERS, false, values -> Arrays.stream(values).min().orElseThrow());
        reduction("any", bool, true, values -> Arrays.stream(values).max().orElse(0));
        reduction("all", bool, true, values -> Arrays.stream(values).min().orElse(1));
        cases.add(Case.of("Reduction.variance(Tensor, double, boolean, int[])", trial -> {
            DType dtype = trial.dtype(FLOATS);
            Pair x = trial.operand(dtype, trial.random.sizes(), -4, 4);
            Some some = Some.of(trial, x.reference().rank());
            double correction = trial.random.one(0.0, 1.0, 1.5);
            boolean keepDims = trial.random.coin();
            trial.expect(
                    dtype,
                    x.reference().reduce(some.reduced(), keepDims, values -> variance(values, correction)),
                    trial.call(x.tensor(), correction, keepDims, some.axes()),
                    1e-5);
        }));
        place("argmax", ForwardGroups::argmax);
        place("argmin", values -> argmax(Arrays.stream(values).map(x -> -x).toArray()));
    }

    private void place(String name, ToDoubleFunction<double[]> reference) {
        cases.add(Case.of("Reduction." + name + "(Tensor, boolean, int[])", trial -> {
            Pair x = trial.operand(trial.dtype(NUMBERS), trial.random.sizes(), -4, 4);
            int rank = x.reference().rank();
            boolean[] reduced = new boolean[rank];
            int[] axes = new int[0];
            if (rank == 0 || trial.random.coin()) {
                Arrays.fill(reduced, true);
            } else {
                int axis = trial.random.below(rank);
                reduced[axis] = true;
                axes = new int[] {trial.random.coin() ? axis : axis - rank};
            }
            if (new Some(axes, reduced).count(x.reference().sizes()) > 0) {
                boolean keepDims = trial.random.coin();
                trial.expect(
                        DType.INT64,
                        x.reference().reduce(reduced, keepDims, reference),
                        trial.call(x.tensor(), keepDims, axes),
                        0);
            }
        }));
    }

    private void products() {
        cases.add(Case.of("Matmul.matmul(Tensor, Tensor)", trial -> {
            DType dtype = trial.dtype(FLOATS);
            int m = trial.random.one(1, 2, 5, 9, 0);
            int k = trial.random.one(1, 3, 8, 17, 0);
            int n = trial.random.one(1, 2, 7, 20, 0);
            int[] batch =
                    trial.random.one(new int[0], new int[] {2}, new int[] {3, 2}, new int[] {1, 2}, new int[] {0});
            int[] batchA = trial.random.coin() ? new int[0] : ones(trial, batch);
            int[] batchB = trial.random.coin() ? new int[0] : ones(trial, batch);
            int[] a = trial.random.below(5) == 0 ? new int[] {k} : matrix(batchA, m, k);
            int[] b = trial.random.below(5) == 0 ? new int[] {k} : matrix(batchB, k, n);
            Pair left = trial.operand(dtype, a, -2, 2);
            Pair right = trial.operand(dtype, b, -2, 2);
            trial.expect(
                    dtype, left.reference().matmul(right.reference()), trial.call(left.tensor(), right.tensor()), 1e-5);
        }));
        cases.add(Case.of("Matmul.linear(Tensor, Tensor, Tensor)", trial -> {
            DType dtype = trial.dtype(FLOATS);
            int in = trial.random.one(1, 3, 8, 17);
            int out = trial.random.one(1, 2, 7, 20);
            int[] sizes = trial.random.sizes(trial.random.below(4));
            Pair x = trial.operand(dtype, Nd.inserted(sizes, sizes.length, in), -2, 2);
            Pair weight = trial.operand(dtype, new int[] {in, out}, -2, 2);
            Pair bias = trial.operand(dtype, new int[] {out}, -2, 2);
            boolean biased = trial.random.coin();
            Nd product = x.reference().matmul(weight.reference());
            trial.expect(
                    dtype,
                    biased ? product.zip(bias.reference(), Double::sum) : product,
                    trial.call(x.tensor(), weight.tensor(), biased ? bias.tensor() : null),
                    1e-5);
        }));
    }

    private static int[] ones(ForwardTrial trial, int[] sizes) {
        int[] some = sizes.clone();
        for (int axis = 0; axis < some.length; axis++) {
            some[axis] = trial.random.below(3) == 0 ? 1 : some[axis];
        }
        return some;
    }

    private static int[] matrix(int[] batch, int rows, int columns) {
        return Nd.inserted(Nd.inserted(batch, batch.length, rows), batch.length + 1, columns);
    }

    private static Nd logSoftmax(Nd x, int axis) {
        boolean[] reduced = new boolean[x.rank()];
        reduced[axis] = true;
        return x.zip(x.reduce(reduced, true, ForwardGroups::logSumExp), (a, b) -> a - b);
    }

    private void softmax() {
        for (String signature :
                List.of("Softmax.softmax(Tensor)", "Softmax.softmax(Tensor, int)", "Softmax.logSoftmax(Tensor, int)")) {
            cases.add(Case.of(signature, trial -> {
                DType dtype = trial.dtype(FLOATS);
                Pair x = trial.operand(dtype, trial.random.sizes(1 + trial.random.below(3)), -5, 5);
                int rank = x.reference().rank();
                boolean last = signature.endsWith("(Tensor)");
                int axis = last ? rank - 1 : trial.random.below(rank);
                Nd logarithms = logSoftmax(x.reference(), axis);
                Object[] arguments = last ? new Object[] {x.tensor()} : new Object[] {x.tensor(), axis - rank};
                trial.expect(
                        dtype,
                        signature.contains("log") ? logarithms : logarithms.map(Math::exp),
                        trial.call(arguments),
                        1e-5);
            }));
        }
        cases.add(Case.of("Softmax.crossEntropy(Tensor, Tensor)", trial -> {
            crossEntropy(trial, false, -100, 0);
        }));
        cases.add(Case.of("Softmax.crossEntropy(Tensor, Tensor, Tensor, long, double)", trial -> {
            crossEntropy(trial, trial.random.coin(), trial.random.one(-100L, 1L), trial.random.one(0.0, 0.2));
        }));
    }

    /** PyTorch's formula, as the Javadoc of crossEntropy states it. */
    private static void crossEntropy(ForwardTrial trial, boolean weighted, long ignored, double smoothing) {
        DType dtype = trial.dtype(FLOATS);
        int rows = trial.random.below(6);
        int classes = 1 + trial.random.below(5);
        Pair logits = trial.operand(dtype, new int[] {rows, classes}, -5, 5);
        Pair targets = trial.indices(new int[] {rows}, classes);
        Pair weights = trial.operand(dtype, new int[] {classes}, 1, 3);
        Nd logarithms = logSoftmax(logits.reference(), 1);
        double costs = 0;
        double total = 0;
        for (int row = 0; row < rows; row++) {
            int target = (int) targets.reference().at(row);
            if (target != ignored) {
                for (int c = 0; c < classes; c++) {
                    double share = (c == target ? 1 - smoothing : 0) + smoothing / classes;
                    costs -= share * (weighted ? weights.reference().at(c) : 1) * logarithms.at(row, c);
                }
                total += weighted ? weights.reference().at(target) : 1;
            }
        }
        Nd expected = new Nd(new int[0], new double[] {costs / total});
        Tensor classesOfRows = targets.tensor();
        boolean general = weighted || ignored != -100 || smoothing != 0;
        Tensor actual = general
                ? Softmax.crossEntropy(
                        logits.tensor(), classesOfRows, weighted ? weights.tensor() : null, ignored, smoothing)
                : Softmax.crossEntropy(logits.tensor(), classesOfRows);
        trial.expect(dtype, expected, actual, 1e-5);
    }
}
