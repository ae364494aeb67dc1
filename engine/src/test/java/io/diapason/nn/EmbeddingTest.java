package io.diapason.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class EmbeddingTest {
    private static Embedding doubles(Scope scope, OptionalInt padding) {
        return new Embedding(scope, DType.FLOAT64, 4, 2, padding, Init.normal(0, 1), Rng.of(3));
    }

    @Test
    void vectorsAreLookedUpForIndicesOfAnyShape() {
        try (Scope scope = Scope.open()) {
            Embedding embedding = doubles(scope, OptionalInt.empty());
            double[] table = embedding.weight().value().toDoubleArray();
            Tensor y = embedding.forward(scope.of(Shape.of(2, 3), 3, 0, 0, 1, 2, 3), Pass.inference());
            assertEquals(Shape.of(2, 3, 2), y.shape());
            assertArrayEquals(
                    new double[] {
                        table[6], table[7], table[0], table[1], table[0], table[1], table[2], table[3], table[4],
                        table[5], table[6], table[7]
                    },
                    y.toDoubleArray());
            assertArrayEquals(
                    y.toDoubleArray(),
                    embedding
                            .forward(scope.of(Shape.of(2, 3), 3, 0, 0, 1, 2, 3).to(DType.INT32), Pass.inference())
                            .toDoubleArray());
            assertEquals(
                    Shape.of(2),
                    embedding
                            .forward(scope.of(Shape.scalar(), 1), Pass.inference())
                            .shape());
            assertEquals(
                    Shape.of(0, 2),
                    embedding
                            .forward(scope.of(Shape.of(0), new long[0]), Pass.inference())
                            .shape());
        }
    }

    @Test
    void gradientsAddUpWhereAnIndexRepeats() {
        try (Scope scope = Scope.open()) {
            ModuleCheck.assertGradients(
                    doubles(scope, OptionalInt.empty()), scope.of(Shape.of(2, 3), 3, 0, 0, 0, 2, 3), Pass::inference);
        }
    }

    @Test
    void thePaddingStartsAsZeroAndHasNoGradient() {
        for (int padding : new int[] {1, -3}) {
            try (Scope scope = Scope.open()) {
                Embedding embedding = doubles(scope, OptionalInt.of(padding));
                double[] table = embedding.weight().value().toDoubleArray();
                assertArrayEquals(new double[2], new double[] {table[2], table[3]});
                assertFalse(table[0] == 0 || table[6] == 0);
                Tensor index = scope.of(Shape.of(4), 0, 1, 1, 3);
                Tensor y = embedding.forward(index, Pass.inference());
                Tensor gradient =
                        y.times(10).sum().backward().of(embedding.weight().value());
                assertArrayEquals(new double[] {10, 10, 0, 0, 0, 0, 10, 10}, gradient.toDoubleArray());
                // As in PyTorch its vector may be set; it is looked up as any other.
                table[2] = 7;
                embedding.weight().value().set(table);
                assertEquals(7, embedding.forward(index, Pass.inference()).toDoubleArray()[2]);
            }
        }
    }

    @Test
    void theTableStartsStandardNormalAndIsAWeightThatFilesHoldAsItIs() {
        try (Scope scope = Scope.open()) {
            Embedding embedding = new Embedding(scope, 400, 25, Rng.of(8));
            double mean = 0;
            double square = 0;
            float[] values = embedding.weight().value().toFloatArray();
            for (float value : values) {
                mean += value / 1e4;
                square += value * value / 1e4;
            }
            // Of 10,000 numbers the mean deviates by 0.01, the mean square by √2/100: five of each.
            assertEquals(0, mean, 0.05);
            assertEquals(1, square, 0.071);
            assertEquals(Parameter.Kind.WEIGHT, embedding.weight().kind());
            assertFalse(embedding.weight().outputsFirst());
        }
    }

    @Test
    void whatIsNoIndexIsRefused() {
        try (Scope scope = Scope.open()) {
            Embedding embedding = doubles(scope, OptionalInt.empty());
            assertEquals(
                    "embedding: indices must be int64 or int32, got float32 [2]",
                    assertThrows(
                                    ShapeException.class,
                                    () -> embedding.forward(scope.zeros(Shape.of(2)), Pass.inference()))
                            .getMessage());
            assertThrows(
                    IndexOutOfBoundsException.class,
                    () -> embedding.forward(scope.of(Shape.of(1), 4), Pass.inference()));
            assertThrows(
                    IndexOutOfBoundsException.class,
                    () -> embedding.forward(scope.of(Shape.of(1), -1), Pass.inference()));
            assertEquals(
                    "embedding: the padding index must be from -4 to 3, got 4",
                    assertThrows(IllegalArgumentException.class, () -> doubles(scope, OptionalInt.of(4)))
                            .getMessage());
            assertEquals(
                    "embedding: sizes must be at least 1, got 0",
                    assertThrows(IllegalArgumentException.class, () -> new Embedding(scope, 3, 0, Rng.of(1)))
                            .getMessage());
        }
    }
}
