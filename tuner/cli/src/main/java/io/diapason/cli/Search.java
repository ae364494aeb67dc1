package io.diapason.cli;

import io.diapason.data.DataException;
import io.diapason.data.Table;
import io.diapason.tabular.Tuning;
import io.diapason.tabular.TuningConfig;
import io.diapason.tabular.TuningException;
import io.diapason.tabular.TuningResult;
import io.diapason.tuner.space.SpaceException;
import io.diapason.tuner.study.Cancellation;
import io.diapason.tuner.study.Intervention;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Runs a prepared tuning: shows progress, heeds Ctrl-C, saves the model, and writes what was found.
 *
 * @param console where results and messages go
 * @param tuning ready to run
 * @param device its name in results
 * @param model where the model is saved
 * @param output how to speak
 */
record Search(Console console, Tuning tuning, String device, Path model, OutputOptions output) {
    /**
     * Prepares a tuning; whatever is refused here is bad input.
     *
     * @param table what to learn from
     * @param config how
     * @param space the file of the space, which its errors name, or null
     */
    static Tuning prepare(Table table, TuningConfig config, @Nullable Path space) {
        try {
            return Tuning.prepare(table, config);
        } catch (SpaceException e) {
            throw space == null ? e : new UsageException(space.getFileName() + ": " + e.getMessage(), e);
        } catch (DataException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Runs it.
     *
     * @param several whether trials compete, so that the best are worth a table
     * @return the exit code
     */
    int run(boolean several) {
        long start = System.nanoTime();
        tuning.schema().notes().forEach(console::note);
        console.note("columns: " + tuning.features());
        tuning.schema().warnings().forEach(console::warning);
        Cancellation cancellation = new Cancellation();
        try (Interrupts interrupts = Interrupts.during(cancellation, console);
                Progress progress = progress(several);
                TuningResult result = tuning.run(progress, cancellation)) {
            progress.close();
            result.model().save(model);
            result.study().interventions().forEach(this::say);
            double seconds = (System.nanoTime() - start) * 1e-9;
            SearchReport report = new SearchReport(tuning, result, device, model, seconds);
            if (output.json()) {
                console.out().println(report.json());
            } else {
                report.print(console.out(), several);
            }
            return ExitCode.DONE;
        } catch (TuningException e) {
            throw cancellation.isCancelled() ? new StoppedException(e) : e;
        }
    }

    private Progress progress(boolean several) {
        SearchProgress state = new SearchProgress(tuning.metric(), System::nanoTime);
        return several && !output.plain() && console.errIsTerminal()
                ? new BarProgress(console.err(), state)
                : new LineProgress(console.err(), state);
    }

    private void say(Intervention intervention) {
        int before = intervention.beforeJob();
        if (intervention instanceof Intervention.TimeBudgetReached reached) {
            console.note("the time of " + Text.duration(reached.budget().toMillis() * 1e-3) + " was over before trial "
                    + before);
        } else {
            console.note("the search was stopped before trial " + before);
        }
    }
}
