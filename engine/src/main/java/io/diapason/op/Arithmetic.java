package io.diapason.op;

import io.diapason.autograd.Autograd;
import io.diapason.backend.Backend;
import io.diapason.nativelib.generated.Kernels;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Sums, differences, products, quotients, powers and extremes, element by element, of numbers of one type. Shapes
 * broadcast by NumPy's rule, and a gradient is summed over what was repeated.
 */
public final class Arithmetic {
    private Arithmetic() {}

    /**
     * a + b. Gradients: g, g.
     *
     * @param a any shape
     * @param b of the same type, whose shape broadcasts with a's
     * @return the sum
     */
    public static Tensor add(Tensor a, Tensor b) {
        return Autograd.apply(new Binary(Rule.ADD), a, b);
    }

    /**
     * a − b. Gradients: g, −g.
     *
     * @param a any shape
     * @param b of the same type, whose shape broadcasts with a's
     * @return the difference
     */
    public static Tensor subtract(Tensor a, Tensor b) {
        return Autograd.apply(new Binary(Rule.SUBTRACT), a, b);
    }

    /**
     * minuend − x.
     *
     * @param minuend a number
     * @param x any shape
     * @return the difference
     */
    public static Tensor subtract(double minuend, Tensor x) {
        return affine(x, -1, minuend);
    }

    /**
     * a · b. Gradients: g · b, g · a.
     *
     * @param a any shape
     * @param b of the same type, whose shape broadcasts with a's
     * @return the product
     */
    public static Tensor multiply(Tensor a, Tensor b) {
        return Autograd.apply(new Binary(Rule.MULTIPLY), a, b);
    }

    /**
     * a / b; of integers towards 0. Gradients: g / b, −g · (a / b) / b.
     *
     * @param a any shape
     * @param b of the same type, whose shape broadcasts with a's
     * @return the quotient
     * @throws ArithmeticException when an integer is divided by 0
     */
    public static Tensor divide(Tensor a, Tensor b) {
        return Autograd.apply(new Binary(Rule.DIVIDE), a, b);
    }

    /**
     * x / divisor, correctly rounded; of integers towards 0.
     *
     * @param x any shape
     * @param divisor a number
     * @return the quotient
     * @throws ArithmeticException when an integer is divided by 0
     */
    public static Tensor divide(Tensor x, double divisor) {
        Check.wholeOfType("divide", x, divisor);
        return divide(x, Scope.current().full(x.dtype(), Shape.scalar(), divisor));
    }

    /**
     * a to the power of b, of float types. Gradients: g · b · a^(b − 1), which is 0 where b is 0; and g · a^b · log a,
     * which is 0 where a is 0 and b at least 0.
     *
     * @param a any shape
     * @param b of the same type, whose shape broadcasts with a's
     * @return the powers
     */
    public static Tensor pow(Tensor a, Tensor b) {
        Check.floats("pow", a);
        return Autograd.apply(new Binary(Rule.POW), a, b);
    }

    /**
     * The greater of a and b, NaN where one is. Gradients: g to the greater, half of it to each of equals.
     *
     * @param a any shape
     * @param b of the same type, whose shape broadcasts with a's
     * @return the maxima
     */
    public static Tensor maximum(Tensor a, Tensor b) {
        return Autograd.apply(new Binary(Rule.MAXIMUM), a, b);
    }

    /**
     * The lesser of a and b, NaN where one is. Gradients: g to the lesser, half of it to each of equals.
     *
     * @param a any shape
     * @param b of the same type, whose shape broadcasts with a's
     * @return the minima
     */
    public static Tensor minimum(Tensor a, Tensor b) {
        return Autograd.apply(new Binary(Rule.MINIMUM), a, b);
    }

    /**
     * factor · x + summand; of integers with whole numbers. Gradient: factor · g.
     *
     * @param x any shape
     * @param factor a number
     * @param summand a number
     * @return the result, of the same shape
     */
    public static Tensor affine(Tensor x, double factor, double summand) {
        return Elementwise.affine(x, factor, summand);
    }

    /** A kernel and its derivatives. */
    private enum Rule {
        ADD(Kernels.DP_ADD) {
            @Override
            Tensor left(Tensor a, Tensor b, Tensor output, Tensor upstream) {
                return upstream;
            }

            @Override
            Tensor right(Tensor a, Tensor b, Tensor output, Tensor upstream) {
                return upstream;
            }
        },
        SUBTRACT(Kernels.DP_SUBTRACT) {
            @Override
            Tensor left(Tensor a, Tensor b, Tensor output, Tensor upstream) {
                return upstream;
            }

            @Override
            Tensor right(Tensor a, Tensor b, Tensor output, Tensor upstream) {
                return Elementwise.negate(upstream);
            }
        },
        MULTIPLY(Kernels.DP_MULTIPLY) {
            @Override
            Tensor left(Tensor a, Tensor b, Tensor output, Tensor upstream) {
                return multiply(upstream, b);
            }

            @Override
            Tensor right(Tensor a, Tensor b, Tensor output, Tensor upstream) {
                return multiply(upstream, a);
            }
        },
        DIVIDE(Kernels.DP_DIVIDE) {
            @Override
            Tensor left(Tensor a, Tensor b, Tensor output, Tensor upstream) {
                return divide(upstream, b);
            }

            @Override
            Tensor right(Tensor a, Tensor b, Tensor output, Tensor upstream) {
                return Elementwise.negate(multiply(divide(upstream, b), output));
            }
        },
        POW(Kernels.DP_POW) {
            @Override
            Tensor left(Tensor a, Tensor b, Tensor output, Tensor upstream) {
                Tensor slope = multiply(b, pow(a, affine(b, 1, -1)));
                return multiply(upstream, Select.where(Comparison.equal(b, 0), 0, slope));
            }

            @Override
            Tensor right(Tensor a, Tensor b, Tensor output, Tensor upstream) {
                Tensor flat = Logical.and(Comparison.equal(a, 0), Comparison.greaterEqual(b, 0));
                return multiply(upstream, Select.where(flat, 0, multiply(output, Elementwise.log(a))));
            }
        },
        MAXIMUM(Kernels.DP_MAXIMUM) {
            @Override
            Tensor left(Tensor a, Tensor b, Tensor output, Tensor upstream) {
                return unless(Comparison.less(a, b), a, b, upstream);
            }

            @Override
            Tensor right(Tensor a, Tensor b, Tensor output, Tensor upstream) {
                return unless(Comparison.greater(a, b), a, b, upstream);
            }
        },
        MINIMUM(Kernels.DP_MINIMUM) {
            @Override
            Tensor left(Tensor a, Tensor b, Tensor output, Tensor upstream) {
                return unless(Comparison.greater(a, b), a, b, upstream);
            }

            @Override
            Tensor right(Tensor a, Tensor b, Tensor output, Tensor upstream) {
                return unless(Comparison.less(a, b), a, b, upstream);
            }
        };

        private final int code;

        Rule(int code) {
            this.code = code;
        }

        /** The gradient of a in the result's shape. */
        abstract Tensor left(Tensor a, Tensor b, Tensor output, Tensor upstream);

        /** The gradient of b in the result's shape. */
        abstract Tensor right(Tensor a, Tensor b, Tensor output, Tensor upstream);

        /** g, halved among equals, 0 where the other operand was taken. */
        private static Tensor unless(Tensor other, Tensor a, Tensor b, Tensor upstream) {
            Tensor shared = Select.where(Comparison.equal(a, b), affine(upstream, 0.5, 0), upstream);
            return Select.where(other, 0, shared);
        }
    }

    private record Binary(Rule rule) implements KernelOp {
        @Override
        public String name() {
            return rule.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public Shape shape(Tensor... inputs) {
            Check.numbers(name(), inputs[0]);
            Check.sameType(name(), inputs[0], inputs[1]);
            return Shape.broadcast(name(), inputs[0].shape(), inputs[1].shape());
        }

        @Override
        public boolean readsStrides() {
            return true;
        }

        @Override
        public void forward(Backend backend, Tensor[] inputs, Tensor output) {
            backend.binary(rule.code, inputs[0], inputs[1], output);
        }

        @Override
        public @Nullable Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            Tensor a = inputs[0];
            Tensor b = inputs[1];
            Tensor y = output.detach();
            return new @Nullable Tensor[] {
                a.tracksGradient() ? View.sumTo(rule.left(a, b, y, upstream), a.shape()) : null,
                b.tracksGradient() ? View.sumTo(rule.right(a, b, y, upstream), b.shape()) : null
            };
        }
    }
}
