package io.diapason.parity;

import static io.diapason.parity.Computation.binary;
import static io.diapason.parity.Computation.unary;

import io.diapason.op.Arithmetic;
import io.diapason.parity.torch.Torch;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArithmeticParityTest {
    @Test
    void functionsOfTwoTensorsThatBroadcast() {
        Family.run("arithmetic", 2, (family, drawn) -> {
            int[] shape = drawn.shape(0, 4);
            int[] left = drawn.chance(0.5) ? shape : drawn.broadcasting(shape);
            int[] right = left == shape ? drawn.broadcasting(shape) : shape;
            if (Math.min(Case.elements(left), Case.elements(right)) <= 3) {
                drawn.lean();
            }
            List<Operand> floats = List.of(drawn.floats(left), drawn.floats(right));
            switch (drawn.kind(7)) {
                case 0 -> family.compare(drawn, "add", floats, binary(Arithmetic::add, Torch::add));
                case 1 -> family.compare(drawn, "subtract", floats, binary(Arithmetic::subtract, Torch::sub));
                case 2 -> family.compare(drawn, "multiply", floats, binary(Arithmetic::multiply, Torch::mul));
                case 3 ->
                    family.compare(
                            drawn,
                            "divide",
                            List.of(drawn.floats(left), divisors(drawn, right)),
                            binary(Arithmetic::divide, Torch::div));
                case 4 ->
                    family.compare(
                            drawn,
                            "pow",
                            List.of(
                                    drawn.viewed(() -> Math.abs(drawn.normal()), left),
                                    drawn.chance(0.3)
                                            ? drawn.tied(right)
                                            : drawn.viewed(() -> drawn.uniform(-2, 3), right)),
                            binary(Arithmetic::pow, Torch::pow));
                case 5 ->
                    family.compare(
                            drawn,
                            "maximum",
                            maybeTied(drawn, left, right),
                            binary(Arithmetic::maximum, Torch::maximum));
                default ->
                    family.compare(
                            drawn,
                            "minimum",
                            maybeTied(drawn, left, right),
                            binary(Arithmetic::minimum, Torch::minimum));
            }
        });
    }

    @Test
    void functionsOfATensorAndANumber() {
        Family.run("arithmetic with a number", (family, drawn) -> {
            List<Operand> x = List.of(drawn.floats(drawn.shape(0, 4)));
            double number = drawn.normal() * drawn.oneOf(0.01, 1.0, 100.0);
            double other = drawn.normal();
            switch (drawn.kind(4)) {
                case 0 ->
                    family.compare(
                            drawn,
                            "affine " + number + " " + other,
                            x,
                            unary(
                                    t -> Arithmetic.affine(t, number, other),
                                    t -> Torch.add(Torch.mul(t, number), other)));
                case 1 ->
                    family.compare(
                            drawn,
                            "divide by " + number,
                            x,
                            unary(t -> Arithmetic.divide(t, number), t -> Torch.div(t, number)));
                case 2 ->
                    family.compare(
                            drawn,
                            number + " minus",
                            x,
                            unary(t -> Arithmetic.subtract(number, t), t -> Torch.add(Torch.neg(t), number)));
                default ->
                    family.compare(
                            drawn, "times itself", x, unary(t -> Arithmetic.multiply(t, t), t -> Torch.mul(t, t)));
            }
        });
    }

    /** Not near 0, now and then 0. */
    private static Operand divisors(Case drawn, int... shape) {
        boolean zeros = drawn.chance(0.1);
        return drawn.viewed(
                () -> zeros && drawn.chance(0.1) ? 0 : (drawn.chance(0.5) ? 1 : -1) * drawn.magnitude(0.1, 10), shape);
    }

    private static List<Operand> maybeTied(Case drawn, int[] left, int[] right) {
        return drawn.chance(0.5)
                ? List.of(drawn.tied(left), drawn.tied(right))
                : List.of(drawn.floats(left), drawn.floats(right));
    }
}
