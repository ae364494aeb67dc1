package io.diapason.parity;

import static io.diapason.parity.Computation.unary;

import io.diapason.op.Softmax;
import io.diapason.parity.torch.Torch;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoftmaxParityTest {
    @Test
    void probabilitiesAndTheirLogarithms() {
        Family.run("softmax, log-softmax", (family, drawn) -> {
            int[] shape = drawn.shape(1, 4);
            int axis =
                    drawn.axis(drawn.chance(0.6) ? shape.length - 1 : drawn.between(0, shape.length - 1), shape.length);
            boolean masked = drawn.chance(0.1);
            // Saturated rows have gradients of rounding errors alone, and so has a row that repeats one element.
            boolean saturated = drawn.chance(0.2);
            double scale = saturated ? drawn.oneOf(2, 50) : drawn.oneOf(1e-2, 0.3, 1);
            Operand x = drawn.viewedWithoutRepeating(
                    () -> masked && drawn.chance(0.2) ? Double.NEGATIVE_INFINITY : drawn.normal() * scale, shape);
            x = saturated ? x.constant() : x;
            if (drawn.kind(2) == 0) {
                family.compare(
                        drawn,
                        "softmax along " + axis,
                        List.of(x),
                        unary(t -> Softmax.softmax(t, axis), t -> Torch.softmax(t, axis)));
            } else {
                family.compare(
                        drawn,
                        "logSoftmax along " + axis,
                        List.of(x),
                        unary(t -> Softmax.logSoftmax(t, axis), t -> Torch.logSoftmax(t, axis)));
            }
        });
    }
}
