package io.diapason.parity;

import io.diapason.parity.torch.TorchTensor;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * An input of a computation: numbers of a dense leaf, and how to look at it. Fractions are representable in float32, so
 * that every precision computes from the same inputs.
 *
 * @param values {@code double[]}, {@code long[]} or {@code boolean[]}, row-major
 * @param base the leaf's sizes
 * @param steps from the leaf to what the computation gets
 * @param tracked whether the leaf's gradient is compared
 */
record Operand(Object values, int[] base, List<ViewStep> steps, boolean tracked) {
    static Operand of(double[] values, int... shape) {
        return new Operand(values, shape, List.of(), true);
    }

    static Operand of(long[] values, int... shape) {
        return new Operand(values, shape, List.of(), false);
    }

    static Operand of(boolean[] values, int... shape) {
        return new Operand(values, shape, List.of(), false);
    }

    /** Whether elements of the leaf are seen more than once, so that its gradient is a sum. */
    boolean repeats() {
        return steps.stream().anyMatch(step -> step instanceof ViewStep.Expand);
    }

    /** The same numbers, whose gradient is not asked for. */
    Operand constant() {
        return new Operand(values, base, steps, false);
    }

    Tensor leaf(Scope scope, DType dtype) {
        Shape shape = Shape.of(base);
        if (values instanceof long[] longs) {
            return scope.of(shape, longs);
        }
        if (values instanceof boolean[] booleans) {
            return scope.of(shape, booleans);
        }
        double[] doubles = (double[]) values;
        Tensor leaf = dtype == DType.FLOAT64 ? scope.of(shape, doubles) : scope.of(shape, rounded(doubles));
        return tracked ? leaf.requireGradient() : leaf;
    }

    TorchTensor leaf(DType dtype) {
        if (values instanceof long[] longs) {
            return TorchTensor.of(longs, base);
        }
        if (values instanceof boolean[] booleans) {
            return TorchTensor.of(booleans, base);
        }
        TorchTensor leaf = TorchTensor.of(dtype, (double[]) values, base);
        return tracked ? leaf.requireGradient() : leaf;
    }

    Tensor view(Tensor leaf) {
        Tensor view = leaf;
        for (ViewStep step : steps) {
            view = step.of(view);
        }
        return view;
    }

    TorchTensor view(TorchTensor leaf) {
        TorchTensor view = leaf;
        for (ViewStep step : steps) {
            view = step.of(view);
        }
        return view;
    }

    static float[] rounded(double... values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    @Override
    public String toString() {
        return Arrays.toString(base) + (steps.isEmpty() ? "" : " through " + steps);
    }
}
