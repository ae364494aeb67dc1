package io.diapason.parity;

import static io.diapason.parity.Computation.unary;

import io.diapason.op.Elementwise;
import io.diapason.parity.torch.Torch;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class ElementwiseParityTest {
    /** A function of one tensor, and where its argument comes from. */
    private record Function(String name, Domain domain, Computation computation) {}

    private enum Domain {
        ANY,
        /** Where the argument is NaN, libtorch's gradient is not: {@link EdgeBehaviourTest}. */
        NOT_NAN,
        /** At infinities libtorch's gradient is NaN, ours the limit: {@link EdgeBehaviourTest}. */
        FINITE,
        POSITIVE,
        ABOVE_MINUS_ONE,
        NOT_HUGE,
        /** Beyond, 1 - tanh² has lost float64's digits, libtorch's and ours. */
        UNSATURATED
    }

    private static final List<Function> FUNCTIONS = List.of(
            new Function("negate", Domain.ANY, unary(Elementwise::negate, Torch::neg)),
            new Function("abs", Domain.NOT_NAN, unary(Elementwise::abs, Torch::abs)),
            new Function("sign", Domain.NOT_NAN, unary(Elementwise::sign, Torch::sign)),
            new Function("square", Domain.ANY, unary(Elementwise::square, Torch::square)),
            new Function("sqrt", Domain.POSITIVE, unary(Elementwise::sqrt, Torch::sqrt)),
            new Function("reciprocal", Domain.ANY, unary(Elementwise::reciprocal, Torch::reciprocal)),
            new Function("exp", Domain.NOT_HUGE, unary(Elementwise::exp, Torch::exp)),
            new Function("expm1", Domain.NOT_HUGE, unary(Elementwise::expm1, Torch::expm1)),
            new Function("log", Domain.POSITIVE, unary(Elementwise::log, Torch::log)),
            new Function("log1p", Domain.ABOVE_MINUS_ONE, unary(Elementwise::log1p, Torch::log1p)),
            new Function("sin", Domain.ANY, unary(Elementwise::sin, Torch::sin)),
            new Function("cos", Domain.ANY, unary(Elementwise::cos, Torch::cos)),
            new Function("erf", Domain.ANY, unary(Elementwise::erf, Torch::erf)),
            new Function("relu", Domain.NOT_NAN, unary(Elementwise::relu, Torch::relu)),
            new Function("tanh", Domain.UNSATURATED, unary(Elementwise::tanh, Torch::tanh)),
            new Function(
                    "tanh without its gradient",
                    Domain.ANY,
                    unary(x -> Elementwise.tanh(x.detach()), x -> Torch.tanh(x.detach()))),
            new Function("gelu", Domain.ANY, unary(Elementwise::gelu, Torch::gelu)),
            new Function("sigmoid", Domain.ANY, unary(Elementwise::sigmoid, Torch::sigmoid)),
            new Function("softplus", Domain.ANY, unary(Elementwise::softplus, Torch::softplus)),
            new Function("silu", Domain.ANY, unary(Elementwise::silu, Torch::silu)),
            new Function("mish", Domain.FINITE, unary(Elementwise::mish, Torch::mish)),
            new Function("selu", Domain.NOT_NAN, unary(Elementwise::selu, Torch::selu)));

    @Test
    void functionsOfOneTensor() {
        Family.run("elementwise", 4, (family, drawn) -> {
            Function function = FUNCTIONS.get(drawn.kind(FUNCTIONS.size()));
            Operand x = drawn.viewed(numbers(drawn, function.domain), drawn.shape(0, 4));
            family.compare(drawn, function.name, List.of(x), function.computation);
        });
    }

    @Test
    void functionsWithAParameter() {
        Family.run("elementwise with a parameter", 2, (family, drawn) -> {
            int[] shape = drawn.shape(0, 4);
            switch (drawn.kind(4)) {
                case 0 -> {
                    double slope = drawn.uniform(-0.2, 0.5);
                    family.compare(
                            drawn,
                            "leakyRelu " + slope,
                            List.of(drawn.viewed(numbers(drawn, Domain.NOT_NAN), shape)),
                            unary(x -> Elementwise.leakyRelu(x, slope), x -> Torch.leakyRelu(x, slope)));
                }
                case 1 -> {
                    double alpha = drawn.uniform(0.1, 2);
                    family.compare(
                            drawn,
                            "elu " + alpha,
                            List.of(drawn.viewed(numbers(drawn, Domain.NOT_NAN), shape)),
                            unary(x -> Elementwise.elu(x, alpha), x -> Torch.elu(x, alpha)));
                }
                case 2 -> {
                    double exponent = drawn.chance(0.6)
                            ? drawn.oneOf(-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 3.0)
                            : drawn.uniform(-2, 3);
                    Domain domain = exponent == Math.rint(exponent) ? Domain.ANY : Domain.POSITIVE;
                    family.compare(
                            drawn,
                            "pow " + exponent,
                            List.of(drawn.viewed(numbers(drawn, domain), shape)),
                            unary(x -> Elementwise.pow(x, exponent), x -> Torch.pow(x, exponent)));
                }
                default -> {
                    boolean tied = drawn.chance(0.5);
                    double low = tied ? drawn.between(-2, 0) : drawn.uniform(-1, 0.3);
                    double high = tied ? drawn.between(0, 2) : drawn.uniform(0.3, 1);
                    family.compare(
                            drawn,
                            "clamp " + low + " " + high,
                            List.of(tied ? drawn.tied(shape) : drawn.viewed(numbers(drawn, Domain.NOT_NAN), shape)),
                            unary(x -> Elementwise.clamp(x, low, high), x -> Torch.clamp(x, low, high)));
                }
            }
        });
    }

    /** Normal numbers of one magnitude; in one case of five, zeros, infinities and NaN among them. */
    static DoubleSupplier numbers(Case drawn, Domain domain) {
        double scale = drawn.oneOf(1e-3, 0.1, 1.0, 1.0, 3.0, 20.0);
        boolean special = drawn.chance(0.2);
        return () -> {
            if (special && drawn.chance(0.2)) {
                double infinity = domain == Domain.FINITE ? 1 : Double.POSITIVE_INFINITY;
                boolean halved = domain == Domain.POSITIVE;
                return drawn.oneOf(
                        0,
                        1,
                        infinity,
                        1e-30,
                        halved ? 2 : -0.0,
                        halved ? 2 : -infinity,
                        domain == Domain.NOT_NAN || domain == Domain.FINITE ? 0 : Double.NaN);
            }
            double x = drawn.normal() * scale;
            return switch (domain) {
                case ANY, NOT_NAN, FINITE -> x;
                case POSITIVE -> Math.abs(x);
                case ABOVE_MINUS_ONE -> x < -0.99 ? -x : x;
                case NOT_HUGE -> Math.min(x, 80);
                case UNSATURATED -> x % 4;
            };
        };
    }
}
