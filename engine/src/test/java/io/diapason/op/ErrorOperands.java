package io.diapason.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.function.Executable;

/** Operands for tests of what operations refuse, and the whole sentence that they refuse with. */
abstract class ErrorOperands {
    final Scope scope = Scope.open();

    @AfterEach
    void close() {
        scope.close();
    }

    Tensor zeros(int... sizes) {
        return scope.zeros(Shape.of(sizes));
    }

    Tensor doubles(int... sizes) {
        return scope.zeros(DType.FLOAT64, Shape.of(sizes));
    }

    Tensor truths(int... sizes) {
        return scope.zeros(DType.BOOL, Shape.of(sizes));
    }

    Tensor longs(int... values) {
        return scope.of(Shape.of(values.length), values);
    }

    static void refuses(String message, Executable code) {
        assertEquals(message, assertThrows(ShapeException.class, code).getMessage());
    }

    static void refuses(Class<? extends Exception> type, String message, Executable code) {
        assertEquals(message, assertThrows(type, code).getMessage());
    }
}
