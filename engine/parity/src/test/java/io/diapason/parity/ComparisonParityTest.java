package io.diapason.parity;

import static io.diapason.parity.Computation.binary;
import static io.diapason.parity.Computation.nary;
import static io.diapason.parity.Computation.unary;

import io.diapason.op.Comparison;
import io.diapason.op.Logical;
import io.diapason.op.Select;
import io.diapason.parity.torch.Torch;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonParityTest {
    @Test
    void comparisonsLogicAndChoice() {
        Family.run("comparison, logic, where", (family, drawn) -> {
            int[] shape = drawn.shape(0, 4);
            int[] left = drawn.chance(0.5) ? shape : drawn.broadcasting(shape);
            int[] right = left == shape ? drawn.broadcasting(shape) : shape;
            if (Math.min(Case.elements(left), Case.elements(right)) <= 3) {
                drawn.lean();
            }
            List<Operand> two = List.of(numbers(drawn, left), numbers(drawn, right));
            List<Operand> one = List.of(two.get(0));
            List<Operand> truths = List.of(drawn.booleans(left), drawn.booleans(right));
            double number = drawn.between(-2, 2);
            switch (drawn.kind(17)) {
                case 0 -> family.compare(drawn, "equal", two, binary(Comparison::equal, Torch::eq));
                case 1 -> family.compare(drawn, "notEqual", two, binary(Comparison::notEqual, Torch::ne));
                case 2 -> family.compare(drawn, "less", two, binary(Comparison::less, Torch::lt));
                case 3 -> family.compare(drawn, "lessEqual", two, binary(Comparison::lessEqual, Torch::le));
                case 4 -> family.compare(drawn, "greater", two, binary(Comparison::greater, Torch::gt));
                case 5 -> family.compare(drawn, "greaterEqual", two, binary(Comparison::greaterEqual, Torch::ge));
                case 6 ->
                    family.compare(
                            drawn,
                            "equal " + number,
                            one,
                            unary(x -> Comparison.equal(x, number), x -> Torch.eq(x, number)));
                case 7 ->
                    family.compare(
                            drawn,
                            "notEqual " + number,
                            one,
                            unary(x -> Comparison.notEqual(x, number), x -> Torch.ne(x, number)));
                case 8 ->
                    family.compare(
                            drawn,
                            "less " + number,
                            one,
                            unary(x -> Comparison.less(x, number), x -> Torch.lt(x, number)));
                case 9 ->
                    family.compare(
                            drawn,
                            "lessEqual " + number,
                            one,
                            unary(x -> Comparison.lessEqual(x, number), x -> Torch.le(x, number)));
                case 10 ->
                    family.compare(
                            drawn,
                            "greater " + number,
                            one,
                            unary(x -> Comparison.greater(x, number), x -> Torch.gt(x, number)));
                case 11 ->
                    family.compare(
                            drawn,
                            "greaterEqual " + number,
                            one,
                            unary(x -> Comparison.greaterEqual(x, number), x -> Torch.ge(x, number)));
                case 12 -> family.compare(drawn, "and", truths, binary(Logical::and, Torch::logicalAnd));
                case 13 -> family.compare(drawn, "or", truths, binary(Logical::or, Torch::logicalOr));
                case 14 -> family.compare(drawn, "not", truths.subList(0, 1), unary(Logical::not, Torch::logicalNot));
                default ->
                    family.compare(
                            drawn,
                            "where",
                            List.of(drawn.booleans(drawn.broadcasting(shape)), drawn.floats(left), drawn.floats(right)),
                            nary(
                                    x -> Select.where(x.get(0), x.get(1), x.get(2)),
                                    x -> Torch.where(x.get(0), x.get(1), x.get(2))));
            }
        });
    }

    /** Many equal, some NaN. */
    private static Operand numbers(Case drawn, int... shape) {
        return drawn.viewed(() -> drawn.chance(0.05) ? Double.NaN : drawn.between(-2, 2), shape)
                .constant();
    }
}
