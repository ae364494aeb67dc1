package io.diapason.cli;

import io.diapason.tuner.study.StudyEvent;
import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Progress as a bar that moves on one line of a terminal. */
final class BarProgress implements Progress {
    private static final int WIDTH = 80;
    private static final int INTERVAL_MILLIS = 200;

    private final PrintStream out;
    private final SearchProgress state;
    private @Nullable ProgressBar bar;

    BarProgress(PrintStream out, SearchProgress state) {
        this.out = out;
        this.state = state;
    }

    @Override
    public void onEvent(StudyEvent event) {
        state.take(event);
        if (event instanceof StudyEvent.StudyStarted) {
            bar = ProgressBar.builder()
                    .setTaskName("trial")
                    .setInitialMax(state.total())
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(INTERVAL_MILLIS)
                    .setConsumer(new ConsoleProgressBarConsumer(out, width()))
                    .build();
        } else if (event instanceof StudyEvent.TrialFinished && bar != null) {
            bar.setExtraMessage(" " + state.message());
            bar.stepTo(state.finished());
        } else if (event instanceof StudyEvent.StudyFinished) {
            close();
        }
    }

    /** One column less than the terminal has, so that the line never wraps; the launcher measures it. */
    private static int width() {
        String columns = System.getenv().getOrDefault("COLUMNS", "");
        return (columns.matches("[1-9]\\d{1,3}") ? Integer.parseInt(columns) : WIDTH) - 1;
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
