package io.diapason.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.backend.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Detached scopes between threads: what is computed while another thread closes. */
class SharedScopeTest {
    private final ExecutorService pool = Executors.newFixedThreadPool(3);

    @AfterEach
    void shutDown() {
        pool.shutdownNow();
    }

    /**
     * A reader computes on a tensor again and again while its scope is closed and the memory used for other numbers at
     * once. Each computation must be whole or be refused.
     */
    private void closeUnderReaders(Shape shape, int rounds, Reader reader) throws Exception {
        long before = Backend.of(Device.CPU).memory().used();
        for (int round = 0; round < rounds; round++) {
            Scope weights = Scope.detached(Device.CPU);
            Tensor x = weights.ones(shape);
            int readers = 2;
            CountDownLatch running = new CountDownLatch(readers);
            List<Callable<Integer>> jobs = new ArrayList<>();
            for (int i = 0; i < readers; i++) {
                jobs.add(() -> {
                    int computed = 0;
                    running.countDown();
                    while (true) {
                        try (Scope scope = Scope.open()) {
                            double sum = reader.read(x);
                            if (sum != x.shape().elements()) {
                                return -1;
                            }
                            computed++;
                        } catch (IllegalStateException refused) {
                            assertTrue(refused.getMessage().startsWith("tensor: must not be used after it was freed"));
                            return computed;
                        }
                    }
                });
            }
            List<Future<Integer>> results = new ArrayList<>();
            jobs.forEach(job -> results.add(pool.submit(job)));
            running.await();
            for (int spin = 0; spin < round * 500; spin++) {
                Thread.onSpinWait();
            }
            weights.close();
            try (Scope others = Scope.open()) {
                others.full(shape, 7); // takes the very block that was freed
            }
            for (Future<Integer> result : results) {
                assertTrue(result.get() >= 0, "round " + round + ": a result was made of another tensor's numbers");
            }
        }
        assertEquals(before, Backend.of(Device.CPU).memory().used());
    }

    /** Gives the sum of a tensor's elements in one way or another. */
    private interface Reader {
        double read(Tensor x);
    }

    @Test
    void aKernelThatRunsWhileItsOperandIsClosedFinishes() throws Exception {
        closeUnderReaders(Shape.of(300_000), 60, x -> x.sum().item());
    }

    @Test
    void aKernelOfAnyLayoutThatRunsWhileItsOperandIsClosedFinishes() throws Exception {
        closeUnderReaders(
                Shape.of(300, 1000),
                60,
                x -> x.transpose().plus(x.transpose()).sum().item() / 2);
    }

    @Test
    void numbersThatAreReadWhileTheirTensorIsClosedAreWhole() throws Exception {
        closeUnderReaders(Shape.of(300_000), 60, x -> {
            double sum = 0;
            for (float value : x.toFloatArray()) {
                sum += value;
            }
            return sum;
        });
    }

    private static void runAll(ExecutorService pool, List<Callable<Integer>> jobs) throws Exception {
        for (Future<Integer> result : pool.invokeAll(jobs)) {
            result.get();
        }
    }

    @Test
    void threadsShareTheTensorsOfADetachedScope() throws Exception {
        try (Scope weights = Scope.detached(Device.CPU)) {
            Tensor x = weights.of(Shape.of(2, 2), 1, 2, 3, 4f);
            List<Callable<Integer>> jobs = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                jobs.add(() -> {
                    for (int j = 0; j < 1000; j++) {
                        try (Scope scope = Scope.open()) {
                            // [1 2; 3 4] · [1 2; 3 4] = [7 10; 15 22]
                            assertEquals(54, x.matmul(x).sum().item());
                        }
                    }
                    return 0;
                });
            }
            runAll(pool, jobs);
        }
    }

    @Test
    void threadsMakeAndCloseTensorsInOneDetachedScope() throws Exception {
        long before = Backend.of(Device.CPU).memory().used();
        Scope shared = Scope.detached(Device.CPU);
        List<Callable<Integer>> jobs = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int number = i;
            jobs.add(() -> {
                List<Tensor> mine = new ArrayList<>();
                for (int j = 0; j < 500; j++) {
                    mine.add(shared.full(Shape.of(3), number));
                    if (j % 3 == 2) {
                        mine.remove(mine.size() / 2).close();
                    }
                }
                for (Tensor tensor : mine) {
                    for (float value : tensor.toFloatArray()) {
                        assertEquals(number, value);
                    }
                }
                return 0;
            });
        }
        runAll(pool, jobs);
        shared.close();
        assertEquals(before, Backend.of(Device.CPU).memory().used());
    }

    /** How many of two threads that do the same at once succeed; the other is told. */
    private int succeeding(Runnable code) throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        Callable<Integer> job = () -> {
            both.countDown();
            both.await();
            try {
                code.run();
                return 1;
            } catch (IllegalStateException told) {
                assertTrue(
                        told.getMessage()
                                        .startsWith(
                                                "tensor: must not be used after it was freed, got a tensor of shape")
                                || told.getMessage().startsWith("scope: must be closed once, got a second close at "),
                        told.getMessage());
                return 0;
            }
        };
        int succeeded = 0;
        for (Future<Integer> result : pool.invokeAll(List.of(job, job))) {
            succeeded += result.get();
        }
        return succeeded;
    }

    @Test
    void ofTwoThreadsThatCloseAtOnceTheSecondIsTold() throws Exception {
        long before = Backend.of(Device.CPU).memory().used();
        for (int round = 0; round < 200; round++) {
            Scope scope = Scope.detached(Device.CPU);
            Tensor x = scope.zeros(Shape.of(5));
            scope.zeros(Shape.of(6));
            assertEquals(1, succeeding(x::close), "round " + round);
            assertEquals(1, succeeding(scope::close), "round " + round);
        }
        assertEquals(before, Backend.of(Device.CPU).memory().used());
    }
}
