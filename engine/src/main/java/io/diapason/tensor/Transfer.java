package io.diapason.tensor;

import io.diapason.backend.Backend;

/** Elements on their way between a tensor of any layout and an array of the heap, row-major. */
final class Transfer {
    private Transfer() {}

    // ---- to the heap

    static double item(Tensor x) {
        if (x.elements() != 1) {
            throw new IllegalStateException("item: the tensor must have exactly one element, got shape " + x.shape());
        }
        return switch (x.dtype()) {
            case FLOAT32 -> toFloats(x)[0];
            case FLOAT64 -> toDoubles(x)[0];
            case INT32, INT64 -> (double) toLongs(x)[0];
            case BOOL -> toBooleans(x)[0] ? 1 : 0;
        };
    }

    static float[] toFloats(Tensor x) {
        requireType("toFloatArray", DType.FLOAT32, x);
        float[] values = new float[length(x)];
        read(x, values);
        return values;
    }

    static double[] toDoubles(Tensor x) {
        if (x.dtype() == DType.BOOL) {
            throw new IllegalStateException("toDoubleArray: the elements must be numbers, got " + x.dtype());
        }
        double[] values = new double[length(x)];
        switch (x.dtype()) {
            case FLOAT64 -> read(x, values);
            case FLOAT32 -> {
                float[] floats = toFloats(x);
                for (int i = 0; i < values.length; i++) {
                    values[i] = floats[i];
                }
            }
            default -> {
                long[] longs = toLongs(x);
                for (int i = 0; i < values.length; i++) {
                    values[i] = (double) longs[i];
                }
            }
        }
        return values;
    }

    static long[] toLongs(Tensor x) {
        if (!x.dtype().isInteger()) {
            throw new IllegalStateException("toLongArray: the type must be int64 or int32, got " + x.dtype());
        }
        long[] values = new long[length(x)];
        if (x.dtype() == DType.INT32) {
            int[] ints = new int[values.length];
            read(x, ints);
            for (int i = 0; i < values.length; i++) {
                values[i] = ints[i];
            }
        } else {
            read(x, values);
        }
        return values;
    }

    static boolean[] toBooleans(Tensor x) {
        requireType("toBooleanArray", DType.BOOL, x);
        byte[] bytes = new byte[length(x)];
        read(x, bytes);
        boolean[] values = new boolean[bytes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = bytes[i] != 0;
        }
        return values;
    }

    /** All elements as an array of the type's Java counterpart; of bool, bytes. */
    static Object toArray(Tensor x) {
        Object values = switch (x.dtype()) {
            case FLOAT32 -> new float[length(x)];
            case FLOAT64 -> new double[length(x)];
            case INT32 -> new int[length(x)];
            case INT64 -> new long[length(x)];
            case BOOL -> new byte[length(x)];
        };
        read(x, values);
        return values;
    }

    private static void read(Tensor x, Object values) {
        Backend backend = Backend.of(x.device());
        if (x.layout().isDense()) {
            backend.read(x, values);
        } else {
            try (Scope temporary = Scope.open(x.device())) {
                Tensor dense = temporary.empty(x.dtype(), x.shape());
                backend.assign(x, dense);
                backend.read(dense, values);
            }
        }
    }

    private static int length(Tensor x) {
        if (x.elements() > Integer.MAX_VALUE) {
            throw new IllegalStateException(
                    "tensor: at most " + Integer.MAX_VALUE + " elements fit an array, got shape " + x.shape());
        }
        return (int) x.elements();
    }

    // ---- from the heap, in place

    static void set(Tensor y, DType wanted, Object values, int count) {
        requireType("set", wanted, y);
        if (count != y.elements()) {
            throw new ShapeException(
                    "set", "values must be as many as the shape has elements", count + " for shape " + y.shape());
        }
        overwrite("set", y, values);
    }

    /** Overwrites all elements with an array of the type's Java counterpart and as many elements. */
    static void overwrite(String op, Tensor y, Object values) {
        y.requireUnrepeated(op);
        y.storage().countChange();
        Backend backend = Backend.of(y.device());
        if (y.layout().isDense()) {
            backend.write(values, y);
        } else {
            try (Scope temporary = Scope.open(y.device())) {
                Tensor dense = temporary.empty(y.dtype(), y.shape());
                backend.write(values, dense);
                backend.assign(dense, y);
            }
        }
    }

    private static void requireType(String op, DType wanted, Tensor x) {
        if (x.dtype() != wanted) {
            throw new IllegalStateException(op + ": the type must be " + wanted + ", got " + x.dtype());
        }
    }
}
