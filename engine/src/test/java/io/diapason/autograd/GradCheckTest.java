package io.diapason.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diapason.op.CustomOp;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class GradCheckTest {
    /** y = x², whose vector-Jacobian product is what the test says: 2 x g is right. */
    private record CustomSquare(double factor) implements CustomOp {
        @Override
        public String name() {
            return "customSquare";
        }

        @Override
        public Tensor forward(Tensor... inputs) {
            return inputs[0].square();
        }

        @Override
        public Tensor[] vjp(Tensor[] inputs, Tensor output, Tensor upstream) {
            return new Tensor[] {inputs[0].times(factor).times(upstream)};
        }
    }

    private static List<GradCheck.Mismatch> check(CustomOp op, float... at) {
        try (Scope scope = Scope.open()) {
            Tensor x = scope.of(Shape.of(at.length), at);
            List<GradCheck.Mismatch> found =
                    GradCheck.check(in -> Autograd.apply(op, in.get(0)).sum(), List.of(x), 1e-2, 1e-3);
            assertArrayEquals(at, x.toFloatArray(), "the inputs must not be changed");
            return found;
        }
    }

    @Test
    void aRightGradientHasNoMismatch() {
        assertEquals(List.of(), check(new CustomSquare(2), 1, -2, 0.5f));
    }

    @Test
    void aWrongGradientIsFoundElementByElement() {
        List<GradCheck.Mismatch> found = check(new CustomSquare(3), 1, 0, -2);
        // At 0 both are 0; elsewhere 3x was claimed where 2x is true.
        assertEquals(2, found.size());
        assertEquals(0, found.get(0).input());
        assertEquals(0, found.get(0).element());
        assertEquals(3, found.get(0).gradient());
        assertEquals(2, found.get(0).difference(), 1e-3);
        assertEquals(2, found.get(1).element());
        assertEquals(-6, found.get(1).gradient());
        assertEquals(-4, found.get(1).difference(), 1e-3);
    }

    @Test
    void aNanGradientIsAMismatch() {
        assertEquals(3, check(new CustomSquare(Float.NaN), 1, 2, 3).size());
    }

    @Test
    void anErrorInTheSecondInputIsNamed() {
        try (Scope scope = Scope.open()) {
            Tensor a = scope.of(Shape.of(2), 1f, 2f);
            Tensor b = scope.of(Shape.of(2), 3f, 4f);
            List<GradCheck.Mismatch> found = GradCheck.check(
                    in -> in.get(0)
                            .times(2)
                            .plus(Autograd.apply(new CustomSquare(1), in.get(1)))
                            .sum(),
                    List.of(a, b),
                    1e-2,
                    1e-3);
            assertEquals(2, found.size());
            assertEquals(1, found.get(0).input());
            assertEquals(1, found.get(1).input());
        }
    }

    @Test
    void anInputThatDoesNotMatterHasGradientZero() {
        try (Scope scope = Scope.open()) {
            Tensor a = scope.of(Shape.of(2), 1f, 2f);
            Tensor b = scope.of(Shape.of(2), 3f, 4f);
            assertEquals(List.of(), GradCheck.check(in -> in.get(0).square().sum(), List.of(a, b), 1e-2, 1e-3));
        }
    }
}
