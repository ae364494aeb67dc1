package io.diapason.op;

import static io.diapason.op.ForwardTrial.FLOATS;
import static io.diapason.op.ForwardTrial.NUMBERS;

import io.diapason.op.ForwardTrial.Case;
import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Nd;
import io.diapason.tensor.RandomTensors.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** What element-by-element operations compute, in plain Java. */
final class ForwardElements {
    private final List<Case> cases = new ArrayList<>();

    static List<Case> cases() {
        ForwardElements elements = new ForwardElements();
        elements.functions();
        elements.arithmetic();
        elements.comparisons();
        elements.choices();
        elements.conversions();
        return elements.cases;
    }

    private void function(String name, double low, double high, DType[] types, DoubleUnaryOperator reference) {
        cases.add(Case.of("Elementwise." + name + "(Tensor)", trial -> {
            DType dtype = trial.dtype(types);
            Pair x = trial.operand(dtype, trial.random.sizes(), low, high);
            trial.expect(dtype, x.reference().map(reference), trial.call(x.tensor()), 1e-6);
        }));
    }

    /** 2/√π e^(−x²) Σ 2ⁿ x^(2n+1) / (1 · 3 · … · (2n + 1)): all terms have x's sign, so nothing cancels. */
    static double erf(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; n < 200; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }

    private static double softplus(double x) {
        return Math.log1p(Math.exp(-Math.abs(x))) + Math.max(x, 0);
    }

    private void functions() {
        function("negate", -9, 9, NUMBERS, x -> -x);
        function("abs", -9, 9, NUMBERS, Math::abs);
        function("sign", -2, 2, NUMBERS, Math::signum);
        function("square", -9, 9, NUMBERS, x -> x * x);
        function("sqrt", -1, 9, FLOATS, Math::sqrt);
        function("reciprocal", 1, 9, FLOATS, x -> 1 / x);
        function("exp", -9, 5, FLOATS, Math::exp);
        function("expm1", -9, 5, FLOATS, Math::expm1);
        function("log", 0, 9, FLOATS, Math::log);
        function("log1p", -1, 9, FLOATS, Math::log1p);
        function("sin", -20, 20, FLOATS, Math::sin);
        function("cos", -20, 20, FLOATS, Math::cos);
        function("erf", -4, 4, FLOATS, ForwardElements::erf);
        function("relu", -9, 9, FLOATS, x -> Math.max(x, 0));
        function("tanh", -9, 9, FLOATS, Math::tanh);
        function("gelu", -5, 5, FLOATS, x -> x / 2 * (1 + erf(x / Math.sqrt(2))));
        function("sigmoid", -20, 20, FLOATS, x -> 1 / (1 + Math.exp(-x)));
        function("softplus", -20, 20, FLOATS, ForwardElements::softplus);
        function("silu", -20, 20, FLOATS, x -> x / (1 + Math.exp(-x)));
        function("mish", -20, 20, FLOATS, x -> x * Math.tanh(softplus(x)));
        function("selu", -9, 9, FLOATS, x -> 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x)));
        cases.add(Case.of("Elementwise.leakyRelu(Tensor, double)", trial -> {
            DType dtype = trial.dtype(FLOATS);
            Pair x = trial.operand(dtype, trial.random.sizes(), -9, 9);
            double slope = trial.random.between(0, 1);
            trial.expect(dtype, x.reference().map(a -> a > 0 ? a : slope * a), trial.call(x.tensor(), slope), 1e-6);
        }));
        cases.add(Case.of("Elementwise.elu(Tensor, double)", trial -> {
            DType dtype = trial.dtype(FLOATS);
            Pair x = trial.operand(dtype, trial.random.sizes(), -9, 9);
            double alpha = trial.random.between(0, 2);
            trial.expect(
                    dtype,
                    x.reference().map(a -> a > 0 ? a : alpha * Math.expm1(a)),
                    trial.call(x.tensor(), alpha),
                    1e-6);
        }));
        cases.add(Case.of("Elementwise.pow(Tensor, double)", trial -> {
            DType dtype = trial.dtype(FLOATS);
            boolean whole = trial.random.coin();
            double exponent = whole ? trial.random.below(7) - 3 : trial.random.below(13) / 4.0;
            Pair x = trial.operand(dtype, trial.random.sizes(), whole ? -3 : 0, 3);
            trial.expect(dtype, x.reference().map(a -> Math.pow(a, exponent)), trial.call(x.tensor(), exponent), 1e-6);
        }));
        cases.add(Case.of("Elementwise.clamp(Tensor, double, double)", trial -> {
            DType dtype = trial.dtype(NUMBERS);
            Pair x = trial.operand(dtype, trial.random.sizes(), -9, 9);
            double low = trial.random.one(-5.0, 0.0, Double.NEGATIVE_INFINITY);
            double high = trial.random.one(5.0, 0.0, Double.POSITIVE_INFINITY);
            trial.expect(
                    dtype,
                    x.reference().map(a -> Math.min(Math.max(a, low), high)),
                    trial.call(x.tensor(), low, high),
                    0);
        }));
        cases.add(Case.of("Dropout.dropout(Tensor, float, long, long)", trial -> {
            DType dtype = trial.dtype(FLOATS);
            Pair x = trial.operand(dtype, trial.random.sizes(), -9, 9);
            float rate = trial.random.below(8) / 8f;
            long seed = trial.random.below(100);
            Rng words = Rng.of(seed, 3);
            double[] kept = new double[x.reference().values().length];
            for (int i = 0; i < kept.length; i++) {
                // diapason.h: tiles of 128 elements share 16 blocks; each word gives two elements 16 bits each.
                int e = i % 128;
                long block = 16L * (i / 128) + e % 32 / 2;
                int word = words.wordAt(4 * block + e / 32);
                int bits = e % 2 == 0 ? word & 0xffff : word >>> 16;
                kept[i] = bits >= Math.round(rate * 65536) ? x.reference().values()[i] / (1 - rate) : 0;
            }
            trial.expect(dtype, new Nd(x.reference().sizes(), kept), trial.call(x.tensor(), rate, seed, 3L), 1e-6);
        }));
    }

    private void binary(String name, double low, double high, DType[] types, DoubleBinaryOperator reference) {
        cases.add(Case.of("Arithmetic." + name + "(Tensor, Tensor)", trial -> {
            DType dtype = trial.dtype(types);
            int[] sizes = trial.random.sizes();
            Pair a = trial.operand(dtype, sizes, low, high);
            Pair b = trial.operand(dtype, trial.random.broadcastable(sizes), low, high);
            boolean swapped = trial.random.coin();
            Pair left = swapped ? b : a;
            Pair right = swapped ? a : b;
            trial.expect(
                    dtype,
                    left.reference().zip(right.reference(), reference),
                    trial.call(left.tensor(), right.tensor()),
                    1e-6);
        }));
    }

    private void arithmetic() {
        binary("add", -9, 9, NUMBERS, Double::sum);
        binary("subtract", -9, 9, NUMBERS, (a, b) -> a - b);
        binary("multiply", -9, 9, NUMBERS, (a, b) -> a * b);
        binary("divide", 1, 9, FLOATS, (a, b) -> a / b);
        binary("pow", 0.5, 4, FLOATS, Math::pow);
        binary("maximum", -9, 9, NUMBERS, Math::max);
        binary("minimum", -9, 9, NUMBERS, Math::min);
        cases.add(Case.of("Arithmetic.divide(Tensor, Tensor)", trial -> {
            DType dtype = trial.dtype(DType.INT32, DType.INT64);
            int[] sizes = trial.random.sizes();
            Pair a = trial.operand(dtype, sizes, -30, 30);
            Pair b = trial.operand(dtype, trial.random.broadcastable(sizes), 1, 6);
            Nd quotients = a.reference().zip(b.reference(), (x, y) -> (long) (x / y));
            trial.expect(dtype, quotients, trial.call(a.tensor(), b.tensor()), 0);
            Nd negative = a.reference().zip(b.reference(), (x, y) -> (long) (x / -y));
            trial.expect(dtype, negative, trial.call(a.tensor(), Elementwise.negate(b.tensor())), 0);
        }));
        cases.add(Case.of("Arithmetic.divide(Tensor, double)", trial -> {
            DType dtype = trial.dtype(NUMBERS);
            Pair x = trial.operand(dtype, trial.random.sizes(), -30, 30);
            double divisor = trial.random.one(-3.0, 7.0);
            Nd expected = x.reference().map(a -> dtype.isInteger() ? (long) (a / divisor) : a / divisor);
            trial.expect(dtype, expected, trial.call(x.tensor(), divisor), 1e-7);
        }));
        cases.add(Case.of("Arithmetic.subtract(double, Tensor)", trial -> {
            DType dtype = trial.dtype(NUMBERS);
            Pair x = trial.operand(dtype, trial.random.sizes(), -30, 30);
            trial.expect(dtype, x.reference().map(a -> 7 - a), trial.call(7.0, x.tensor()), 1e-7);
        }));
        cases.add(Case.of("Arithmetic.affine(Tensor, double, double)", trial -> {
            DType dtype = trial.dtype(NUMBERS);
            Pair x = trial.operand(dtype, trial.random.sizes(), -30, 30);
            double factor = dtype.isInteger() ? -3 : 1.5;
            trial.expect(dtype, x.reference().map(a -> factor * a + 2), trial.call(x.tensor(), factor, 2.0), 1e-6);
        }));
    }

    /** A relation of two doubles. */
    private interface Relation {
        boolean holds(double a, double b);
    }

    private void comparison(String name, Relation relation) {
        DoubleBinaryOperator reference = (a, b) -> relation.holds(a, b) ? 1 : 0;
        cases.add(Case.of("Comparison." + name + "(Tensor, Tensor)", trial -> {
            DType dtype = trial.dtype(DType.values());
            int[] sizes = trial.random.sizes();
            Pair a = trial.operand(dtype, sizes, -3, 3);
            Pair b = trial.operand(dtype, trial.random.broadcastable(sizes), -3, 3);
            trial.expect(
                    DType.BOOL, a.reference().zip(b.reference(), reference), trial.call(a.tensor(), b.tensor()), 0);
        }));
        cases.add(Case.of("Comparison." + name + "(Tensor, double)", trial -> {
            DType dtype = trial.dtype(DType.values());
            Pair a = trial.operand(dtype, trial.random.sizes(), -3, 3);
            double b = dtype == DType.BOOL ? trial.random.below(2) : trial.random.below(6) - 3;
            trial.expect(
                    DType.BOOL, a.reference().map(x -> reference.applyAsDouble(x, b)), trial.call(a.tensor(), b), 0);
        }));
    }

    private void comparisons() {
        comparison("equal", (a, b) -> a == b);
        comparison("notEqual", (a, b) -> a != b);
        comparison("less", (a, b) -> a < b);
        comparison("lessEqual", (a, b) -> a <= b);
        comparison("greater", (a, b) -> a > b);
        comparison("greaterEqual", (a, b) -> a >= b);
        logical("and", (a, b) -> a * b);
        logical("or", Math::max);
        cases.add(Case.of("Logical.not(Tensor)", trial -> {
            Pair x = trial.operand(DType.BOOL, trial.random.sizes(), 0, 1);
            trial.expect(DType.BOOL, x.reference().map(a -> 1 - a), trial.call(x.tensor()), 0);
        }));
    }

    private void logical(String name, DoubleBinaryOperator reference) {
        cases.add(Case.of("Logical." + name + "(Tensor, Tensor)", trial -> {
            int[] sizes = trial.random.sizes();
            Pair a = trial.operand(DType.BOOL, sizes, 0, 1);
            Pair b = trial.operand(DType.BOOL, trial.random.broadcastable(sizes), 0, 1);
            trial.expect(
                    DType.BOOL, a.reference().zip(b.reference(), reference), trial.call(a.tensor(), b.tensor()), 0);
        }));
    }

    private static Nd where(Nd condition, Nd a, Nd b) {
        // Encoded as one number each: where the condition holds b does not count, and the other way round.
        Nd chosenA = condition.zip(a, (c, x) -> c != 0 ? x : 0);
        Nd chosenB = condition.zip(b, (c, x) -> c != 0 ? 0 : x);
        return chosenA.zip(chosenB, Double::sum);
    }

    private void choices() {
        cases.add(Case.of("Select.where(Tensor, Tensor, Tensor)", trial -> {
            DType dtype = trial.dtype(DType.values());
            int[] sizes = trial.random.sizes();
            Pair condition = trial.operand(DType.BOOL, trial.random.broadcastable(sizes), 0, 1);
            Pair a = trial.operand(dtype, sizes, -9, 9);
            Pair b = trial.operand(dtype, Nd.broadcast(sizes, trial.random.broadcastable(sizes)), -9, 9);
            trial.expect(
                    dtype,
                    where(condition.reference(), a.reference(), b.reference()),
                    trial.call(condition.tensor(), a.tensor(), b.tensor()),
                    0);
        }));
        for (boolean first : new boolean[] {true, false}) {
            cases.add(Case.of(
                    first ? "Select.where(Tensor, double, Tensor)" : "Select.where(Tensor, Tensor, double)", trial -> {
                        DType dtype = trial.dtype(DType.values());
                        int[] sizes = trial.random.sizes();
                        Pair condition = trial.operand(DType.BOOL, trial.random.broadcastable(sizes), 0, 1);
                        Pair x = trial.operand(dtype, sizes, -9, 9);
                        double number = dtype == DType.BOOL ? 1 : 4;
                        Nd constant = new Nd(new int[0], new double[] {number});
                        if (first) {
                            trial.expect(
                                    dtype,
                                    where(condition.reference(), constant, x.reference()),
                                    trial.call(condition.tensor(), number, x.tensor()),
                                    0);
                        } else {
                            trial.expect(
                                    dtype,
                                    where(condition.reference(), x.reference(), constant),
                                    trial.call(condition.tensor(), x.tensor(), number),
                                    0);
                        }
                    }));
        }
    }

    private void conversions() {
        cases.add(Case.of("Convert.convert(Tensor, DType)", trial -> {
            DType from = trial.dtype(DType.values());
            DType to = trial.dtype(DType.values());
            Pair x = trial.operand(from, trial.random.sizes(), -9, 9);
            Nd expected = x.reference().map(a -> switch (to) {
                case FLOAT64 -> a;
                case FLOAT32 -> (float) a;
                case INT32, INT64 -> (long) a;
                case BOOL -> a != 0 ? 1 : 0;
            });
            trial.expect(to, expected, trial.call(x.tensor(), to), 0);
        }));
    }
}
