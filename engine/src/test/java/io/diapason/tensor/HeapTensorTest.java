package io.diapason.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HeapTensorTest {
    @ParameterizedTest
    @EnumSource(DType.class)
    void aCopyComesBackBitForBit(DType dtype) {
        for (long seed = 0; seed < 100; seed++) {
            RandomTensors random = new RandomTensors(seed);
            try (Scope scope = Scope.open()) {
                var pair = random.any(scope, dtype, random.sizes(), -9, 9);
                HeapTensor copy = HeapTensor.copyOf(pair.tensor());
                assertEquals(dtype, copy.dtype());
                assertEquals(pair.tensor().shape(), copy.shape());
                Tensor back = copy.in(scope);
                assertArrayEquals(pair.reference().values(), RandomTensors.doubles(back), "seed " + seed);
                assertEquals(copy, HeapTensor.copyOf(back), "seed " + seed);
                assertEquals(copy.hashCode(), HeapTensor.copyOf(back).hashCode());
            }
        }
    }

    @Test
    void arraysAreWrappedNotCopied() {
        double[] values = {1, 2};
        HeapTensor tensor = HeapTensor.wrap(DType.FLOAT64, Shape.of(2), values);
        assertSame(values, tensor.values());
        assertEquals("float64 [2]", tensor.toString());
        assertEquals(
                "tensor: values must be as many as the shape has elements, got 2 for shape [3]",
                assertThrows(ShapeException.class, () -> HeapTensor.wrap(DType.FLOAT64, Shape.of(3), values))
                        .getMessage());
        assertThrows(ClassCastException.class, () -> HeapTensor.wrap(DType.FLOAT32, Shape.of(2), values));
    }

    @Test
    void scalarsAreReadBackAsTheyWereMade() {
        assertEquals(1L << 60, HeapTensor.of(1L << 60).asLong());
        assertEquals(0.1, HeapTensor.of(0.1).asDouble());
        assertEquals(
                "tensor: must be one int64, got float64 []",
                assertThrows(
                                IllegalStateException.class,
                                () -> HeapTensor.of(0.1).asLong())
                        .getMessage());
        assertEquals(
                "tensor: must be one float64, got int64 []",
                assertThrows(IllegalStateException.class, () -> HeapTensor.of(1).asDouble())
                        .getMessage());
    }

    @Test
    void equalityIsOfTypeShapeAndBits() {
        HeapTensor one = HeapTensor.wrap(DType.FLOAT32, Shape.of(2), new float[] {0f, Float.NaN});
        assertEquals(one, HeapTensor.wrap(DType.FLOAT32, Shape.of(2), new float[] {0f, Float.NaN}));
        assertNotEquals(one, HeapTensor.wrap(DType.FLOAT32, Shape.of(2), new float[] {-0f, Float.NaN}));
        assertNotEquals(one, HeapTensor.wrap(DType.FLOAT32, Shape.of(1, 2), new float[] {0f, Float.NaN}));
        assertNotEquals(HeapTensor.of(0L), HeapTensor.of(0.0));
    }
}
