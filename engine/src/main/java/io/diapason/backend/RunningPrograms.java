package io.diapason.backend;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The runs of programs that go on now. One may last, so it is not among {@link RunningKernels}: whoever frees memory
 * waits for those runs alone that use it, and an interrupt of a run's thread is heard by a thread that looks every 10
 * ms while there are runs, and sleeps while there are none.
 */
final class RunningPrograms {
    private static final long LOOK = 10_000_000; // ns
    private static final long WAIT = 50_000; // ns

    private final Set<NativeRun> runs = ConcurrentHashMap.newKeySet();
    private final AtomicInteger going = new AtomicInteger();
    private @Nullable Thread watcher;
    private volatile boolean sleeps = true;

    void add(NativeRun run) {
        runs.add(run);
    }

    void remove(NativeRun run) {
        runs.remove(run);
    }

    /** A run begins; it looks after this whether its memory is still open. */
    void begins(NativeRun run) {
        run.begins();
        going.incrementAndGet();
        if (sleeps) {
            wake();
        }
    }

    /** A run ends, whatever became of it. */
    void ends(NativeRun run) {
        going.decrementAndGet();
        run.ends();
    }

    /** Waits for every run that uses memory which was marked closed before. */
    void await() {
        for (NativeRun run : runs) {
            long call = run.call();
            while (run.usesClosed(call)) {
                LockSupport.parkNanos(this, WAIT);
            }
        }
    }

    // ---- interrupts

    private synchronized void wake() {
        if (watcher == null) {
            watcher = new Thread(this::watch, "diapason-interrupts");
            watcher.setDaemon(true);
            watcher.start();
        } else {
            LockSupport.unpark(watcher);
        }
    }

    /** Never misses a run: one that begins after the look at their number finds that this sleeps. */
    private void watch() {
        while (true) {
            sleeps = true;
            while (going.get() == 0) {
                LockSupport.park(this);
            }
            sleeps = false;
            LockSupport.parkNanos(this, LOOK);
            runs.forEach(NativeRun::hearInterrupt);
        }
    }
}
