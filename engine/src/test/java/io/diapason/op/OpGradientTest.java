package io.diapason.op;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diapason.autograd.GradCheck;
import io.diapason.nativelib.NativeLibrary;
import io.diapason.nativelib.generated.Kernels;
import io.diapason.random.Rng;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The test table of all operations: one row each, its gradient against central differences on every instruction set.
 */
class OpGradientTest {
    private final int chosen = Kernels.dp_isa_current();

    @AfterEach
    void restoreInstructionSet() {
        Kernels.dp_isa_select(chosen);
    }

    /** An operation, the shapes of its inputs, and the range the inputs are drawn from. */
    private record Row(String name, Function<List<Tensor>, Tensor> op, double low, double high, List<Shape> shapes) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Row row(String name, Function<List<Tensor>, Tensor> op, double low, double high, Shape... shapes) {
        return new Row(name, op, low, high, List.of(shapes));
    }

    static List<Row> table() {
        Shape any = Shape.of(3, 5);
        return List.of(
                row("negate", in -> Elementwise.negate(in.get(0)), -2, 2, any),
                row("abs above 0", in -> Elementwise.abs(in.get(0)), 0.1, 2, any),
                row("abs below 0", in -> Elementwise.abs(in.get(0)), -2, -0.1, any),
                row("square", in -> Elementwise.square(in.get(0)), -2, 2, any),
                row("sqrt", in -> Elementwise.sqrt(in.get(0)), 0.5, 3, any),
                row("exp", in -> Elementwise.exp(in.get(0)), -2, 2, any),
                row("log", in -> Elementwise.log(in.get(0)), 0.5, 3, any),
                row("relu above 0", in -> Elementwise.relu(in.get(0)), 0.1, 2, any),
                row("relu below 0", in -> Elementwise.relu(in.get(0)), -2, -0.1, any),
                row("tanh", in -> Elementwise.tanh(in.get(0)), -2, 2, any),
                row("gelu", in -> Elementwise.gelu(in.get(0)), -3, 3, any),
                row("add", in -> in.get(0).plus(in.get(1)), -2, 2, any, any),
                row("add to itself", in -> in.get(0).plus(in.get(0)), -2, 2, any),
                row("subtract", in -> in.get(0).minus(in.get(1)), -2, 2, any, any),
                row("multiply", in -> in.get(0).times(in.get(1)), -2, 2, any, any),
                row("divide", in -> in.get(0).dividedBy(in.get(1)), 0.5, 2, any, any),
                row("scale", in -> Arithmetic.affine(in.get(0), 3, -1), -2, 2, any),
                row("multiply by a scalar", in -> in.get(0).times(in.get(1)), -2, 2, Shape.scalar(), any),
                row("sum", in -> Reduction.sum(in.get(0)), -2, 2, any),
                row("mean", in -> Reduction.mean(in.get(0), false), -2, 2, any),
                row("sumOfAbsolutes", in -> Reduction.sumOfAbsolutes(in.get(0), false), 0.1, 2, any),
                row("sumOfSquares", in -> Reduction.sumOfSquares(in.get(0), false), -2, 2, any),
                row("expand", in -> View.expand(in.get(0), Shape.of(2, 3)), -2, 2, Shape.scalar()),
                row("matmul", in -> in.get(0).matmul(in.get(1)), -1, 1, Shape.of(3, 4), Shape.of(4, 2)),
                row(
                        "linear",
                        in -> Matmul.linear(in.get(0), in.get(1), in.get(2)),
                        -1,
                        1,
                        Shape.of(3, 4),
                        Shape.of(4, 17),
                        Shape.of(17)),
                row("sum of columns", in -> in.get(0).sum(0), -2, 2, any),
                row("dropout", in -> Dropout.dropout(in.get(0), 0.4f, 7, 1), -2, 2, Shape.of(9, 31)),
                row("softmax", in -> Softmax.softmax(in.get(0)), -2, 2, any),
                row(
                        "crossEntropy",
                        in -> Softmax.crossEntropy(in.get(0), Scope.current().of(Shape.of(4), 2, 0, 1, 2)),
                        -2,
                        2,
                        Shape.of(4, 3)));
    }

    static Stream<Arguments> rowsOnEveryInstructionSet() {
        return table().stream()
                .flatMap(row -> Stream.of(Kernels.DP_ISA_PORTABLE, Kernels.DP_ISA_AVX2, Kernels.DP_ISA_AVX512)
                        .filter(isa -> Kernels.dp_isa_supported(isa) != 0)
                        .map(isa -> Arguments.of(row, isa)));
    }

    @ParameterizedTest
    @MethodSource("rowsOnEveryInstructionSet")
    void gradientMatchesCentralDifferences(Row row, int isa) {
        NativeLibrary.load();
        assertEquals(Kernels.DP_OK, Kernels.dp_isa_select(isa));
        try (Scope scope = Scope.open()) {
            List<Tensor> inputs = new ArrayList<>();
            for (int i = 0; i < row.shapes().size(); i++) {
                inputs.add(uniform(scope, row.shapes().get(i), row.low(), row.high(), Rng.of(11, i)));
            }
            // A weighted sum makes the upstream gradient different for each element of the result.
            Function<List<Tensor>, Tensor> scalar = in -> {
                Tensor y = row.op().apply(in);
                Tensor weights = uniform(Scope.current(), y.shape(), 0.5, 1.5, Rng.of(12));
                return y.times(weights).sum();
            };
            assertEquals(List.of(), GradCheck.check(scalar, inputs, 1e-2, 4e-3));
        }
    }

    static Tensor uniform(Scope scope, Shape shape, double low, double high, Rng rng) {
        float[] values = new float[(int) shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (low + (high - low) * rng.doubleAt(i));
        }
        return scope.of(shape, values);
    }
}
