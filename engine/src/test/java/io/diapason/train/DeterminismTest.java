package io.diapason.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.loss.Loss;
import io.diapason.nn.Dropout;
import io.diapason.nn.Linear;
import io.diapason.nn.Module;
import io.diapason.nn.Parts;
import io.diapason.nn.Pass;
import io.diapason.optim.Adam;
import io.diapason.random.Rng;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** Training is a function of its seed: the same bits in any thread, beside any other. */
class DeterminismTest {
    /** One training a thread, all begun at once; thread t runs with seed {@code seeds(t)}. */
    private static List<List<float[]>> atOnce(int threads, LongUnaryOperator seeds) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Callable<List<float[]>>> jobs = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                long seed = seeds.applyAsLong(t);
                jobs.add(() -> {
                    start.await();
                    return Training.run(seed);
                });
            }
            List<List<float[]>> results = new ArrayList<>();
            for (Future<List<float[]>> future : pool.invokeAll(jobs)) {
                results.add(future.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void theSameSeedGivesTheSameBitsTwice() {
        assertTrue(Training.same(Training.run(5), Training.run(5)));
    }

    @Test
    void anotherSeedGivesOtherParameters() {
        assertFalse(Training.same(Training.run(5), Training.run(6)));
    }

    @Test
    void theSameSeedGivesTheSameBitsInTwoThreadsAtOnce() throws Exception {
        List<float[]> alone = Training.run(5);
        for (List<float[]> beside : atOnce(2, thread -> 5)) {
            assertTrue(Training.same(alone, beside));
        }
    }

    @Test
    void fourTrainingsAtOnceEachEqualTheirOwnRunAlone() throws Exception {
        List<List<float[]>> alone = List.of(Training.run(10), Training.run(11), Training.run(12), Training.run(13));
        for (int round = 0; round < 5; round++) {
            List<List<float[]>> together = atOnce(4, thread -> 10 + thread);
            for (int t = 0; t < 4; t++) {
                assertTrue(Training.same(alone.get(t), together.get(t)), "thread " + t + " in round " + round);
            }
        }
    }

    @Test
    void everyStepOfEveryEpochHasItsOwnDropoutMask() {
        try (Scope scope = Scope.open()) {
            Linear linear = new Linear(scope, 2, 1, Rng.of(1));
            List<String> masks = new ArrayList<>();
            Module recording = new Module() {
                @Override
                public Tensor forward(Tensor x, Pass pass) {
                    Tensor ones = Scope.current().full(Shape.of(64), 1);
                    masks.add(
                            Arrays.toString(new Dropout(0.5).forward(ones, pass).toFloatArray()));
                    return linear.forward(x, pass);
                }

                @Override
                public Parts parts() {
                    return Parts.of("linear", linear);
                }
            };
            TrainConfig config = Training.config(3, 10, 0, new Adam(0.01), 1);
            new Trainer(recording, Loss.meanSquaredError(), config)
                    .fit(Training.linear(scope, 40), null, epoch -> true);
            assertEquals(12, masks.size());
            assertEquals(12, masks.stream().distinct().count());
        }
    }
}
