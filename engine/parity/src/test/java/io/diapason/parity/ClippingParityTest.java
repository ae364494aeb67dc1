package io.diapason.parity;

import io.diapason.autograd.Gradients;
import io.diapason.nn.Parameter;
import io.diapason.op.Reduction;
import io.diapason.optim.GradientClip;
import io.diapason.parity.torch.Torch;
import io.diapason.parity.torch.TorchClip;
import io.diapason.parity.torch.TorchTensor;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;

class ClippingParityTest {
    @Test
    void gradientsByNormAndByValue() {
        Family.run("clipping", (family, drawn) -> {
            boolean byNorm = drawn.kind(2) == 0;
            List<Operand> gradients = new ArrayList<>();
            double scale = drawn.magnitude(1e-3, 100);
            boolean broken = drawn.chance(0.1);
            for (int i = drawn.between(1, 4); i > 0; i--) {
                int[] shape = drawn.positiveShape(0, 2);
                gradients.add(Operand.of(
                                drawn.numbers(
                                        () -> broken && drawn.chance(0.05)
                                                ? drawn.oneOf(Double.NaN, Double.POSITIVE_INFINITY)
                                                : drawn.normal() * scale,
                                        Case.elements(shape)),
                                shape)
                        .constant());
            }
            double limit = drawn.magnitude(1e-2, 100);
            List<double[]> reference = theirs(DType.FLOAT64, gradients, byNorm, limit);
            List<double[]> theirs = theirs(DType.FLOAT32, gradients, byNorm, limit);
            List<double[]> single = ours(DType.FLOAT32, gradients, byNorm, limit);
            List<double[]> twice = ours(DType.FLOAT64, gradients, byNorm, limit);
            for (int i = 0; i < reference.size(); i++) {
                family.numbers(
                        "seed " + drawn.seed() + ": " + (byNorm ? "by norm " : "by value ") + limit + ", "
                                + (i < gradients.size() ? "gradient " + gradients.get(i) : "norm"),
                        single.get(i),
                        twice.get(i),
                        theirs.get(i),
                        reference.get(i));
            }
        });
    }

    /** The clipped gradients, then the norm before. */
    private static List<double[]> ours(DType dtype, List<Operand> gradients, boolean byNorm, double limit) {
        try (Scope scope = Scope.open()) {
            List<Parameter> parameters = new ArrayList<>();
            Tensor loss = scope.zeros(dtype, Shape.scalar());
            for (Operand gradient : gradients) {
                Tensor g = gradient.leaf(scope, dtype);
                Parameter parameter =
                        new Parameter("p" + parameters.size(), scope.full(dtype, g.shape(), 1), Parameter.Kind.BIAS);
                parameters.add(parameter);
                loss = loss.plus(Reduction.sum(parameter.value().times(g)));
            }
            Gradients found = loss.backward();
            double norm = 0;
            if (byNorm) {
                norm = GradientClip.byNorm(found, parameters, limit);
            } else {
                GradientClip.byValue(found, parameters, limit);
            }
            List<double[]> values = new ArrayList<>();
            for (Parameter parameter : parameters) {
                values.add(found.of(List.of(parameter.value())).get(0).toDoubleArray());
            }
            values.add(new double[] {norm});
            return values;
        }
    }

    private static List<double[]> theirs(DType dtype, List<Operand> gradients, boolean byNorm, double limit) {
        try (PointerScope scope = Torch.scope()) {
            List<TorchTensor> parameters = new ArrayList<>();
            for (Operand gradient : gradients) {
                TorchTensor g = gradient.leaf(dtype);
                TorchTensor parameter = TorchTensor.of(dtype, ones(Case.elements(g.shape())), g.shape())
                        .requireGradient();
                parameters.add(parameter);
                Torch.sum(Torch.mul(parameter, g), false).backward();
            }
            double norm = 0;
            if (byNorm) {
                norm = TorchClip.norm(parameters, limit);
            } else {
                TorchClip.value(parameters, limit);
            }
            List<double[]> values = new ArrayList<>();
            for (TorchTensor parameter : parameters) {
                values.add(parameter.gradient().toDoubles());
            }
            values.add(new double[] {norm});
            return values;
        }
    }

    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }
}
