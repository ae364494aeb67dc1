package io.diapason.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** NaN, infinities, ties, overflow, and groups of nothing or of one: where PyTorch says what happens, the same. */
class OpEdgeTest {
    private static final double NAN = Double.NaN;
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    private final Scope scope = Scope.open();

    @AfterEach
    void close() {
        scope.close();
    }

    private Tensor of(DType dtype, double... values) {
        return scope.of(Shape.of(values.length), values).to(dtype);
    }

    private void maps(DType dtype, UnaryOperator<Tensor> function, double[] inputs, double[] outputs) {
        assertArrayEquals(outputs, function.apply(of(dtype, inputs)).toDoubleArray(), 1e-6);
    }

    private double[] gradient(DType dtype, UnaryOperator<Tensor> function, double... values) {
        Tensor x = of(dtype, values).requireGradient();
        return function.apply(x).sum().backward().of(x).toDoubleArray();
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void functionsReachTheirLimitsAndAreNanOutsideTheirDomain(DType dtype) {
        double[] edges = {-INFINITY, -1, 0, INFINITY, NAN};
        maps(dtype, Elementwise::sqrt, edges, new double[] {NAN, NAN, 0, INFINITY, NAN});
        maps(dtype, Elementwise::log, edges, new double[] {NAN, NAN, -INFINITY, INFINITY, NAN});
        maps(dtype, Elementwise::log1p, edges, new double[] {NAN, -INFINITY, 0, INFINITY, NAN});
        maps(dtype, Elementwise::exp, edges, new double[] {0, Math.exp(-1), 1, INFINITY, NAN});
        maps(dtype, Elementwise::expm1, edges, new double[] {-1, Math.expm1(-1), 0, INFINITY, NAN});
        maps(dtype, Elementwise::relu, edges, new double[] {0, 0, 0, INFINITY, NAN});
        maps(dtype, Elementwise::sign, edges, new double[] {-1, -1, 0, 1, NAN});
        maps(dtype, Elementwise::abs, edges, new double[] {INFINITY, 1, 0, INFINITY, NAN});
        maps(dtype, Elementwise::reciprocal, edges, new double[] {0, -1, INFINITY, 0, NAN});
        maps(dtype, Elementwise::tanh, edges, new double[] {-1, Math.tanh(-1), 0, 1, NAN});
        maps(dtype, Elementwise::erf, edges, new double[] {-1, -0.8427007929497149, 0, 1, NAN});
        maps(dtype, Elementwise::sigmoid, edges, new double[] {0, 1 / (1 + Math.E), 0.5, 1, NAN});
        maps(dtype, Elementwise::softplus, edges, new double[] {0, Math.log1p(Math.exp(-1)), Math.log(2), INFINITY, NAN
        });
        maps(dtype, x -> x.clamp(-2, 2), edges, new double[] {-2, -1, 0, 2, NAN});
        maps(dtype, x -> x.pow(0), edges, new double[] {1, 1, 1, 1, 1});
        maps(dtype, x -> x.pow(0.5), edges, new double[] {INFINITY, NAN, 0, INFINITY, NAN});
        maps(dtype, x -> x.pow(3), edges, new double[] {-INFINITY, -1, 0, INFINITY, NAN});
        maps(dtype, Elementwise::sin, new double[] {INFINITY, NAN, 0}, new double[] {NAN, NAN, 0});
        maps(dtype, Elementwise::softplus, new double[] {1000, -1000}, new double[] {1000, 0});
        maps(dtype, Elementwise::sigmoid, new double[] {1000, -1000}, new double[] {1, 0});
        maps(dtype, Elementwise::mish, new double[] {1000, -1000}, new double[] {1000, 0});
        maps(dtype, Elementwise::silu, new double[] {1000, -1000}, new double[] {1000, 0});
        maps(dtype, Elementwise::gelu, new double[] {1000, -1000}, new double[] {1000, 0});
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void gradientsAtKinksAreOneOfTheSides(DType dtype) {
        assertArrayEquals(new double[] {0}, gradient(dtype, Elementwise::relu, 0));
        assertArrayEquals(new double[] {0}, gradient(dtype, Elementwise::abs, 0));
        assertArrayEquals(new double[] {0, 0}, gradient(dtype, Elementwise::sign, 0, 3));
        assertArrayEquals(new double[] {0.2}, gradient(dtype, x -> Elementwise.leakyRelu(x, 0.2), 0), 1e-7);
        assertArrayEquals(new double[] {0, 1, 1, 1, 0}, gradient(dtype, x -> x.clamp(-1, 2), -1.5, -1, 0, 2, 3));
        assertArrayEquals(new double[] {INFINITY}, gradient(dtype, Elementwise::sqrt, 0));
        assertArrayEquals(new double[] {0}, gradient(dtype, x -> Reduction.norm(x, false), 0));
        assertArrayEquals(new double[] {0}, gradient(dtype, x -> x.pow(0), 0));
        assertArrayEquals(new double[] {0, 0}, gradient(dtype, x -> x.pow(2), 0, 0));
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void gradientsOfPowersAreZeroWhereTheBaseOrTheExponentIs(DType dtype) {
        Tensor a = of(dtype, 0, 0, 2).requireGradient();
        Tensor b = of(dtype, 2, 0, 0).requireGradient();
        var gradients = a.pow(b).sum().backward();
        // d/da: b a^(b−1), which is 0 where b is 0; d/db: a^b log a, which is 0 where a is 0.
        assertArrayEquals(new double[] {0, 0, 0}, gradients.of(a).toDoubleArray());
        assertArrayEquals(new double[] {0, 0, Math.log(2)}, gradients.of(b).toDoubleArray(), 1e-7);
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void equalExtremesShareTheGradient(DType dtype) {
        assertArrayEquals(new double[] {0, 0.5, 0.5}, gradient(dtype, x -> x.max(), 1, 3, 3));
        assertArrayEquals(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, gradient(dtype, x -> x.min(0), 2, 2, 2), 1e-7);
        assertArrayEquals(new double[] {0, 1}, gradient(dtype, x -> x.max(), 1, NAN));
        Tensor a = of(dtype, 1, 2, 3).requireGradient();
        Tensor b = of(dtype, 3, 2, 1).requireGradient();
        var greater = Arithmetic.maximum(a, b).sum().backward();
        assertArrayEquals(new double[] {0, 0.5, 1}, greater.of(a).toDoubleArray());
        assertArrayEquals(new double[] {1, 0.5, 0}, greater.of(b).toDoubleArray());
        var lesser = Arithmetic.minimum(a, b).sum().backward();
        assertArrayEquals(new double[] {1, 0.5, 0}, lesser.of(a).toDoubleArray());
        assertArrayEquals(new double[] {0, 0.5, 1}, lesser.of(b).toDoubleArray());
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void nanWinsExtremesAndLosesComparisons(DType dtype) {
        Tensor x = of(dtype, 1, NAN, 3, NAN);
        assertTrue(Double.isNaN(x.max().item()));
        assertTrue(Double.isNaN(x.min(0).item()));
        assertEquals(1, Reduction.argmax(x, false).item());
        assertEquals(1, Reduction.argmin(x, false, 0).item());
        Tensor y = of(dtype, NAN, 1, 2, NAN);
        assertArrayEquals(
                new double[] {NAN, NAN, 3, NAN}, Arithmetic.maximum(x, y).toDoubleArray());
        assertArrayEquals(
                new double[] {NAN, NAN, 2, NAN}, Arithmetic.minimum(x, y).toDoubleArray());
        boolean[] no = new boolean[4];
        assertArrayEquals(
                no, Comparison.equal(of(dtype, NAN, NAN, NAN, NAN), NAN).toBooleanArray());
        assertArrayEquals(
                new boolean[] {false, true, false, true},
                Comparison.notEqual(x, x).toBooleanArray());
        assertArrayEquals(
                new boolean[] {true, false, true, false},
                Comparison.lessEqual(x, x).toBooleanArray());
        assertArrayEquals(no, x.less(x).toBooleanArray());
        assertArrayEquals(
                no, Comparison.greater(of(dtype, NAN, NAN, NAN, NAN), 0).toBooleanArray());
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void reductionsOfNothingAreNeutralOrNan(DType dtype) {
        Tensor none = scope.zeros(dtype, Shape.of(2, 0));
        assertArrayEquals(new double[2], none.sum(1).toDoubleArray());
        assertArrayEquals(new double[] {NAN, NAN}, none.mean(1).toDoubleArray());
        assertArrayEquals(
                new double[] {-INFINITY, -INFINITY},
                Reduction.logSumExp(none, false, 1).toDoubleArray());
        assertArrayEquals(new double[2], Reduction.norm(none, false, 1).toDoubleArray());
        assertArrayEquals(
                new double[] {NAN, NAN}, Reduction.variance(none, 0, false, 1).toDoubleArray());
        assertEquals(0, none.sum().item());
        Tensor truths = scope.zeros(DType.BOOL, Shape.of(0));
        assertEquals(0, Reduction.any(truths, false).item());
        assertEquals(1, Reduction.all(truths, false).item());
        assertEquals(
                Shape.of(0, 3),
                scope.zeros(dtype, Shape.of(0, 2))
                        .matmul(scope.zeros(dtype, Shape.of(2, 3)))
                        .shape());
        assertArrayEquals(
                new double[6], none.matmul(scope.zeros(dtype, Shape.of(0, 3))).toDoubleArray());
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void theVarianceOfOneElementIsNanForASampleAndZeroForAPopulation(DType dtype) {
        Tensor one = of(dtype, 7);
        assertTrue(Double.isNaN(Reduction.variance(one, 1, false).item()));
        assertEquals(0, Reduction.variance(one, 0, false).item());
        // Fewer elements than the correction: divided by 0, not by less.
        assertEquals(INFINITY, Reduction.variance(of(dtype, 1, 2), 3, false).item());
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void softmaxOfLargeAndInfiniteLogitsDoesNotOverflow(DType dtype) {
        assertArrayEquals(
                new double[] {0, 1}, Softmax.softmax(of(dtype, -1e30, 1e30)).toDoubleArray());
        assertArrayEquals(
                new double[] {0.5, 0.5}, Softmax.softmax(of(dtype, 1e30, 1e30)).toDoubleArray());
        assertArrayEquals(
                new double[] {0, 0.5, 0.5},
                Softmax.softmax(of(dtype, -INFINITY, 3, 3)).toDoubleArray(),
                1e-7);
        assertArrayEquals(
                new double[] {NAN, NAN},
                Softmax.softmax(of(dtype, -INFINITY, -INFINITY)).toDoubleArray());
        assertArrayEquals(
                new double[] {-1000, 0},
                Softmax.logSoftmax(of(dtype, 0, 1000), 0).toDoubleArray());
        assertEquals(
                0x1p90, Reduction.logSumExp(of(dtype, 0x1p90, -0x1p90), false).item(), 1e20);
        assertEquals(
                -INFINITY,
                Reduction.logSumExp(of(dtype, -INFINITY, -INFINITY), false).item());
        assertEquals(
                INFINITY, Reduction.logSumExp(of(dtype, 0, INFINITY), false).item());
        assertArrayEquals(
                new double[] {0, 0}, gradient(dtype, x -> Reduction.logSumExp(x, false), -INFINITY, -INFINITY));
        assertArrayEquals(
                new double[] {0, 0.5, 0.5}, gradient(dtype, x -> Reduction.logSumExp(x, false), -INFINITY, 1, 1), 1e-7);
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void crossEntropyOfIgnoredTargetsAloneIsNanAndHasNoGradient(DType dtype) {
        Tensor logits = scope.zeros(dtype, Shape.of(2, 3)).requireGradient();
        Tensor ignored = scope.full(DType.INT64, Shape.of(2), -100);
        Tensor loss = Softmax.crossEntropy(logits, ignored);
        assertTrue(Double.isNaN(loss.item()));
        assertArrayEquals(new double[6], loss.backward().of(logits).toDoubleArray());
        // An ignored class may be one that is there.
        Tensor targets = scope.of(Shape.of(2), 1, 2);
        assertEquals(
                Math.log(3), Softmax.crossEntropy(logits, targets, null, 1, 0).item(), 1e-6);
        assertTrue(Double.isNaN(Softmax.crossEntropy(scope.zeros(dtype, Shape.of(0, 3)), scope.arange(0))
                .item()));
    }

    @ParameterizedTest
    @EnumSource(names = {"INT32", "INT64"})
    void integersWrap(DType dtype) {
        Tensor least = dtype == DType.INT64
                ? scope.of(Shape.of(1), Long.MIN_VALUE)
                : scope.full(dtype, Shape.of(1), Integer.MIN_VALUE);
        long[] same = least.toLongArray();
        long[] greatest = {dtype == DType.INT64 ? Long.MAX_VALUE : Integer.MAX_VALUE};
        assertArrayEquals(same, least.negate().toLongArray());
        assertArrayEquals(same, least.abs().toLongArray());
        assertArrayEquals(same, least.dividedBy(-1).toLongArray());
        assertArrayEquals(same, least.dividedBy(least.dividedBy(least).negate()).toLongArray());
        assertArrayEquals(greatest, least.minus(1).toLongArray());
        assertArrayEquals(new long[] {0}, least.plus(least).toLongArray());
        assertArrayEquals(new long[] {0}, least.square().toLongArray());
        assertArrayEquals(
                new long[] {0}, Index.concat(0, least, least).sum().reshape(1).toLongArray());
        assertArrayEquals(
                new long[] {-3, 3, 3, -3},
                scope.of(Shape.of(4), -7, 7, -7, 7)
                        .to(dtype)
                        .dividedBy(scope.of(Shape.of(4), 2, 2, -2, -2).to(dtype))
                        .toLongArray());
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void conversionsSaturate(DType dtype) {
        Tensor x = of(dtype, NAN, INFINITY, -INFINITY, 1e30, -1e30, -0.9, 2.9);
        long max = Integer.MAX_VALUE;
        long min = Integer.MIN_VALUE;
        assertArrayEquals(
                new long[] {0, max, min, max, min, 0, 2}, x.to(DType.INT32).toLongArray());
        max = Long.MAX_VALUE;
        min = Long.MIN_VALUE;
        assertArrayEquals(
                new long[] {0, max, min, max, min, 0, 2}, x.to(DType.INT64).toLongArray());
        boolean[] truths = new boolean[7];
        Arrays.fill(truths, true);
        assertArrayEquals(truths, x.to(DType.BOOL).toBooleanArray());
        assertArrayEquals(
                new boolean[] {false, false}, of(dtype, 0, -0.0).to(DType.BOOL).toBooleanArray());
        // Integers, too; PyTorch keeps the low bits instead.
        assertArrayEquals(
                new long[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -7},
                scope.of(Shape.of(3), 1L << 33 | 5, -1L << 40, -7L)
                        .to(DType.INT32)
                        .toLongArray());
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void aDroppedNanIsZero(DType dtype) {
        double[] values = new double[400];
        Arrays.fill(values, NAN);
        double[] dropped = Dropout.dropout(of(dtype, values), 0.5f, 1, 2).toDoubleArray();
        long zeros = Arrays.stream(dropped).filter(x -> x == 0).count();
        assertTrue(zeros > 130 && zeros < 270, zeros + " of 400");
        // A rate of 0 changes nothing, whatever the seed.
        Tensor x = of(dtype, 1, 2, 3);
        assertArrayEquals(x.toDoubleArray(), Dropout.dropout(x, 0, 9, 9).toDoubleArray());
    }
}
