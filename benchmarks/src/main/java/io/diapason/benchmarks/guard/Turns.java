package io.diapason.benchmarks.guard;

import io.diapason.benchmarks.measure.Summary;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The turns of one iteration of a benchmark; JMH reads the three medians at its end. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Turns {
    private final List<Double> ours = new ArrayList<>();
    private final List<Double> references = new ArrayList<>();

    /** No turn yet. */
    public Turns() {}

    /** Forgets the turns of the iteration before. */
    @Setup(Level.Iteration)
    public void begin() {
        ours.clear();
        references.clear();
    }

    void add(double nanosecondsOfOurs, double nanosecondsOfReference) {
        ours.add(nanosecondsOfOurs);
        references.add(nanosecondsOfReference);
    }

    /**
     * How many times as fast as the reference the kernel is, in the turn of the median.
     *
     * @return above 0, or NaN before the first turn
     */
    public double ratio() {
        return ours.isEmpty()
                ? Double.NaN
                : Summary.ofPairs(ours, references, (our, reference) -> reference / our)
                        .median();
    }

    /**
     * The kernel's time.
     *
     * @return microseconds a call, the median
     */
    public double oursMicroseconds() {
        return ours.isEmpty() ? Double.NaN : Summary.of(ours).median() / 1e3;
    }

    /**
     * The reference's time.
     *
     * @return microseconds a call, the median
     */
    public double referenceMicroseconds() {
        return ours.isEmpty() ? Double.NaN : Summary.of(references).median() / 1e3;
    }
}
