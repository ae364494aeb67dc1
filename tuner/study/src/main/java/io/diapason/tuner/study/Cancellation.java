package io.diapason.tuner.study;

import java.util.LinkedHashSet;
import java.util.Set;

/** Asks studies to stop, from any thread, once and for all: running trials are interrupted, finished ones are kept. */
public final class Cancellation {
    private final Set<Runnable> actions = new LinkedHashSet<>();
    private volatile boolean cancelled;

    /** A cancellation that nobody has asked for yet. */
    public Cancellation() {}

    /** Asks to stop. Asking again does nothing. */
    public void cancel() {
        Set<Runnable> now;
        synchronized (this) {
            cancelled = true;
            now = new LinkedHashSet<>(actions);
            actions.clear();
        }
        now.forEach(Runnable::run);
    }

    /**
     * Whether it was asked to stop.
     *
     * @return true from then on
     */
    public boolean isCancelled() {
        return cancelled;
    }

    /** Runs an action once when it is asked to stop; now, if it was already. */
    void whenCancelled(Runnable action) {
        synchronized (this) {
            if (!cancelled) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    synchronized void forget(Runnable action) {
        actions.remove(action);
    }
}
