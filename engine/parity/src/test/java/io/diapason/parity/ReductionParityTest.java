package io.diapason.parity;

import static io.diapason.parity.Computation.unary;

import io.diapason.op.Reduction;
import io.diapason.parity.torch.Torch;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReductionParityTest {
    @Test
    void reductionsOverAnyAxes() {
        Family.run("reductions", 2, (family, drawn) -> {
            int kind = drawn.kind(13);
            boolean needsElements = kind >= 5 && kind <= 8;
            int[] shape = needsElements ? drawn.positiveShape(0, 4) : drawn.shape(0, 4);
            int[] axes = shape.length == 0 || drawn.chance(0.2) ? new int[0] : drawn.axes(shape.length);
            int[] axis = axes.length == 0 ? axes : Arrays.copyOf(axes, 1);
            boolean keep = drawn.chance(0.5);
            if (axes.length == 0 || axes.length == shape.length) {
                drawn.lean();
            }
            List<Operand> x = List.of(drawn.floats(shape));
            List<Operand> tied = List.of(drawn.chance(0.6) ? drawn.tied(shape) : drawn.floats(shape));
            List<Operand> truths = List.of(drawn.booleans(shape));
            String how = " over " + Arrays.toString(axes) + (keep ? ", kept" : "");
            switch (kind) {
                case 0 ->
                    family.compare(
                            drawn,
                            "sum" + how,
                            x,
                            unary(t -> Reduction.sum(t, keep, axes), t -> Torch.sum(t, keep, axes)));
                case 1 ->
                    family.compare(
                            drawn,
                            "mean" + how,
                            x,
                            unary(t -> Reduction.mean(t, keep, axes), t -> Torch.mean(t, keep, axes)));
                case 2 ->
                    family.compare(
                            drawn,
                            "sumOfSquares" + how,
                            x,
                            unary(
                                    t -> Reduction.sumOfSquares(t, keep, axes),
                                    t -> Torch.sum(Torch.square(t), keep, axes)));
                case 3 ->
                    family.compare(
                            drawn,
                            "sumOfAbsolutes" + how,
                            x,
                            unary(
                                    t -> Reduction.sumOfAbsolutes(t, keep, axes),
                                    t -> Torch.sum(Torch.abs(t), keep, axes)));
                case 4 ->
                    family.compare(
                            drawn,
                            "norm" + how,
                            x,
                            unary(t -> Reduction.norm(t, keep, axes), t -> Torch.norm(t, keep, axes)));
                case 5 ->
                    family.compare(
                            drawn,
                            "max" + how,
                            tied,
                            unary(t -> Reduction.max(t, keep, axes), t -> Torch.amax(t, keep, axes)));
                case 6 ->
                    family.compare(
                            drawn,
                            "min" + how,
                            tied,
                            unary(t -> Reduction.min(t, keep, axes), t -> Torch.amin(t, keep, axes)));
                case 7 ->
                    family.compare(
                            drawn,
                            "argmax" + how,
                            tied,
                            unary(t -> Reduction.argmax(t, keep, axis), t -> Torch.argmax(t, keep, axis)));
                case 8 ->
                    family.compare(
                            drawn,
                            "argmin" + how,
                            tied,
                            unary(t -> Reduction.argmin(t, keep, axis), t -> Torch.argmin(t, keep, axis)));
                case 9 ->
                    family.compare(
                            drawn,
                            "logSumExp" + how,
                            x,
                            unary(t -> Reduction.logSumExp(t, keep, axes), t -> Torch.logsumexp(t, keep, axes)));
                case 10 -> {
                    // Of equal elements libtorch's variance is 0, ours what rounding the mean leaves of it: see the
                    // edges.
                    List<Operand> apart = List.of(drawn.viewedWithoutRepeating(drawn::normal, shape));
                    double correction = drawn.oneOf(0, 1, 1, 0.5);
                    family.compare(
                            drawn,
                            "variance, correction " + correction + how,
                            apart,
                            unary(
                                    t -> Reduction.variance(t, correction, keep, axes),
                                    t -> Torch.var(t, correction, keep, axes)));
                }
                case 11 ->
                    family.compare(
                            drawn,
                            "any" + how,
                            truths,
                            unary(t -> Reduction.any(t, keep, axes), t -> Torch.any(t, keep, axes)));
                default ->
                    family.compare(
                            drawn,
                            "all" + how,
                            truths,
                            unary(t -> Reduction.all(t, keep, axes), t -> Torch.all(t, keep, axes)));
            }
        });
    }
}
