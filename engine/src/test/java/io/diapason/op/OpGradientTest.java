package io.diapason.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.diapason.autograd.GradCheck;
import io.diapason.nativelib.NativeLibrary;
import io.diapason.nativelib.generated.Kernels;
import io.diapason.op.GradientTable.Row;
import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Nd;
import io.diapason.tensor.RandomTensors;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gradient of every row of {@link GradientTable} against central differences. */
class OpGradientTest {
    /** What no gradient flows through: truth values, whole numbers, and the steps of optimisers. */
    private static final List<String> WITHOUT_GRADIENT = List.of(
            "Comparison.equal(Tensor, Tensor)",
            "Comparison.equal(Tensor, double)",
            "Comparison.greater(Tensor, Tensor)",
            "Comparison.greater(Tensor, double)",
            "Comparison.greaterEqual(Tensor, Tensor)",
            "Comparison.greaterEqual(Tensor, double)",
            "Comparison.less(Tensor, Tensor)",
            "Comparison.less(Tensor, double)",
            "Comparison.lessEqual(Tensor, Tensor)",
            "Comparison.lessEqual(Tensor, double)",
            "Comparison.notEqual(Tensor, Tensor)",
            "Comparison.notEqual(Tensor, double)",
            "Index.oneHot(Tensor, int, DType)",
            "Logical.and(Tensor, Tensor)",
            "Logical.not(Tensor)",
            "Logical.or(Tensor, Tensor)",
            "Reduction.all(Tensor, boolean, int[])",
            "Reduction.any(Tensor, boolean, int[])",
            "Reduction.argmax(Tensor, boolean, int[])",
            "Reduction.argmin(Tensor, boolean, int[])");

    private final int chosen = Kernels.dp_isa_current();

    @AfterEach
    void restoreInstructionSet() {
        Kernels.dp_isa_select(chosen);
    }

    @Test
    void theTableHoldsEveryOperation() {
        TreeSet<String> missing = new TreeSet<>();
        for (Method method : OpMethods.all()) {
            if (method.getReturnType() != void.class) {
                missing.add(OpMethods.signature(method));
            }
        }
        for (Row row : GradientTable.rows()) {
            missing.remove(OpMethods.signature(row.call().method()));
        }
        assertEquals(WITHOUT_GRADIENT, List.copyOf(missing));
    }

    @Test
    void comparisonsPlacesAndTruthsTrackNoGradient() {
        try (Scope scope = Scope.open()) {
            Tensor x = scope.of(Shape.of(2), 1, 2f).requireGradient();
            assertFalse(Comparison.equal(x, x).tracksGradient());
            assertFalse(Comparison.less(x, 1).tracksGradient());
            assertFalse(Reduction.argmax(x, false).tracksGradient());
            assertFalse(x.to(DType.INT64).tracksGradient());
        }
    }

    /** How an operand of a shape is made from a leaf. */
    private enum Kind {
        DENSE,
        TRANSPOSED,
        STEPPED,
        EXPANDED,
        SELECTED;

        Shape leaf(Shape shape) {
            int[] sizes = shape.sizes();
            switch (this) {
                case DENSE -> {}
                case TRANSPOSED -> {
                    for (int i = 0; i < sizes.length; i++) {
                        sizes[i] = shape.size(sizes.length - 1 - i);
                    }
                }
                case STEPPED -> {
                    for (int axis = 0; axis < sizes.length; axis++) {
                        sizes[axis] = sizes[axis] * (1 + axis) + 1;
                    }
                }
                case EXPANDED -> {
                    if (sizes.length > 0) {
                        sizes[sizes.length / 2] = 1;
                    }
                }
                case SELECTED -> sizes = Nd.inserted(sizes, sizes.length, 2);
            }
            return Shape.of(sizes);
        }

        Tensor view(Tensor leaf, Shape shape) {
            switch (this) {
                case TRANSPOSED -> {
                    int[] axes = new int[shape.rank()];
                    Arrays.setAll(axes, axis -> axes.length - 1 - axis);
                    return leaf.permute(axes);
                }
                case STEPPED -> {
                    Tensor view = leaf;
                    for (int axis = 0; axis < shape.rank(); axis++) {
                        view = view.slice(axis, 1, 1 + shape.size(axis) * (1 + axis), 1 + axis);
                    }
                    return view;
                }
                case EXPANDED -> {
                    return leaf.expand(shape);
                }
                case SELECTED -> {
                    return leaf.select(-1, 1);
                }
                default -> {
                    return leaf;
                }
            }
        }
    }

    /** How a result becomes a number, so that each element's gradient is another, and comes in another layout. */
    private static Tensor number(Tensor y, int ending) {
        Tensor end = y;
        if (ending == 1) {
            int[] axes = new int[y.shape().rank()];
            Arrays.setAll(axes, axis -> (axis + 1) % axes.length);
            end = y.permute(axes);
        } else if (ending == 2) {
            return y.shape().rank() == 0
                    ? y
                    : y.expand(y.shape().inserted(0, 2)).sum();
        }
        double[] weights = new double[(int) y.elements()];
        Arrays.setAll(weights, i -> 0.5 + Rng.of(12).doubleAt(i));
        return end.times(RandomTensors.tensor(
                        Scope.current(), y.dtype(), new Nd(end.shape().sizes(), weights)))
                .sum();
    }

    private static List<GradCheck.Mismatch> check(
            Row row, Kind kind, int ending, DType dtype, double step, double tolerance) {
        try (Scope scope = Scope.open()) {
            List<Tensor> inputs = new ArrayList<>();
            for (int i = 0; i < row.shapes().size(); i++) {
                inputs.add(spread(scope, dtype, kind.leaf(row.shapes().get(i)), row.low(), row.high(), i));
            }
            Function<List<Tensor>, Tensor> scalar = leaves -> {
                List<Tensor> operands = new ArrayList<>();
                for (int i = 0; i < leaves.size(); i++) {
                    operands.add(kind.view(leaves.get(i), row.shapes().get(i)));
                }
                return number(row.call().invoke(operands), ending);
            };
            return GradCheck.check(scalar, inputs, step, tolerance);
        }
    }

    /** Numbers that fill a range evenly, in random order: no two are near one another, also of two inputs. */
    private static Tensor spread(Scope scope, DType dtype, Shape shape, double low, double high, int input) {
        int n = (int) shape.elements();
        int[] order = Rng.of(11, input).permutation(n);
        double[] values = new double[n];
        Arrays.setAll(values, i -> low + (high - low) * (order[i] + 0.25 + 0.25 * input) / n);
        return RandomTensors.tensor(scope, dtype, new Nd(shape.sizes(), values));
    }

    static List<Row> rows() {
        return GradientTable.rows();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void gradientMatchesCentralDifferencesInDoublePrecision(Row row) {
        double step = row.rounds() ? 1e-2 : 1e-6;
        double tolerance = row.rounds() ? 4e-3 : 1e-7;
        for (Kind kind : Kind.values()) {
            for (int ending = 0; ending < 3; ending++) {
                assertEquals(
                        List.of(),
                        check(row, kind, ending, DType.FLOAT64, step, tolerance),
                        kind + ", ending " + ending);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void gradientMatchesCentralDifferencesInSinglePrecisionOnEveryInstructionSet(Row row) {
        NativeLibrary.load();
        for (int isa : new int[] {Kernels.DP_ISA_PORTABLE, Kernels.DP_ISA_AVX2, Kernels.DP_ISA_AVX512}) {
            if (Kernels.dp_isa_supported(isa) != 0) {
                assertEquals(Kernels.DP_OK, Kernels.dp_isa_select(isa));
                assertEquals(List.of(), check(row, Kind.DENSE, 0, DType.FLOAT32, 1e-2, 6e-3), "instruction set " + isa);
                assertEquals(
                        List.of(), check(row, Kind.TRANSPOSED, 1, DType.FLOAT32, 1e-2, 6e-3), "instruction set " + isa);
            }
        }
    }
}
