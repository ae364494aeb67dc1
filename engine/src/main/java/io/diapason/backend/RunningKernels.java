package io.diapason.backend;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * The calls into the native library that run now, so that memory which another thread may be reading is freed after
 * them. A call looks after {@link #enter()} whether its operands are still open; whoever frees marks them closed,
 * {@link #await() waits}, and frees: a call that began before has ended then, and a later one is refused.
 *
 * <p>Calls never wait, and pay two atomic additions. Each thread counts in a cache line that few others touch. There
 * are two counts, taking turns, so that the wait ends although new calls begin all the time; a thread may be slow to
 * notice the turn, so both are waited for. Source: McKenney, «Sleepable Read-Copy Update», 2006.
 */
final class RunningKernels {
    private static final int STRIPES = 64;
    private static final int LINE = 16; // longs: two cache lines, because processors fetch them in pairs

    private final AtomicLongArray[] counts = {new AtomicLongArray(STRIPES * LINE), new AtomicLongArray(STRIPES * LINE)};
    private volatile int turn;

    /**
     * A call begins.
     *
     * @return what {@link #exit} takes
     */
    int enter() {
        int place = (int) (Thread.currentThread().getId() % STRIPES) * LINE;
        int now = turn;
        counts[now].getAndIncrement(place);
        return place + now;
    }

    /** A call ends, whatever became of it. */
    void exit(int ticket) {
        int now = ticket % LINE;
        counts[now].getAndDecrement(ticket - now);
    }

    /** Waits for every call that began before. */
    synchronized void await() {
        for (int both = 0; both < 2; both++) {
            int before = turn;
            turn = 1 - before;
            for (int place = 0; place < STRIPES * LINE; place += LINE) {
                for (int spins = 0; counts[before].get(place) != 0; spins++) {
                    if (spins < 100) {
                        Thread.onSpinWait();
                    } else {
                        LockSupport.parkNanos(20_000);
                    }
                }
            }
        }
    }
}
