package io.diapason.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.backend.Backend;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ScopeTest {
    @Test
    void useAfterCloseNamesTheShapeAndThePlace() {
        Tensor tensor;
        try (Scope scope = Scope.open()) {
            tensor = scope.zeros(Shape.of(2, 3));
        }
        String message =
                assertThrows(IllegalStateException.class, tensor::toFloatArray).getMessage();
        assertTrue(
                message.startsWith("tensor: must not be used after it was freed, got a tensor of shape [2, 3]"
                        + " that was freed at "),
                message);
        assertTrue(message.contains("ScopeTest.useAfterCloseNamesTheShapeAndThePlace(ScopeTest.java:"), message);
        assertThrows(IllegalStateException.class, () -> tensor.plus(1));
    }

    @Test
    void withoutAnOpenScopeResultsAreRefused() {
        try (Scope owner = Scope.detached(Device.CPU)) {
            Tensor x = owner.zeros(Shape.of(2));
            var e = assertThrows(IllegalStateException.class, () -> x.plus(1));
            assertEquals(
                    "scope: one must be open to hold results; wrap the code in try (Scope scope = Scope.open()) { … }",
                    e.getMessage());
        }
    }

    @Test
    void scopesCloseInsideOut() {
        Scope outer = Scope.open();
        Scope inner = Scope.open();
        var e = assertThrows(IllegalStateException.class, outer::close);
        assertEquals("scope: inner scopes must be closed first; use try-with-resources", e.getMessage());
        inner.close();
        outer.close();
    }

    @Test
    void aScopeIsClosedByTheThreadThatOpenedIt() throws InterruptedException {
        Scope scope = Scope.open();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(scope::close);
        thread.setUncaughtExceptionHandler((t, e) -> thrown.set(e));
        thread.start();
        thread.join();
        assertEquals(
                "scope: must be used by the thread that opened it, got one of thread "
                        + Thread.currentThread().getName() + " in thread " + thread.getName()
                        + "; Scope.detached(device) makes one that threads may share",
                thrown.get().getMessage());
        scope.close();
    }

    @Test
    void memoryIsFlatOverManySteps() {
        Runnable step = () -> {
            try (Scope scope = Scope.open()) {
                Tensor x = scope.full(Shape.of(37, 11), 2);
                assertEquals(37 * 11 * 9f, x.square().plus(5).sum().item());
            }
        };
        for (int i = 0; i < 100; i++) {
            step.run();
        }
        long used = Backend.of(Device.CPU).memory().used();
        long cached = Backend.of(Device.CPU).memory().cached();
        for (int i = 0; i < 10_000; i++) {
            step.run();
        }
        assertEquals(used, Backend.of(Device.CPU).memory().used());
        assertEquals(cached, Backend.of(Device.CPU).memory().cached());
    }

    @Test
    void rowsAreAViewOfTheSameMemory() {
        try (Scope scope = Scope.open()) {
            Tensor x = scope.of(Shape.of(3, 2), 1, 2, 3, 4, 5, 6f);
            Tensor middle = x.rows(1, 3);
            assertArrayEquals(new float[] {3, 4, 5, 6}, middle.toFloatArray());
            middle.set(new float[] {30, 40, 50, 60});
            assertArrayEquals(new float[] {1, 2, 30, 40, 50, 60}, x.toFloatArray());
            assertArrayEquals(new float[] {31, 41, 51, 61}, middle.plus(1).toFloatArray());
            assertArrayEquals(new float[0], x.rows(3, 3).toFloatArray());
            assertThrows(IndexOutOfBoundsException.class, () -> x.rows(1, 4));
        }
    }

    @Test
    void valuesMustBeAsManyAsTheShapeHasElements() {
        try (Scope scope = Scope.open()) {
            var e = assertThrows(ShapeException.class, () -> scope.of(Shape.of(2, 2), 1f, 2f, 3f));
            assertEquals(
                    "tensor: values must be as many as the shape has elements, got 3 for shape [2, 2]", e.getMessage());
        }
    }
}
