package io.diapason.benchmarks.compare;

import com.sun.management.OperatingSystemMXBean;
import io.diapason.benchmarks.measure.Summary;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a training's steps are timed, ours and a peer's alike: chunks of many steps, after the process has settled.
 *
 * <p>Every {@value #EPOCHS} epochs the network begins anew. Trained longer on numbers that mean nothing it learns them
 * by heart, gradients vanish, and what is timed is how a processor handles denormals. (Adam's first moment of a unit
 * that is off halves about every 7 steps; after 640 steps it is still a normal number.)
 */
public final class Chunks {
    /** Batches of an epoch: so many that the network does not learn them by heart at once. */
    public static final int BATCHES = 64;

    /** Epochs of one network. */
    public static final int EPOCHS = 10;

    private static final long SETTLED = 1_000_000_000L; // ns
    private static final long ENOUGH = 1_500_000_000L; // ns of measured chunks
    private static final long MOST = 6_000_000_000L; // ns after which one chunk is enough
    private static final int FEWEST = 5; // chunks

    private final List<Double> microseconds = new ArrayList<>();
    private final long begun = System.nanoTime();
    private final long processorBegun = processorTime();
    private long measured;

    /** Nothing timed yet. */
    public Chunks() {}

    /**
     * Notes a chunk, unless the process has not settled.
     *
     * @param nanoseconds it took
     * @param steps it had
     */
    public void add(long nanoseconds, int steps) {
        if (System.nanoTime() - begun - nanoseconds >= SETTLED) {
            microseconds.add(nanoseconds / 1e3 / steps);
            measured += nanoseconds;
        }
    }

    /**
     * Whether enough was measured.
     *
     * @return true once it was
     */
    public boolean done() {
        return !microseconds.isEmpty() && (measured >= MOST || (measured >= ENOUGH && microseconds.size() >= FEWEST));
    }

    /**
     * What was measured, as a process answers it.
     *
     * @param loss of the last step: near the logarithm of the number of classes where nothing was learnt by heart
     * @param settings of the library that was timed, a line each
     * @return names and values
     */
    public Map<String, Object> answer(double loss, List<String> settings) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("us", Summary.of(microseconds).median());
        answer.put("loss", loss);
        answer.put("core_share", (double) (processorTime() - processorBegun) / (System.nanoTime() - begun));
        answer.put("settings", settings);
        return answer;
    }

    private static long processorTime() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    /** One step of a training that begins anew from time to time. */
    public interface Training {
        /** A new network, with a new optimiser. */
        void begin();

        /**
         * A step.
         *
         * @param batch in [0, {@value Chunks#BATCHES})
         */
        void step(int batch);
    }

    /**
     * Times steps until there is enough.
     *
     * @param training whose
     * @param steps of a chunk, a divisor of {@value #BATCHES}
     * @return what was measured
     */
    public static Chunks time(Training training, int steps) {
        Chunks chunks = new Chunks();
        while (!chunks.done()) {
            training.begin();
            for (int from = 0; from < EPOCHS * BATCHES && !chunks.done(); from += steps) {
                long start = System.nanoTime();
                for (int i = from; i < from + steps; i++) {
                    training.step(i % BATCHES);
                }
                chunks.add(System.nanoTime() - start, steps);
            }
        }
        return chunks;
    }
}
