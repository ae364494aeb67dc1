package io.diapason.parity;

import static io.diapason.parity.Computation.binary;
import static io.diapason.parity.Computation.nary;

import io.diapason.loss.CosineEmbedding;
import io.diapason.loss.CrossEntropy;
import io.diapason.loss.Loss;
import io.diapason.loss.NegativeLogLikelihood;
import io.diapason.loss.Reduce;
import io.diapason.parity.torch.Torch;
import io.diapason.parity.torch.TorchLoss;
import io.diapason.parity.torch.TorchTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class LossParityTest {
    @Test
    void lossesOfClasses() {
        Family.run("losses of classes", 2, (family, drawn) -> {
            int rows = drawn.size();
            int classes = drawn.between(1, 12);
            Reduce reduction = drawn.pick(Reduce.values());
            double[] weights =
                    drawn.chance(0.5) ? drawn.numbers(() -> drawn.magnitude(0.1, 10), classes) : new double[0];
            long ignored = drawn.chance(0.5) ? -100 : drawn.between(0, classes - 1);
            double smoothing = drawn.chance(0.5) ? 0 : drawn.uniform(0, 0.9);
            Operand targets = drawn.indices(classes, rows);
            if (drawn.chance(0.3)) {
                targets = ignoring(drawn, targets, ignored);
            }
            Operand logits = drawn.viewedWithoutRepeating(spread(drawn), rows, classes);
            String how = reduction + (weights.length > 0 ? ", weighted" : "") + ", smoothed " + smoothing;
            List<Operand> operands = new ArrayList<>(List.of(logits, targets));
            if (weights.length > 0) {
                operands.add(Operand.of(weights, classes).constant());
            }
            List<Double> each = Arrays.stream(weights).boxed().toList();
            switch (drawn.kind(3)) {
                case 0 -> {
                    CrossEntropy loss = new CrossEntropy(each, ignored, smoothing, reduction);
                    family.compare(
                            drawn,
                            "cross-entropy " + how,
                            operands,
                            nary(
                                    x -> loss.of(x.get(0), x.get(1)),
                                    x -> TorchLoss.crossEntropy(
                                            x.get(0), x.get(1), third(x), reduction, ignored, smoothing)));
                }
                case 1 -> {
                    operands.set(1, probabilities(drawn, rows, classes));
                    CrossEntropy loss = new CrossEntropy(each, -100, smoothing, reduction);
                    family.compare(
                            drawn,
                            "cross-entropy with probabilities " + how,
                            operands,
                            nary(
                                    x -> loss.of(x.get(0), x.get(1)),
                                    x -> TorchLoss.crossEntropy(
                                            x.get(0), x.get(1), third(x), reduction, -100, smoothing)));
                }
                default -> {
                    operands.set(
                            0, drawn.viewedWithoutRepeating(() -> -Math.abs(drawn.normal()) - 0.01, rows, classes));
                    NegativeLogLikelihood loss = new NegativeLogLikelihood(each, ignored, reduction);
                    family.compare(
                            drawn,
                            "negative log-likelihood " + how,
                            operands,
                            nary(
                                    x -> loss.of(x.get(0), x.get(1)),
                                    x -> TorchLoss.nll(x.get(0), x.get(1), third(x), reduction, ignored)));
                }
            }
        });
    }

    @Test
    void lossesOfNumbers() {
        Family.run("losses of numbers", 2, (family, drawn) -> {
            int[] shape = drawn.shape(1, 3);
            Reduce reduction = drawn.pick(Reduce.values());
            // Now and then equal to their targets, where losses have kinks.
            boolean tied = drawn.chance(0.3);
            Operand prediction = tied ? drawn.tied(shape) : drawn.viewed(drawn::normal, shape);
            Operand target = (tied ? drawn.tied(shape) : drawn.viewed(drawn::normal, shape)).constant();
            double number = drawn.magnitude(0.1, 3);
            switch (drawn.kind(8)) {
                case 0 ->
                    two(
                            family,
                            drawn,
                            "mean squared error",
                            prediction,
                            target,
                            Loss.meanSquaredError().reduced(reduction),
                            (p, t) -> TorchLoss.mse(p, t, reduction));
                case 1 ->
                    two(
                            family,
                            drawn,
                            "mean absolute error",
                            prediction,
                            target,
                            Loss.meanAbsoluteError().reduced(reduction),
                            (p, t) -> TorchLoss.l1(p, t, reduction));
                case 2 ->
                    two(
                            family,
                            drawn,
                            "huber " + number,
                            prediction,
                            target,
                            Loss.huber(number).reduced(reduction),
                            (p, t) -> TorchLoss.huber(p, t, reduction, number));
                case 3 ->
                    two(
                            family,
                            drawn,
                            "smooth L1 " + number,
                            prediction,
                            target,
                            Loss.smoothL1(number).reduced(reduction),
                            (p, t) -> TorchLoss.smoothL1(p, t, reduction, number));
                case 4 -> binaryCrossEntropy(family, drawn, reduction, shape);
                case 5 -> quantile(family, drawn, reduction);
                case 6 -> cosine(family, drawn, reduction);
                default -> cosineEmbedding(family, drawn, reduction);
            }
        });
    }

    private static void two(
            Family family,
            Case drawn,
            String what,
            Operand prediction,
            Operand target,
            Loss ours,
            BinaryOperator<TorchTensor> theirs) {
        family.compare(drawn, what + " " + ours.reduction(), List.of(prediction, target), binary(ours::of, theirs));
    }

    private static void binaryCrossEntropy(Family family, Case drawn, Reduce reduction, int... shape) {
        Operand logits = drawn.viewed(spread(drawn), shape);
        Operand target = drawn.viewed(drawn.chance(0.5) ? () -> drawn.between(0, 1) : () -> drawn.uniform(0, 1), shape)
                .constant();
        int last = shape[shape.length - 1];
        double[] weights = drawn.chance(0.5) || last == 0
                ? new double[0]
                : drawn.numbers(() -> drawn.magnitude(0.1, 10), drawn.chance(0.5) ? 1 : last);
        List<Operand> operands = new ArrayList<>(List.of(logits, target));
        if (weights.length > 0) {
            operands.add(Operand.of(weights, weights.length).constant());
        }
        Loss loss =
                Loss.binaryCrossEntropyWithLogits().positiveWeighted(weights).reduced(reduction);
        family.compare(
                drawn,
                "binary cross-entropy " + reduction + " " + weights.length + " weights",
                operands,
                nary(
                        x -> loss.of(x.get(0), x.get(1)),
                        x -> TorchLoss.binaryCrossEntropyWithLogits(x.get(0), x.get(1), third(x), reduction)));
    }

    /** max(q e, (q - 1) e) of e = target - prediction, composed of libtorch's operations: it has no such loss. */
    private static void quantile(Family family, Case drawn, Reduce reduction) {
        int rows = drawn.size();
        double[] levels = drawn.numbers(() -> drawn.uniform(0.05, 0.95), drawn.between(1, 4));
        Loss loss = Loss.quantile(levels).reduced(reduction);
        family.compare(
                drawn,
                "quantile " + reduction,
                List.of(
                        drawn.floats(rows, levels.length),
                        drawn.floats(rows, 1).constant(),
                        Operand.of(levels, levels.length).constant()),
                nary(x -> loss.of(x.get(0), x.get(1)), x -> {
                    TorchTensor error = Torch.sub(x.get(1), x.get(0));
                    TorchTensor above = Torch.mul(error, x.get(2));
                    TorchTensor below = Torch.mul(error, Torch.add(x.get(2), -1));
                    return TorchLoss.reduced(Torch.maximum(above, below), reduction);
                }));
    }

    private static void cosine(Family family, Case drawn, Reduce reduction) {
        int rows = drawn.size();
        int features = drawn.between(3, 33);
        Loss loss = Loss.cosine().reduced(reduction);
        family.compare(
                drawn,
                "cosine " + reduction,
                List.of(
                        drawn.viewedWithoutRepeating(drawn::normal, rows, features),
                        drawn.viewedWithoutRepeating(drawn::normal, rows, features)
                                .constant(),
                        Operand.of(drawn.numbers(() -> 1, rows), rows).constant()),
                nary(
                        x -> loss.of(x.get(0), x.get(1)),
                        x -> TorchLoss.cosineEmbedding(x.get(0), x.get(1), x.get(2), 0, reduction)));
    }

    private static void cosineEmbedding(Family family, Case drawn, Reduce reduction) {
        int rows = drawn.size();
        int features = drawn.between(3, 33);
        double margin = drawn.uniform(-0.5, 0.5);
        CosineEmbedding loss = Loss.cosineEmbedding(margin).reduced(reduction);
        family.compare(
                drawn,
                "cosine embedding " + margin + " " + reduction,
                List.of(
                        drawn.viewedWithoutRepeating(drawn::normal, rows, features),
                        drawn.viewedWithoutRepeating(drawn::normal, rows, features),
                        Operand.of(drawn.numbers(() -> drawn.chance(0.5) ? 1 : -1, rows), rows)
                                .constant()),
                nary(
                        x -> loss.of(x.get(0), x.get(1), x.get(2)),
                        x -> TorchLoss.cosineEmbedding(x.get(0), x.get(1), x.get(2), margin, reduction)));
    }

    private static DoubleSupplier spread(Case drawn) {
        double scale = drawn.oneOf(0.1, 1, 1, 5);
        return () -> drawn.normal() * scale;
    }

    private static Operand ignoring(Case drawn, Operand targets, long ignored) {
        long[] values = ((long[]) targets.values()).clone();
        boolean all = drawn.chance(0.2);
        for (int i = 0; i < values.length; i++) {
            values[i] = all || drawn.chance(0.4) ? ignored : values[i];
        }
        return Operand.of(values, targets.base());
    }

    /** Rows of positive numbers that add up to 1, but for rounding. */
    private static Operand probabilities(Case drawn, int rows, int classes) {
        double[] values = drawn.numbers(() -> drawn.uniform(0.01, 1), rows * classes);
        for (int row = 0; row < rows; row++) {
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                sum += values[row * classes + c];
            }
            for (int c = 0; c < classes; c++) {
                values[row * classes + c] = (float) (values[row * classes + c] / sum);
            }
        }
        return Operand.of(values, rows, classes).constant();
    }

    private static <T> T third(List<T> operands) {
        return operands.size() > 2 ? operands.get(2) : null;
    }
}
