package io.diapason.train;

import io.diapason.tensor.DType;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Tensors of several owners in one map, each under a prefix; texts as the code points of their characters. */
final class Prefixed {
    private Prefixed() {}

    /** Adds an owner's tensors. */
    static void put(Map<String, HeapTensor> all, String prefix, Map<String, HeapTensor> part) {
        part.forEach((name, tensor) -> all.put(prefix + name, tensor));
    }

    static HeapTensor text(String text) {
        int[] points = text.codePoints().toArray();
        return HeapTensor.wrap(DType.INT32, Shape.of(points.length), points);
    }

    static String text(HeapTensor tensor) {
        return Arrays.stream((int[]) tensor.values())
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    static HeapTensor doubles(double... values) {
        return HeapTensor.wrap(DType.FLOAT64, Shape.of(values.length), values);
    }

    static HeapTensor longs(long... values) {
        return HeapTensor.wrap(DType.INT64, Shape.of(values.length), values);
    }
}
