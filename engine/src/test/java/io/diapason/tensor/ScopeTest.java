package io.diapason.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.backend.Backend;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Who owns tensors, how long they live, and what whoever comes too late or from elsewhere is told. */
class ScopeTest {
    private static void refuses(String message, Executable code) {
        assertEquals(message, assertThrows(IllegalStateException.class, code).getMessage());
    }

    /** As above, for a message that names a line of a test of this class. */
    private static void refusesNaming(String test, String before, String after, Executable code) {
        String message = assertThrows(IllegalStateException.class, code).getMessage();
        String place = "io.diapason.tensor.ScopeTest." + test + "(ScopeTest.java:LINE)";
        assertEquals(before + place + after, message.replaceAll("ScopeTest\\.java:\\d+", "ScopeTest.java:LINE"));
    }

    /** The message, whose place must be a line of a test of this class. */
    private static String withoutPlace(IllegalStateException e) {
        return e.getMessage()
                .replaceFirst("io\\.diapason\\.tensor\\.ScopeTest\\.\\S+\\(ScopeTest\\.java:\\d+\\)", "PLACE");
    }

    /** What code throws in a thread of its own, named «other». */
    private static IllegalStateException inOtherThread(Runnable code) throws InterruptedException {
        FutureTask<Boolean> task = new FutureTask<>(code, true);
        Thread thread = new Thread(task, "other");
        thread.start();
        ExecutionException e = assertThrows(ExecutionException.class, task::get);
        thread.join();
        return (IllegalStateException) e.getCause();
    }

    @Test
    void useAfterCloseNamesTheShapeAndThePlace() {
        Tensor tensor;
        Tensor view;
        Tensor other;
        try (Scope scope = Scope.open()) {
            tensor = scope.zeros(Shape.of(2, 3));
            view = tensor.transpose();
            other = scope.zeros(Shape.of(2, 3));
        }
        String test = "useAfterCloseNamesTheShapeAndThePlace";
        String before = "tensor: must not be used after it was freed, got a tensor of shape ";
        List<Consumer<Tensor>> uses = List.of(
                Tensor::toFloatArray,
                x -> x.set(new float[6]),
                x -> x.assign(other),
                x -> other.assign(x),
                Tensor::requireGradient,
                Tensor::storage,
                Tensor::close,
                HeapTensor::copyOf,
                x -> x.plus(1),
                x -> x.plus(other),
                Tensor::sum,
                x -> x.matmul(x.transpose()));
        try (Scope open = Scope.open()) {
            for (Consumer<Tensor> use : uses) {
                refusesNaming(test, before + "[2, 3] that was freed at ", "", () -> use.accept(tensor));
            }
            refusesNaming(test, before + "[3, 2] that was freed at ", "", view::toFloatArray);
            Tensor alive = open.zeros(Shape.of(3, 2));
            refusesNaming(test, before + "[3, 2] that was freed at ", "", () -> alive.assign(view));
        }
        // What is known without the memory stays known.
        assertEquals("Tensor[float32 [2, 3] on cpu]", tensor.toString());
    }

    @Test
    void aTensorThatIsClosedEarlyIsFreedAtOnce() {
        long before = Backend.of(Device.CPU).memory().used();
        try (Scope scope = Scope.open()) {
            Tensor first = scope.zeros(Shape.of(100));
            Tensor middle = scope.zeros(Shape.of(100));
            Tensor last = scope.zeros(Shape.of(100));
            long three = Backend.of(Device.CPU).memory().used();
            middle.close();
            assertEquals(
                    before + (three - before) / 3 * 2,
                    Backend.of(Device.CPU).memory().used());
            refusesNaming(
                    "aTensorThatIsClosedEarlyIsFreedAtOnce",
                    "tensor: must not be used after it was freed, got a tensor of shape [100] that was freed at ",
                    "",
                    middle::close);
            first.set(new float[100]);
            last.close();
            first.close();
            assertEquals(before, Backend.of(Device.CPU).memory().used());
            // What was made before and after one that is closed early is freed with the scope.
            scope.zeros(Shape.of(100));
            scope.zeros(Shape.of(100)).close();
            scope.zeros(Shape.of(100));
        }
        assertEquals(before, Backend.of(Device.CPU).memory().used());
    }

    @Test
    void closingAViewClosesTheTensorBelow() {
        try (Scope scope = Scope.open()) {
            Tensor x = scope.zeros(Shape.of(2, 3));
            x.rows(0, 1).close();
            refusesNaming(
                    "closingAViewClosesTheTensorBelow",
                    "tensor: must not be used after it was freed, got a tensor of shape [2, 3] that was freed at ",
                    "",
                    x::toFloatArray);
        }
    }

    @Test
    void withoutAnOpenScopeResultsAreRefused() {
        try (Scope owner = Scope.detached(Device.CPU)) {
            Tensor x = owner.zeros(Shape.of(2));
            String message =
                    "scope: one must be open to hold results; wrap the code in try (Scope scope = Scope.open())"
                            + " { … }";
            refuses(message, () -> x.plus(1));
            refuses(message, Scope::current);
            // Reading and views need none.
            assertArrayEquals(new float[] {0, 0}, x.reshape(1, 2).transpose().toFloatArray());
        }
    }

    @Test
    void resultsBelongToTheInnermostScope() {
        try (Scope outer = Scope.open()) {
            Tensor x = outer.ones(Shape.of(2));
            Tensor y;
            try (Scope inner = Scope.open()) {
                assertSame(inner, Scope.current());
                assertEquals(Device.CPU, inner.device());
                y = x.plus(1);
            }
            assertSame(outer, Scope.current());
            assertThrows(IllegalStateException.class, y::toFloatArray);
            assertArrayEquals(new float[] {1, 1}, x.toFloatArray());
            // An outer scope takes what is made in it by name.
            Tensor kept;
            try (Scope inner = Scope.open()) {
                kept = outer.zeros(Shape.of(1));
            }
            assertEquals(0, kept.item());
        }
    }

    @Test
    void aScopeIsClosedOnce() {
        Scope block = Scope.open();
        block.close();
        String message = assertThrows(IllegalStateException.class, block::close).getMessage();
        String place = "io.diapason.tensor.ScopeTest.aScopeIsClosedOnce(ScopeTest.java:LINE)";
        assertTrue(message.startsWith("scope: must be closed once, got a second close at "), message);
        assertTrue(message.replaceAll(":\\d+\\)", ":LINE)").endsWith(" after one at " + place), message);
        Scope detached = Scope.detached(Device.CPU);
        detached.close();
        message = assertThrows(IllegalStateException.class, () -> detached.close())
                .getMessage();
        assertTrue(message.replaceAll(":\\d+\\)", ":LINE)").endsWith(" after one at " + place), message);
    }

    @Test
    void aClosedScopeMakesNoTensors() {
        long before = Backend.of(Device.CPU).memory().used();
        Scope detached = Scope.detached(Device.CPU);
        detached.close();
        refusesNaming(
                "aClosedScopeMakesNoTensors",
                "scope: must be open, got one closed at ",
                " for a new tensor of shape [4]",
                () -> detached.zeros(Shape.of(4)));
        Scope block = Scope.open();
        block.close();
        assertThrows(IllegalStateException.class, () -> block.arange(3));
        assertEquals(before, Backend.of(Device.CPU).memory().used());
    }

    @Test
    void scopesCloseInsideOut() {
        Scope outer = Scope.open();
        Scope inner = Scope.open();
        Tensor x = outer.ones(Shape.of(1));
        refuses("scope: inner scopes must be closed first, got 1 still open; use try-with-resources", outer::close);
        // The refusal changed nothing.
        assertEquals(1, x.item());
        assertSame(inner, Scope.current());
        inner.close();
        outer.close();
    }

    @Test
    void aScopeOfABlockIsUsedByTheThreadThatOpenedIt() throws InterruptedException {
        try (Scope scope = Scope.open()) {
            String message = "scope: must be used by the thread that opened it, got one of thread "
                    + Thread.currentThread().getName()
                    + " in thread other at PLACE; Scope.detached(device) makes one that threads may share";
            assertEquals(message, withoutPlace(inOtherThread(() -> scope.close())));
            assertEquals(message, withoutPlace(inOtherThread(() -> scope.zeros(Shape.of(1)))));
            assertEquals(0, scope.zeros(Shape.of(1)).item());
        }
    }

    @Test
    void tensorsOfABlockAreUsedByTheThreadThatOpenedIt() throws InterruptedException {
        try (Scope scope = Scope.open()) {
            Tensor x = scope.ones(Shape.of(2, 3));
            String message = "tensor: must be used by the thread that opened its scope, got a tensor of shape [2, 3] of"
                    + " thread " + Thread.currentThread().getName()
                    + " in thread other at PLACE; tensors of Scope.detached(device) may be shared";
            List<Runnable> uses = List.of(
                    () -> x.toFloatArray(),
                    () -> x.set(new float[6]),
                    () -> x.transpose(),
                    () -> x.close(),
                    () -> x.requireGradient(),
                    () -> {
                        try (Scope own = Scope.open()) {
                            x.plus(1);
                        }
                    },
                    () -> {
                        try (Scope own = Scope.open()) {
                            own.zeros(Shape.of(2, 3)).assign(x);
                        }
                    });
            for (Runnable use : uses) {
                assertEquals(message, withoutPlace(inOtherThread(use)));
            }
            assertEquals(6, x.sum().item());
        }
    }
}
