package io.diapason.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ShapeTest {
    @Test
    void aShapeIsItsSizes() {
        int[] sizes = {2, 0, 3};
        Shape shape = Shape.of(sizes);
        sizes[0] = 9;
        shape.sizes()[0] = 9;
        assertArrayEquals(new int[] {2, 0, 3}, shape.sizes());
        assertEquals(3, shape.rank());
        assertEquals(0, shape.elements());
        assertEquals(3, shape.size(-1));
        assertEquals(2, shape.size(0));
        assertEquals("[2, 0, 3]", shape.toString());
        assertEquals(Shape.of(2, 0, 3), shape);
        assertEquals(Shape.of(2, 0, 3).hashCode(), shape.hashCode());
        assertNotEquals(Shape.of(2, 3, 0), shape);
    }

    @Test
    void aScalarHasNoAxesAndOneElement() {
        assertEquals(Shape.of(), Shape.scalar());
        assertEquals(0, Shape.scalar().rank());
        assertEquals(1, Shape.scalar().elements());
        assertEquals("[]", Shape.scalar().toString());
    }

    @Test
    void sizesChangeOneAtATime() {
        Shape shape = Shape.of(2, 3, 4);
        assertEquals(Shape.of(2, 3, 9), shape.with(-1, 9));
        assertEquals(Shape.of(9, 3, 4), shape.with(0, 9));
        assertEquals(Shape.of(2, 3, 4, 5), shape.inserted(3, 5));
        assertEquals(Shape.of(5, 2, 3, 4), shape.inserted(0, 5));
        assertEquals(Shape.of(2, 4), shape.without(1));
        assertEquals(12, shape.elements(1, 3));
        assertEquals(1, shape.elements(1, 1));
    }

    @Test
    void shapesBroadcastByNumPysRule() {
        assertEquals(Shape.of(5, 2, 3), Shape.broadcast("add", Shape.of(2, 3), Shape.of(5, 1, 3)));
        assertEquals(Shape.of(2, 3), Shape.broadcast("add", Shape.of(2, 1), Shape.of(3)));
        assertEquals(Shape.of(2, 0), Shape.broadcast("add", Shape.of(2, 1), Shape.of(0)));
        assertEquals(Shape.of(4), Shape.broadcast("add", Shape.scalar(), Shape.of(4)));
        assertEquals(
                "add: sizes must be equal or 1, counted from the last axis, got [2, 3] and [3, 2]",
                assertThrows(ShapeException.class, () -> Shape.broadcast("add", Shape.of(2, 3), Shape.of(3, 2)))
                        .getMessage());
    }

    @Test
    void negativeAxesCountFromTheLast() {
        Shape shape = Shape.of(2, 3);
        assertEquals(1, shape.axis("sum", -1));
        assertEquals(0, shape.axis("sum", -2));
        assertEquals(1, shape.axis("sum", 1));
        assertEquals(
                "sum: the axis must be from -2 to 1, got -3 for shape [2, 3]",
                assertThrows(ShapeException.class, () -> shape.axis("sum", -3)).getMessage());
        assertEquals(
                "sum: a scalar has no axes, got 0 for shape []",
                assertThrows(ShapeException.class, () -> Shape.scalar().axis("sum", 0))
                        .getMessage());
    }

    @Test
    void sizesThatCannotBeAreRefused() {
        assertEquals(
                "shape: sizes must be at least 0, got [2, -1]",
                assertThrows(IllegalArgumentException.class, () -> Shape.of(2, -1))
                        .getMessage());
        int huge = Integer.MAX_VALUE;
        assertEquals(
                "shape: the number of elements must fit 64 bits, got [2147483647, 2147483647, 3]",
                assertThrows(IllegalArgumentException.class, () -> Shape.of(huge, huge, 3))
                        .getMessage());
    }
}
