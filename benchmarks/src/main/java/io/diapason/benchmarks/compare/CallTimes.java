package io.diapason.benchmarks.compare;

import com.sun.management.ThreadMXBean;
import io.diapason.benchmarks.measure.Summary;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a call from Java is timed, ours and a peer's alike: chunks of calls of about a millisecond, after a second. */
public final class CallTimes {
    private static final long SETTLED = 1_000_000_000L; // ns
    private static final long MEASURED = 1_000_000_000L; // ns
    private static final double CHUNK = 1e6; // ns

    private CallTimes() {}

    /**
     * Times a call.
     *
     * @param call what is timed
     * @return names and values: the median of microseconds a call, and the bytes of Java heap that a call takes
     */
    public static Map<String, Object> of(Runnable call) {
        double once = Double.POSITIVE_INFINITY;
        for (long begun = System.nanoTime(); System.nanoTime() - begun < SETTLED; ) {
            long start = System.nanoTime();
            call.run();
            once = Math.min(once, System.nanoTime() - start);
        }
        int calls = (int) Math.max(1, CHUNK / once);
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        List<Double> microseconds = new ArrayList<>();
        List<Double> bytes = new ArrayList<>();
        for (long begun = System.nanoTime(); System.nanoTime() - begun < MEASURED; ) {
            long allocated = threads.getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            for (int i = 0; i < calls; i++) {
                call.run();
            }
            microseconds.add((System.nanoTime() - start) / 1e3 / calls);
            bytes.add((double) (threads.getCurrentThreadAllocatedBytes() - allocated) / calls);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("us", Summary.of(microseconds).median());
        answer.put("bytes", Summary.of(bytes).median());
        return answer;
    }
}
