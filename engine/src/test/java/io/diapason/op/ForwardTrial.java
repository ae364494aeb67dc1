package io.diapason.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.tensor.DType;
import io.diapason.tensor.Nd;
import io.diapason.tensor.RandomTensors;
import io.diapason.tensor.RandomTensors.Pair;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Tensor;
import java.lang.reflect.Method;

/** One random use of an operation: makes operands of any layout, calls it, and compares the result with a reference. */
final class ForwardTrial {
    static final DType[] FLOATS = {DType.FLOAT32, DType.FLOAT64};
    static final DType[] NUMBERS = {DType.FLOAT32, DType.FLOAT64, DType.INT32, DType.INT64};

    final RandomTensors random;
    private final long seed;
    private final Method method;
    private final Scope scope;

    ForwardTrial(Method method, long seed, Scope scope) {
        this.method = method;
        this.seed = seed;
        this.scope = scope;
        // Every second trial is of whole numbers, so that elements are equal to one another.
        this.random = new RandomTensors(seed, seed % 2 == 1);
    }

    /** One operation with its reference. */
    record Case(Method method, Body body) {
        static Case of(String signature, Body body) {
            return new Case(OpMethods.of(signature), body);
        }

        @Override
        public String toString() {
            return OpMethods.signature(method);
        }
    }

    /** Makes operands, calls the operation and compares. */
    @FunctionalInterface
    interface Body {
        void run(ForwardTrial trial);
    }

    Scope scope() {
        return scope;
    }

    DType dtype(DType... of) {
        return random.one(of);
    }

    Pair operand(DType dtype, int[] sizes, double low, double high) {
        return random.any(scope, dtype, sizes, low, high);
    }

    /** Whole numbers in [0, bound) as indices of either type. */
    Pair indices(int[] sizes, int bound) {
        return random.any(scope, dtype(DType.INT32, DType.INT64), sizes, 0, bound);
    }

    Tensor call(Object... arguments) {
        return (Tensor) OpMethods.invoke(method, arguments);
    }

    /**
     * Compares; floats may differ by the tolerance, of float64 by a ten-millionth of it, relative to max(1,
     * |expected|).
     */
    void expect(DType dtype, Nd expected, Tensor actual, double tolerance) {
        String message = "seed " + seed + ": " + OpMethods.signature(method);
        assertEquals(dtype, actual.dtype(), message);
        assertArrayEquals(expected.sizes(), actual.shape().sizes(), message);
        double[] values = RandomTensors.doubles(actual);
        double allowed = dtype == DType.FLOAT32 ? tolerance : dtype == DType.FLOAT64 ? tolerance * 1e-7 : 0;
        for (int i = 0; i < values.length; i++) {
            double wanted = expected.values()[i];
            boolean same = Double.compare(wanted, values[i]) == 0 || wanted == values[i];
            assertTrue(
                    same || Math.abs(values[i] - wanted) <= allowed * Math.max(1, Math.abs(wanted)),
                    message + ": element " + i + " of " + actual + " is " + values[i] + ", expected " + wanted);
        }
    }
}
