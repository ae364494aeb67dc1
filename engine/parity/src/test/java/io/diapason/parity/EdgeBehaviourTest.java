package io.diapason.parity;

import static io.diapason.parity.Computation.binary;
import static io.diapason.parity.Computation.nary;
import static io.diapason.parity.Computation.unary;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.autograd.Gradients;
import io.diapason.loss.Loss;
import io.diapason.loss.Reduce;
import io.diapason.nn.BatchNorm1d;
import io.diapason.nn.Embedding;
import io.diapason.nn.Init;
import io.diapason.op.Arithmetic;
import io.diapason.op.Comparison;
import io.diapason.op.Elementwise;
import io.diapason.op.Index;
import io.diapason.op.Matmul;
import io.diapason.op.Reduction;
import io.diapason.op.Softmax;
import io.diapason.parity.torch.Torch;
import io.diapason.parity.torch.TorchLayers;
import io.diapason.parity.torch.TorchLoss;
import io.diapason.parity.torch.TorchTensor;
import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;

/**
 * What PyTorch does at the edges of each operation's domain: the same here, or the difference that docs/pytorch.md
 * states.
 */
class EdgeBehaviourTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;

    // ---- the same

    @Test
    void crossEntropyOfIgnoredRowsAloneIsNaN() {
        Operand logits = floats(new int[] {2, 3}, 1, 2, 3, 4, 5, 6);
        Operand ignored = Operand.of(new long[] {-100, -100}, 2);
        for (Reduce reduction : Reduce.values()) {
            same(
                    nary(
                            x -> Loss.crossEntropy().reduced(reduction).of(x.get(0), x.get(1)),
                            x -> TorchLoss.crossEntropy(x.get(0), x.get(1), null, reduction, -100, 0)),
                    logits,
                    ignored);
        }
        Evaluation mean = ours(
                nary(x -> Loss.crossEntropy().of(x.get(0), x.get(1)), x -> x.get(0)), DType.FLOAT32, logits, ignored);
        assertArrayEquals(new double[] {NAN}, mean.outputs().get(0).values());
    }

    @Test
    void lossesOfNoRowsAreNaNInTheMeanAndZeroInTheSum() {
        Operand none = floats(new int[] {0, 3});
        Operand classes = Operand.of(new long[0], 0);
        for (Reduce reduction : List.of(Reduce.MEAN, Reduce.SUM)) {
            same(
                    nary(
                            x -> Loss.crossEntropy().reduced(reduction).of(x.get(0), x.get(1)),
                            x -> TorchLoss.crossEntropy(x.get(0), x.get(1), null, reduction, -100, 0)),
                    none,
                    classes);
            same(
                    binary(
                            (p, t) -> Loss.meanSquaredError().reduced(reduction).of(p, t),
                            (p, t) -> TorchLoss.mse(p, t, reduction)),
                    none,
                    none.constant());
        }
    }

    @Test
    void layersTakeBatchesOfNoRows() {
        same(
                nary(x -> Matmul.linear(x.get(0), x.get(1), x.get(2)), x -> Torch.linear(x.get(0), x.get(1), x.get(2))),
                floats(new int[] {0, 3}),
                floats(new int[] {3, 2}, 1, 2, 3, 4, 5, 6),
                floats(new int[] {2}, 1, 2));
    }

    @Test
    void equalMaximaShareTheGradient() {
        Operand x = floats(new int[] {2, 3}, 1, 3, 3, 2, 2, 2);
        same(unary(t -> Reduction.max(t, false), t -> Torch.amax(t, false)), x);
        same(unary(t -> Reduction.max(t, false, 1), t -> Torch.amax(t, false, 1)), x);
        same(unary(t -> Reduction.min(t, false, 1), t -> Torch.amin(t, false, 1)), x);
        same(binary(Arithmetic::maximum, Torch::maximum), x, floats(new int[] {2, 3}, 3, 3, 1, 2, 2, 5));
        same(binary(Arithmetic::minimum, Torch::minimum), x, floats(new int[] {2, 3}, 3, 3, 1, 2, 2, 5));
    }

    @Test
    void varianceOfOneElementIsNaN() {
        same(unary(t -> Reduction.variance(t, 1, false), t -> Torch.var(t, 1, false)), scalar(3));
        same(unary(t -> Reduction.variance(t, 0, false), t -> Torch.var(t, 0, false)), scalar(3));
    }

    @Test
    void reductionsOfNothing() {
        Operand nothing = floats(new int[] {0});
        same(unary(t -> Reduction.sum(t, false), t -> Torch.sum(t, false)), nothing);
        same(unary(t -> Reduction.mean(t, false), t -> Torch.mean(t, false)), nothing);
        same(unary(t -> Reduction.variance(t, 1, false), t -> Torch.var(t, 1, false)), nothing);
        same(unary(t -> Reduction.norm(t, false), t -> Torch.norm(t, false)), nothing);
        same(unary(t -> Reduction.logSumExp(t, false, 0), t -> Torch.logsumexp(t, false, 0)), nothing);
        Operand no = Operand.of(new boolean[0], 0);
        same(unary(t -> Reduction.any(t, false), t -> Torch.any(t, false)), no);
        same(unary(t -> Reduction.all(t, false), t -> Torch.all(t, false)), no);
    }

    @Test
    void extremesOfNothingAreRefused() {
        Operand nothing = floats(new int[] {0});
        refused(unary(t -> Reduction.max(t, false), t -> Torch.amax(t, false, 0)), nothing);
        refused(unary(t -> Reduction.min(t, false), t -> Torch.amin(t, false, 0)), nothing);
        refused(unary(t -> Reduction.argmax(t, false), t -> Torch.argmax(t, false)), nothing);
        refused(unary(t -> Reduction.argmin(t, false), t -> Torch.argmin(t, false)), nothing);
    }

    @Test
    void divisionByZeroIsInfinityOrNaN() {
        same(
                binary(Arithmetic::divide, Torch::div),
                floats(new int[] {4}, 1, -1, 0, 1),
                floats(new int[] {4}, 0, 0, 0, -0.0));
        same(unary(Elementwise::reciprocal, Torch::reciprocal), floats(new int[] {2}, 0, -0.0));
    }

    @Test
    void logarithmsAndRootsAtAndBelowZero() {
        same(unary(Elementwise::log, Torch::log), floats(new int[] {3}, 0, -1, 1));
        same(unary(Elementwise::log1p, Torch::log1p), floats(new int[] {3}, -1, -2, 0));
        same(unary(Elementwise::sqrt, Torch::sqrt), floats(new int[] {3}, 0, -1, 4));
    }

    @Test
    void derivativesAtKinks() {
        Operand zero = floats(new int[] {2}, 0, -0.0);
        same(unary(Elementwise::abs, Torch::abs), zero);
        same(unary(Elementwise::sign, Torch::sign), zero);
        same(unary(Elementwise::relu, Torch::relu), zero);
        same(unary(x -> Elementwise.leakyRelu(x, 0.1), x -> Torch.leakyRelu(x, 0.1)), zero);
        same(unary(x -> Elementwise.elu(x, 0.5), x -> Torch.elu(x, 0.5)), zero);
        same(unary(Elementwise::selu, Torch::selu), zero);
        same(
                unary(x -> Elementwise.clamp(x, -1, 1), x -> Torch.clamp(x, -1, 1)),
                floats(new int[] {5}, -2, -1, 0, 1, 2));
        same(unary(t -> Reduction.norm(t, false), t -> Torch.norm(t, false)), floats(new int[] {3}, 0, 0, 0));
        same(
                binary((p, t) -> Loss.meanAbsoluteError().of(p, t), (p, t) -> TorchLoss.l1(p, t, Reduce.MEAN)),
                floats(new int[] {2}, 1, 2),
                floats(new int[] {2}, 1, 3).constant());
    }

    @Test
    void powersOfZero() {
        for (double exponent : new double[] {0, 1, 2, 3, 0.5, -1}) {
            same(unary(x -> Elementwise.pow(x, exponent), x -> Torch.pow(x, exponent)), floats(new int[] {3}, 0, 1, 2));
        }
        same(
                binary(Arithmetic::pow, Torch::pow),
                floats(new int[] {6}, 0, 0, 0, 0, 2, 1),
                floats(new int[] {6}, 0, 1, 2, 0.5, 0, 0));
        same(unary(x -> Elementwise.pow(x, 0.5), x -> Torch.pow(x, 0.5)), floats(new int[] {2}, -1, -4));
        same(unary(x -> Elementwise.pow(x, 3), x -> Torch.pow(x, 3)), floats(new int[] {2}, -1, -4));
    }

    @Test
    void softmaxOfMinusInfinity() {
        Operand rows = floats(new int[] {2, 3}, -INFINITY, -INFINITY, -INFINITY, 1, -INFINITY, 2);
        same(unary(t -> Softmax.softmax(t, 1), t -> Torch.softmax(t, 1)), rows);
        same(unary(t -> Softmax.logSoftmax(t, 1), t -> Torch.logSoftmax(t, 1)), rows);
        Computation logSumExp = unary(t -> Reduction.logSumExp(t, false, 1), t -> Torch.logsumexp(t, false, 1));
        same(logSumExp, rows.constant());
        same(logSumExp, floats(new int[] {3, 3}, 1, -INFINITY, 2, INFINITY, 0, 1, 1000, 1000, 1000));
    }

    @Test
    void nanIsTheGreatestAndTheLeastAndUnequalToItself() {
        Operand x = floats(new int[] {4}, 1, NAN, 3, NAN);
        same(unary(t -> Reduction.argmax(t, false), t -> Torch.argmax(t, false)), x);
        same(unary(t -> Reduction.argmin(t, false), t -> Torch.argmin(t, false)), x);
        same(unary(t -> Reduction.max(t, false), t -> Torch.amax(t, false)), x.constant());
        same(unary(t -> Reduction.min(t, false), t -> Torch.amin(t, false)), x.constant());
        same(binary(Arithmetic::maximum, Torch::maximum), x, floats(new int[] {4}, 2, 2, 2, NAN));
        same(binary(Comparison::equal, Torch::eq), x.constant(), x.constant());
        same(binary(Comparison::notEqual, Torch::ne), x.constant(), x.constant());
        same(binary(Comparison::less, Torch::lt), x.constant(), x.constant());
    }

    @Test
    void indicesOutOfRangeAreRefused() {
        Operand five = Operand.of(new long[] {0, 5}, 2);
        Operand x = floats(new int[] {3}, 1, 2, 3);
        refused(unary(t -> Index.oneHot(t, 5, DType.INT64), t -> Torch.oneHot(t, 5)), five);
        refused(unary(t -> Index.oneHot(t, 5, DType.INT64), t -> Torch.oneHot(t, 5)), Operand.of(new long[] {-1}, 1));
        refused(binary((t, i) -> Index.indexSelect(t, 0, i), (t, i) -> Torch.indexSelect(t, 0, i)), x, five);
        refused(binary((t, i) -> Index.gather(t, 0, i), (t, i) -> Torch.gather(t, 0, i)), x, five);
        refused(
                nary(
                        t -> Loss.crossEntropy().of(t.get(0), t.get(1)),
                        t -> TorchLoss.crossEntropy(t.get(0), t.get(1), null, Reduce.MEAN, -100, 0)),
                floats(new int[] {2, 3}, 1, 2, 3, 4, 5, 6),
                five);
    }

    @Test
    void lossesOfExtremeLogitsAreFinite() {
        same(
                binary(
                        (p, t) -> Loss.binaryCrossEntropyWithLogits()
                                .reduced(Reduce.NONE)
                                .of(p, t),
                        (p, t) -> TorchLoss.binaryCrossEntropyWithLogits(p, t, null, Reduce.NONE)),
                floats(new int[] {4}, 1000, -1000, 1000, -1000),
                floats(new int[] {4}, 0, 1, 1, 0).constant());
        same(
                nary(
                        x -> Loss.crossEntropy().of(x.get(0), x.get(1)),
                        x -> TorchLoss.crossEntropy(x.get(0), x.get(1), null, Reduce.MEAN, -100, 0)),
                floats(new int[] {2, 2}, 1000, -1000, 1000, -1000),
                Operand.of(new long[] {0, 1}, 2));
    }

    @Test
    void thePaddingOfAnEmbeddingHasNoGradient() {
        int padding = 1;
        same(
                nary(
                        x -> {
                            Embedding table = new Embedding(
                                    Scope.current(),
                                    x.get(0).dtype(),
                                    3,
                                    2,
                                    OptionalInt.of(padding),
                                    Init.ones(),
                                    Rng.of(1));
                            assertArrayEquals(
                                    new double[] {1, 1, 0, 0, 1, 1},
                                    table.weight().value().toDoubleArray());
                            Tensor y = table.forward(x.get(1), Layer.pass(true));
                            Gradients gradients = Reduction.sum(y).backward();
                            return gradients.of(List.of(table.weight().value())).get(0);
                        },
                        x -> {
                            TorchTensor table = x.get(0).detach().requireGradient();
                            Torch.sum(TorchLayers.embedding(table, x.get(1), padding), false)
                                    .backward();
                            return table.gradient();
                        }),
                floats(new int[] {3, 2}, 1, 1, 1, 1, 1, 1).constant(),
                Operand.of(new long[] {0, 1, 1, 2, 2}, 5));
    }

    @Test
    void batchNormOfOneRowIsRefusedInTraining() {
        refused(
                unary(
                        x -> new BatchNorm1d(Scope.current(), 2).forward(x, Layer.pass(true)),
                        TorchLayers::batchNormInTraining),
                floats(new int[] {1, 2}, 1, 2));
    }

    // ---- other than PyTorch: stated in docs/pytorch.md, under these names

    @Test
    void nanStaysNaNInGradientsWherePyTorchLosesIt() {
        Operand nan = scalar(NAN);
        differs(unary(Elementwise::sign, Torch::sign), nan, NAN, 0, 0, 0);
        differs(unary(Elementwise::abs, Torch::abs), nan, NAN, NAN, NAN, 0);
        differs(unary(x -> Elementwise.leakyRelu(x, 0.5), x -> Torch.leakyRelu(x, 0.5)), nan, NAN, NAN, NAN, 0.5);
        differs(unary(x -> Elementwise.clamp(x, -1, 1), x -> Torch.clamp(x, -1, 1)), nan, NAN, NAN, NAN, 0);
    }

    @Test
    void reluPassesTheGradientOnWhereItIsNaNAsPyTorchs() {
        differs(unary(Elementwise::relu, Torch::relu), scalar(NAN), NAN, NAN, 1, 1);
    }

    @Test
    void mishHasItsLimitsAtInfinityWherePyTorchHasNaN() {
        differs(unary(Elementwise::mish, Torch::mish), scalar(INFINITY), INFINITY, INFINITY, 1, NAN);
    }

    @Test
    void rowsOfMinusInfinityHaveNoGradientInLogSumExpWherePyTorchHasNaN() {
        differs(
                unary(t -> Reduction.logSumExp(t, false), t -> Torch.logsumexp(t, false)),
                floats(new int[] {1}, -INFINITY),
                -INFINITY,
                -INFINITY,
                0,
                NAN);
    }

    @Test
    void theGradientOfAMaximumThatIsNaNGoesToItWherePyTorchHasNaN() {
        differs(
                unary(t -> Reduction.max(t, false), t -> Torch.amax(t, false)),
                floats(new int[] {1}, NAN),
                NAN,
                NAN,
                1,
                NAN);
    }

    @Test
    void theMaximumAlongAnAxisSharesItsGradientAsAmaxDoesAndMaxDoesNot() {
        Operand x = floats(new int[] {1, 3}, 3, 3, 1);
        Computation along = unary(t -> Reduction.max(t, false, 1), t -> Torch.maxAlong(t, 1));
        assertArrayEquals(
                new double[] {0.5, 0.5, 0},
                ours(along, DType.FLOAT32, x).gradients().get(0).values());
        assertArrayEquals(
                new double[] {1, 0, 0},
                theirs(along, DType.FLOAT32, x).gradients().get(0).values());
    }

    @Test
    void theRootOfMinusZeroByPowRisesWherePyTorchFalls() {
        differs(unary(t -> Elementwise.pow(t, 0.5), t -> Torch.pow(t, 0.5)), scalar(-0.0), 0, 0, INFINITY, -INFINITY);
    }

    @Test
    void softplusIsExactAbove20() {
        Evaluation ours = ours(unary(Elementwise::softplus, Torch::softplus), DType.FLOAT64, scalar(21));
        assertEquals(21 + Math.log1p(Math.exp(-21)), ours.outputs().get(0).values()[0]);
        try (PointerScope scope = Torch.scope()) {
            assertEquals(
                    21,
                    Torch.softplusByDefault(TorchTensor.of(DType.FLOAT64, new double[] {21}))
                            .item());
        }
    }

    @Test
    void typesAreNotPromoted() {
        try (Scope scope = Scope.open()) {
            Tensor single = scope.ones(Shape.of(2));
            Tensor twice = single.to(DType.FLOAT64);
            assertThrows(RuntimeException.class, () -> single.plus(twice));
        }
        try (PointerScope scope = Torch.scope()) {
            TorchTensor single = TorchTensor.of(DType.FLOAT32, new double[] {1, 1}, 2);
            assertEquals(
                    DType.FLOAT64, Torch.add(single, single.to(DType.FLOAT64)).dtype());
        }
    }

    // ---- how

    private static Operand floats(int[] shape, double... values) {
        return Operand.of(values, shape);
    }

    private static Operand scalar(double value) {
        return Operand.of(new double[] {value});
    }

    private static Evaluation ours(Computation computation, DType dtype, Operand... operands) {
        return Evaluation.ours(dtype, Arrays.asList(operands), computation, EdgeBehaviourTest::ones);
    }

    private static Evaluation theirs(Computation computation, DType dtype, Operand... operands) {
        return Evaluation.theirs(dtype, Arrays.asList(operands), computation, EdgeBehaviourTest::ones);
    }

    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Outputs and gradients agree in both types. */
    private static void same(Computation computation, Operand... operands) {
        for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
            Evaluation ours = ours(computation, dtype, operands);
            Evaluation theirs = theirs(computation, dtype, operands);
            alike(ours.outputs(), theirs.outputs(), "output", operands);
            alike(ours.gradients(), theirs.gradients(), "gradient", operands);
        }
    }

    private static void alike(
            List<Evaluation.Part> ours, List<Evaluation.Part> theirs, String what, Operand... operands) {
        assertEquals(theirs.size(), ours.size());
        for (int i = 0; i < ours.size(); i++) {
            double[] got = ours.get(i).values();
            double[] wanted = theirs.get(i).values();
            assertArrayEquals(theirs.get(i).shape(), ours.get(i).shape());
            String message = what + " " + i + " of " + Arrays.toString(operands) + ": " + Arrays.toString(got)
                    + ", libtorch " + Arrays.toString(wanted);
            assertTrue(Agreement.ofFloat32(got, wanted, wanted).holds(), message);
        }
    }

    /** Both sides refuse. */
    private static void refused(Computation computation, Operand... operands) {
        assertThrows(RuntimeException.class, () -> ours(computation, DType.FLOAT32, operands));
        assertThrows(RuntimeException.class, () -> theirs(computation, DType.FLOAT32, operands));
    }

    /** One number's output and gradient on both sides. */
    private static void differs(
            Computation computation,
            Operand operand,
            double output,
            double theirOutput,
            double gradient,
            double theirGradient) {
        Evaluation ours = ours(computation, DType.FLOAT32, operand);
        Evaluation theirs = theirs(computation, DType.FLOAT32, operand);
        assertEquals(output, ours.outputs().get(0).values()[0] + 0.0, "our output");
        assertEquals(theirOutput, theirs.outputs().get(0).values()[0] + 0.0, "their output");
        assertEquals(gradient, ours.gradients().get(0).values()[0] + 0.0, "our gradient");
        assertEquals(theirGradient, theirs.gradients().get(0).values()[0] + 0.0, "their gradient");
    }
}
