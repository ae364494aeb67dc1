package io.diapason.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diapason.nn.Fan;
import io.diapason.nn.Gain;
import io.diapason.nn.Init;
import io.diapason.nn.Linear;
import io.diapason.parity.torch.Torch;
import io.diapason.parity.torch.TorchInit;
import io.diapason.parity.torch.TorchTensor;
import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.Arrays;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;

class InitParityTest {
    /**
     * Two samples of one distribution differ more than this, by Kolmogorov and Smirnov's distance times {@code √(n m /
     * (n + m))}, once in {@code 2 / exp(2 · 3.2²)} ≈ 6e-10 cases.
     */
    private static final double FAR = 3.2;

    @Test
    void distributionsAreThoseOfLibtorch() {
        Family.run("initialisers", (family, drawn) -> {
            DType dtype = drawn.pick(DType.FLOAT32, DType.FLOAT64);
            int in = drawn.between(1, 60);
            int out = drawn.between(1, 60);
            double gain = drawn.uniform(0.3, 3);
            double slope = drawn.uniform(0, 2);
            boolean fanIn = drawn.chance(0.5);
            Fan fan = fanIn ? Fan.IN : Fan.OUT;
            double leaky = Gain.leakyRelu(slope);
            TorchInit.seed(drawn.seed());
            try (Scope scope = Scope.open();
                    PointerScope theirs = Torch.scope()) {
                switch (drawn.kind(9)) {
                    case 0 ->
                        alike(
                                family,
                                drawn,
                                "uniform",
                                ours(Init.uniform(-gain, gain), dtype, in, out, drawn),
                                () -> TorchInit.uniform(dtype, out, in, -gain, gain),
                                gain);
                    case 1 ->
                        alike(
                                family,
                                drawn,
                                "normal",
                                ours(Init.normal(slope, gain), dtype, in, out, drawn),
                                () -> TorchInit.normal(dtype, out, in, slope, gain),
                                Double.POSITIVE_INFINITY);
                    case 2 ->
                        alike(
                                family,
                                drawn,
                                "kaimingUniform",
                                ours(Init.kaimingUniform(fan, leaky), dtype, in, out, drawn),
                                () -> TorchInit.kaimingUniform(dtype, out, in, slope, fanIn),
                                leaky * Math.sqrt(3.0 / (fanIn ? in : out)));
                    case 3 ->
                        alike(
                                family,
                                drawn,
                                "kaimingNormal",
                                ours(Init.kaimingNormal(fan, leaky), dtype, in, out, drawn),
                                () -> TorchInit.kaimingNormal(dtype, out, in, slope, fanIn),
                                Double.POSITIVE_INFINITY);
                    case 4 ->
                        alike(
                                family,
                                drawn,
                                "xavierUniform",
                                ours(Init.xavierUniform(gain), dtype, in, out, drawn),
                                () -> TorchInit.xavierUniform(dtype, out, in, gain),
                                gain * Math.sqrt(6.0 / (in + out)));
                    case 5 ->
                        alike(
                                family,
                                drawn,
                                "xavierNormal",
                                ours(Init.xavierNormal(gain), dtype, in, out, drawn),
                                () -> TorchInit.xavierNormal(dtype, out, in, gain),
                                Double.POSITIVE_INFINITY);
                    case 6 -> {
                        // torch.nn.Linear: kaiming_uniform_(weight, a = sqrt 5)
                        Linear layer = new Linear(scope, in, out, Rng.of(drawn.seed()));
                        alike(
                                family,
                                drawn,
                                "linear",
                                layer.weight().value().toDoubleArray(),
                                () -> TorchInit.kaimingUniform(DType.FLOAT32, out, in, Math.sqrt(5), true),
                                1 / Math.sqrt(in));
                    }
                    case 7 ->
                        truncated(
                                family,
                                drawn,
                                ours(Init.truncatedNormal(0, 1, -slope - 0.1, 2), dtype, in, out, drawn),
                                TorchInit.normal(DType.FLOAT64, 60, 60, 0, 1).toDoubles(),
                                -slope - 0.1,
                                2);
                    default -> orthogonal(family, drawn, in, out, gain);
                }
            }
        });
    }

    @Test
    void gainsAreThoseOfLibtorch() {
        try (PointerScope scope = Torch.scope()) {
            assertEquals(TorchInit.gainOfLinear(), Gain.linear());
            assertEquals(TorchInit.gainOfTanh(), Gain.tanh(), 1e-15);
            assertEquals(TorchInit.gainOfRelu(), Gain.relu(), 1e-15);
            assertEquals(TorchInit.gainOfLeakyRelu(0.2), Gain.leakyRelu(0.2), 1e-15);
        }
    }

    private static double[] ours(Init init, DType dtype, int in, int out, Case drawn) {
        return init.draw(Scope.current(), dtype, Shape.of(in, out), Rng.of(drawn.seed()))
                .toDoubleArray();
    }

    private static void alike(
            Family family, Case drawn, String name, double[] ours, Supplier<TorchTensor> theirs, double bound) {
        double[] reference = theirs.get().toDoubles();
        double rounded = bound * (1 + 1e-6);
        for (double[] sample : new double[][] {ours, reference}) {
            double largest = Arrays.stream(sample).map(Math::abs).max().orElse(0);
            family.require(
                    largest <= rounded,
                    "seed " + drawn.seed() + ": " + name + " must be within " + bound + ", got " + largest);
        }
        near(family, drawn, name, ours, reference);
    }

    /** Beside libtorch's normal numbers that lie within; its C++ has no truncated ones. */
    private static void truncated(Family family, Case drawn, double[] ours, double[] normal, double low, double high) {
        double least = Arrays.stream(ours).min().orElse(low);
        double largest = Arrays.stream(ours).max().orElse(high);
        family.require(
                least >= (float) low - 1e-6 && largest <= high,
                "seed " + drawn.seed() + ": truncatedNormal must be within " + low + " and " + high + ", got " + least
                        + " and " + largest);
        near(
                family,
                drawn,
                "truncatedNormal",
                ours,
                Arrays.stream(normal).filter(x -> x >= low && x <= high).toArray());
    }

    private static void near(Family family, Case drawn, String name, double[] a, double[] b) {
        double distance = distance(a, b) * Math.sqrt((double) a.length * b.length / (a.length + b.length));
        family.require(
                distance < FAR,
                "seed " + drawn.seed() + ": " + name + " of " + a.length + " and " + b.length
                        + " numbers: the distributions are " + distance + " apart");
    }

    /** The largest difference of the two distribution functions. */
    private static double distance(double[] a, double[] b) {
        double[] x = a.clone();
        double[] y = b.clone();
        Arrays.sort(x);
        Arrays.sort(y);
        double largest = 0;
        int i = 0;
        int j = 0;
        while (i < x.length && j < y.length) {
            double at = Math.min(x[i], y[j]);
            while (i < x.length && x[i] == at) {
                i++;
            }
            while (j < y.length && y[j] == at) {
                j++;
            }
            largest = Math.max(largest, Math.abs((double) i / x.length - (double) j / y.length));
        }
        return largest;
    }

    /** W Wᵀ or WᵀW, whichever is smaller, beside gain² times the identity. */
    private static void orthogonal(Family family, Case drawn, int in, int out, double gain) {
        double[][] products = new double[3][];
        DType[] types = {DType.FLOAT32, DType.FLOAT64};
        for (int i = 0; i < 2; i++) {
            Tensor weight =
                    Init.orthogonal(gain).draw(Scope.current(), types[i], Shape.of(in, out), Rng.of(drawn.seed()));
            Tensor exact = weight.to(DType.FLOAT64);
            Tensor product = in >= out ? exact.transpose().matmul(exact) : exact.matmul(exact.transpose());
            products[i] = product.toDoubleArray();
        }
        TorchTensor theirs = TorchInit.orthogonal(DType.FLOAT32, out, in, gain).to(DType.FLOAT64);
        products[2] = (out >= in
                        ? Torch.matmul(theirs.transpose(0, 1), theirs)
                        : Torch.matmul(theirs, theirs.transpose(0, 1)))
                .toDoubles();
        int n = Math.min(in, out);
        double[] identity = new double[n * n];
        for (int i = 0; i < n; i++) {
            identity[i * (n + 1)] = gain * gain;
        }
        family.numbers(
                "seed " + drawn.seed() + ": orthogonal [" + in + ", " + out + "]",
                products[0],
                products[1],
                products[2],
                identity);
    }
}
