package io.diapason.backend;

import org.jspecify.annotations.Nullable;

/** Runs code while somebody hears what it does; see {@link Backend#listening}. */
public final class Hearing {
    private static final ThreadLocal<@Nullable Hearing> IN_THREAD = new ThreadLocal<>();

    private final Backend heard;
    private final CallListener listener;

    Hearing(Backend heard, CallListener listener) {
        this.heard = heard;
        this.listener = listener;
    }

    /** The back end that somebody listens to in this thread, or null. */
    static @Nullable Backend inThread() {
        Hearing hearing = IN_THREAD.get();
        return hearing == null ? null : hearing.heard;
    }

    /** Tells whoever listens in this thread of what no call tells of. */
    static void unheard(String what) {
        Hearing hearing = IN_THREAD.get();
        if (hearing != null) {
            hearing.listener.unheard(what);
        }
    }

    /**
     * Runs code in this thread. Inside another such call it is this listener alone who hears; the other is told so.
     *
     * @param code what to run
     */
    public void run(Runnable code) {
        Hearing outer = IN_THREAD.get();
        unheard("another pass is recorded");
        IN_THREAD.set(this);
        try {
            code.run();
        } finally {
            IN_THREAD.set(outer); // null is set, not removed: to set it again would make garbage
        }
    }
}
