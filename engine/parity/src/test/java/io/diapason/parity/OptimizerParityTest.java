package io.diapason.parity;

import io.diapason.autograd.Gradients;
import io.diapason.loss.Penalty;
import io.diapason.nn.Parameter;
import io.diapason.op.Reduction;
import io.diapason.optim.Optimizer;
import io.diapason.parity.torch.Torch;
import io.diapason.parity.torch.TorchTensor;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;

class OptimizerParityTest {
    /** Starting values, and the gradients and factor of the learning rate of each step. */
    private record Script(Method method, Operand weight, Operand bias, List<Turn> turns) {}

    /** One step. */
    private record Turn(Operand weightGradient, Operand biasGradient, double factor) {}

    @Test
    void stepsFromTheSameStateByTheSameGradients() {
        Family.run("optimisers, steps", 2, (family, drawn) -> {
            Script script = script(drawn);
            List<double[]> reference = theirs(DType.FLOAT64, script);
            List<double[]> theirs = theirs(DType.FLOAT32, script);
            List<double[]> single = ours(DType.FLOAT32, script);
            List<double[]> twice = ours(DType.FLOAT64, script);
            for (int i = 0; i < reference.size(); i++) {
                family.numbers(
                        "seed " + drawn.seed() + ": " + script.method.ours() + " " + script.method.way() + " "
                                + script.method.decay() + ", step " + (i / 2 + 1) + ", "
                                + (i % 2 == 0 ? "weight " + script.weight : "bias " + script.bias),
                        single.get(i),
                        twice.get(i),
                        theirs.get(i),
                        reference.get(i));
            }
        });
    }

    private static Script script(Case drawn) {
        Method method = Method.draw(drawn);
        // Of one or two numbers now and then all are near 0 by chance, which leaves rounding errors alone.
        int[] shape = drawn.positiveShape(1, 2);
        shape[0] = Math.max(4, shape[0]);
        int n = Math.max(4, drawn.positiveSize());
        double scale = drawn.oneOf(1e-3, 0.1, 1, 1, 10);
        List<Turn> turns = new ArrayList<>();
        for (int i = drawn.between(1, 8); i > 0; i--) {
            turns.add(new Turn(
                    drawn.dense(scale, shape).constant(),
                    drawn.dense(scale, n).constant(),
                    turns.isEmpty() || drawn.chance(0.5) ? 1 : drawn.uniform(0, 2)));
        }
        return new Script(method, drawn.dense(0.5, shape), drawn.dense(0.5, n), turns);
    }

    private static List<double[]> ours(DType dtype, Script script) {
        List<double[]> values = new ArrayList<>();
        try (Scope scope = Scope.open()) {
            Parameter weight = Parameter.weight(script.weight.leaf(scope, dtype));
            Parameter bias = Parameter.bias(script.bias.leaf(scope, dtype));
            List<Parameter> both = List.of(weight, bias);
            Optimizer optimizer = script.method.ours().over(scope, both);
            Penalty penalty =
                    script.method.way() == Method.Decay.COUPLED ? Penalty.l2(script.method.decay()) : Penalty.none();
            for (Turn turn : script.turns) {
                try (Scope step = Scope.open()) {
                    Tensor loss = Reduction.sum(weight.value().times(turn.weightGradient.leaf(step, dtype)))
                            .plus(Reduction.sum(bias.value().times(turn.biasGradient.leaf(step, dtype))));
                    Tensor decay = penalty.of(both);
                    Gradients gradients = (decay == null ? loss : loss.plus(decay)).backward();
                    optimizer.learningRateFactor(turn.factor);
                    optimizer.step(gradients);
                    values.add(weight.value().toDoubleArray());
                    values.add(bias.value().toDoubleArray());
                }
            }
        }
        return values;
    }

    private static List<double[]> theirs(DType dtype, Script script) {
        List<double[]> values = new ArrayList<>();
        try (PointerScope scope = Torch.scope()) {
            TorchTensor weight = script.weight.leaf(dtype);
            TorchTensor bias = script.bias.leaf(dtype);
            Method.Steps steps = script.method.theirs(List.of(weight), List.of(bias));
            int t = 0;
            for (Turn turn : script.turns) {
                weight.clearGradient();
                bias.clearGradient();
                Torch.add(
                                Torch.sum(Torch.mul(weight, turn.weightGradient.leaf(dtype)), false),
                                Torch.sum(Torch.mul(bias, turn.biasGradient.leaf(dtype)), false))
                        .backward();
                steps.step(++t, turn.factor);
                values.add(weight.toDoubles());
                values.add(bias.toDoubles());
            }
        }
        return values;
    }
}
