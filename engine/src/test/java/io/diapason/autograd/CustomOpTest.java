package io.diapason.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.op.Comparison;
import io.diapason.op.CustomOp;
import io.diapason.op.Elementwise;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Operations that users write. */
class CustomOpTest {
    private final Scope scope = Scope.open();

    @AfterEach
    void close() {
        scope.close();
    }

    /** log Γ by Stirling's series, whose values are computed in plain Java; its derivative by differences. */
    private record LogGamma() implements CustomOp {
        @Override
        public String name() {
            return "logGamma";
        }

        @Override
        public Tensor forward(Tensor... in) {
            return map(in[0], LogGamma::of);
        }

        @Override
        public Tensor[] vjp(Tensor[] in, Tensor out, Tensor upstream) {
            return new Tensor[] {upstream.times(map(in[0], x -> (of(x + 1e-5) - of(x - 1e-5)) / 2e-5))};
        }

        private static Tensor map(Tensor x, DoubleUnaryOperator f) {
            return Scope.current()
                    .of(x.shape(), Arrays.stream(x.toDoubleArray()).map(f).toArray());
        }

        private static double of(double x) {
            return x < 30
                    ? of(x + 1) - Math.log(x)
                    : (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + 1 / (12 * x);
        }
    }

    /** A step whose gradient is that of the identity: Bengio, Léonard and Courville 2013. */
    private record StraightThrough() implements CustomOp {
        @Override
        public String name() {
            return "straightThrough";
        }

        @Override
        public Tensor forward(Tensor... in) {
            return Comparison.greater(in[0], 0).to(in[0].dtype());
        }

        @Override
        public Tensor[] vjp(Tensor[] in, Tensor out, Tensor upstream) {
            return new Tensor[] {upstream};
        }
    }

    /** Whatever forward and vjp a test wants. */
    private record Any(Function<Tensor[], Tensor> compute, Function<Tensor, Tensor[]> products) implements CustomOp {
        @Override
        public String name() {
            return "any";
        }

        @Override
        public Tensor forward(Tensor... in) {
            return compute.apply(in);
        }

        @Override
        public Tensor[] vjp(Tensor[] in, Tensor out, Tensor upstream) {
            return products.apply(upstream);
        }
    }

    private Tensor leaf(double... values) {
        return scope.of(Shape.of(values.length), values).requireGradient();
    }

    @Test
    void valuesOfPlainJavaHaveAGradient() {
        Tensor x = scope.of(Shape.of(2, 2), 1, 2.5, 4, 7.0);
        Tensor y = Autograd.apply(new LogGamma(), x);
        // Γ(1) = 1, Γ(4) = 6, Γ(7) = 720
        assertEquals(0, y.select(0, 0).select(0, 0).item(), 1e-6);
        assertEquals(Math.log(6), y.select(0, 1).select(0, 0).item(), 1e-6);
        assertEquals(Math.log(720), y.select(0, 1).select(0, 1).item(), 1e-6);
        assertEquals(
                List.of(),
                GradCheck.check(
                        in -> Autograd.apply(new LogGamma(), in.get(0).square()).sum(),
                        List.of(scope.of(Shape.of(3), 1.1, 1.7, 2.3)),
                        1e-4,
                        1e-6));
    }

    @Test
    void theGradientIsWhatTheOperationSaysItIs() {
        Tensor x = leaf(-1, 2, 3);
        Tensor y = Autograd.apply(new StraightThrough(), x.times(2));
        assertArrayEquals(new double[] {0, 1, 1}, y.toDoubleArray());
        assertArrayEquals(new double[] {2, 2, 2}, y.sum().backward().of(x).toDoubleArray());
    }

    @Test
    void whatHappensInsideIsNotRemembered() {
        Tensor x = leaf(3);
        boolean[] tracked = {true};
        Any op = new Any(
                in -> {
                    Tensor inside = in[0].square();
                    tracked[0] = inside.tracksGradient();
                    return inside;
                },
                upstream -> new Tensor[] {upstream.times(100)});
        // The gradient of the square, 6, does not count.
        assertArrayEquals(
                new double[] {100}, Autograd.apply(op, x).sum().backward().of(x).toDoubleArray());
        assertFalse(tracked[0]);
        assertFalse(Autograd.noGrad(() -> Autograd.apply(op, x)).tracksGradient());
        assertFalse(Autograd.apply(op, x.detach()).tracksGradient());
    }

    @Test
    void anOperationMayGiveBackItsOperand() {
        Any identity = new Any(in -> in[0], upstream -> new Tensor[] {upstream.negate()});
        Tensor x = leaf(1, 2);
        Tensor y = Autograd.apply(identity, x);
        assertNotSame(x, y);
        assertArrayEquals(new double[] {-1, -1}, y.sum().backward().of(x).toDoubleArray());
        Tensor middle = x.times(3);
        assertArrayEquals(
                new double[] {-3, -3},
                Autograd.apply(identity, middle).sum().backward().of(x).toDoubleArray());
    }

    @Test
    void gradientsThatAnOperationHandsOnAreNotShared() {
        Tensor a = leaf(1, 2);
        Tensor b = leaf(3, 4);
        Any sum = new Any(in -> in[0].plus(in[1]), upstream -> new Tensor[] {upstream, upstream});
        Tensor upstream = scope.of(Shape.of(2), 5, 6.0);
        Gradients gradients = Autograd.apply(sum, a, b).backward(upstream);
        gradients.of(a).set(new double[] {0, 0});
        assertArrayEquals(new double[] {5, 6}, gradients.of(b).toDoubleArray());
        assertArrayEquals(new double[] {5, 6}, upstream.toDoubleArray());
        // Nor with an operand: the product rule gives them just as they are.
        Any product = new Any(in -> in[0].times(in[1]), up -> new Tensor[] {b.detach(), a.detach()});
        Gradients crossed = Autograd.apply(product, a, b).sum().backward();
        crossed.zero();
        assertArrayEquals(new double[] {1, 2}, a.toDoubleArray());
        assertArrayEquals(new double[] {3, 4}, b.toDoubleArray());
    }

    @Test
    void aNullGradientEndsTheWayBack() {
        Tensor x = leaf(1);
        Any op = new Any(in -> in[0].square(), upstream -> new Tensor[] {null});
        assertNull(Autograd.apply(op, x).sum().backward().of(x));
    }

    @Test
    void theProductsMustBeOneAnOperand() {
        Tensor x = leaf(1, 2);
        Any op = new Any(in -> in[0].square(), upstream -> new Tensor[] {upstream, upstream});
        assertEquals(
                "any: vjp must give one gradient or null for each of 1 operands, got 2",
                assertThrows(
                                IllegalStateException.class,
                                () -> Autograd.apply(op, x).sum().backward())
                        .getMessage());
    }

    @Test
    void aProductMustHaveItsOperandsTypeAndShape() {
        Tensor x = leaf(1, 2);
        String rule = "any: the vjp must give a gradient of the operand's type and shape, got ";
        Any wrongShape = new Any(in -> Elementwise.exp(in[0]), upstream -> new Tensor[] {upstream.sum()});
        assertEquals(
                rule + "Tensor[float64 [] on cpu] for operand 0, Tensor[float64 [2] on cpu]",
                assertThrows(
                                ShapeException.class,
                                () -> Autograd.apply(wrongShape, x).sum().backward())
                        .getMessage());
        Any wrongType = new Any(in -> Elementwise.exp(in[0]), upstream -> new Tensor[] {upstream.to(DType.FLOAT32)});
        assertEquals(
                rule + "Tensor[float32 [2] on cpu] for operand 0, Tensor[float64 [2] on cpu]",
                assertThrows(
                                ShapeException.class,
                                () -> Autograd.apply(wrongType, x).sum().backward())
                        .getMessage());
    }
}
