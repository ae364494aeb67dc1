package io.diapason.cli;

import io.diapason.tuner.study.StudyEvent;
import java.io.PrintStream;

/** Progress as lines: the start, the end, and between them one every few seconds at most. */
final class LineProgress implements Progress {
    private static final long BETWEEN_NANOS = 5_000_000_000L;

    private final PrintStream out;
    private final SearchProgress state;
    private long last;

    LineProgress(PrintStream out, SearchProgress state) {
        this.out = out;
        this.state = state;
    }

    @Override
    public void onEvent(StudyEvent event) {
        state.take(event);
        if (event instanceof StudyEvent.StudyStarted started) {
            int atOnce = Math.min(
                    state.total(),
                    Math.min(started.config().workers(), started.config().parallelism()));
            out.println("search: " + Text.count(state.total(), "trial") + ", " + atOnce + " at a time");
            last = state.nanoTime();
        } else if (event instanceof StudyEvent.StudyFinished
                || (state.finished() < state.total() && state.nanoTime() - last >= BETWEEN_NANOS)) {
            out.println(state.line());
            last = state.nanoTime();
        }
    }

    @Override
    public void close() {}
}
