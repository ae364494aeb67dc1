package io.diapason.tuner.study;

import io.diapason.random.Rng;
import io.diapason.tuner.space.Params;
import io.diapason.tuner.space.Value;
import io.diapason.tuner.trial.Report;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A running trial, as its objective sees it: parameters in, reports and attributes out.
 *
 * <p>Safe to use from several threads of one objective. It ends when the objective returns.
 */
public final class Trial {
    private static final int LONGEST_TEXT = 1000;

    private final int number;
    private final Params params;
    private final Rng rng;
    private final BooleanSupplier cancelled;
    private final Consumer<Report> onReport;
    private final List<Report> reports = new ArrayList<>();
    private final Map<String, Value> attributes = new LinkedHashMap<>();
    private boolean ended;

    Trial(int number, Params params, long seed, BooleanSupplier cancelled, Consumer<Report> onReport) {
        this.number = number;
        this.params = params;
        this.rng = Rng.of(seed).child("trial").child(number);
        this.cancelled = cancelled;
        this.onReport = onReport;
    }

    /**
     * A trial outside any study, such as one fixed configuration, or an objective under test. It draws the numbers that
     * the trial of the same number of a study of the same seed draws.
     *
     * @param number from 0
     * @param params the parameters
     * @param seed the study's seed
     * @return a trial that nobody listens to
     */
    public static Trial detached(int number, Params params, long seed) {
        return new Trial(number, params, seed, () -> false, report -> {});
    }

    /**
     * The trial's number in its study.
     *
     * @return from 0
     */
    public int number() {
        return number;
    }

    /**
     * The values of the active parameters.
     *
     * @return the values
     */
    public Params params() {
        return params;
    }

    /**
     * The trial's random numbers, a function of (study seed, trial number); {@code rng().child("weights")} names more.
     *
     * @return always the same generator
     */
    public Rng rng() {
        return rng;
    }

    /**
     * Whether the study was asked to stop; a long objective asks now and then, and returns or throws.
     *
     * @return true from then on
     */
    public boolean isCancelled() {
        return cancelled.getAsBoolean();
    }

    /**
     * Reports a value on the way.
     *
     * @param step at least 0 and above the step before, such as the epoch
     * @param value finite
     * @throws IllegalArgumentException when one of them is not so; unless caught, that ends the trial as failed
     * @throws IllegalStateException when the trial has ended
     */
    public synchronized void report(int step, double value) {
        checkRunning("report");
        Report report = new Report(step, value);
        if (!reports.isEmpty() && step <= reports.get(reports.size() - 1).step()) {
            throw new IllegalArgumentException("report: steps must rise, got step " + step + " after step "
                    + reports.get(reports.size() - 1).step());
        }
        reports.add(report);
        onReport.accept(report);
    }

    /**
     * Keeps a whole number with the trial's record.
     *
     * @param name what it is, such as {@code best_epoch}; an older value of the name is replaced
     * @param value the number
     * @throws IllegalStateException when the trial has ended
     */
    public void attribute(String name, long value) {
        put(name, new Value.Integral(value));
    }

    /**
     * Keeps a number with the trial's record. JSON has no NaN and no infinity, so those are kept as text.
     *
     * @param name what it is; an older value of the name is replaced
     * @param value the number
     * @throws IllegalStateException when the trial has ended
     */
    public void attribute(String name, double value) {
        put(name, Double.isFinite(value) ? new Value.Floating(value) : new Value.Text(Double.toString(value)));
    }

    /**
     * Keeps a short text with the trial's record.
     *
     * @param name what it is; an older value of the name is replaced
     * @param value at most 1000 characters
     * @throws IllegalArgumentException when it is longer
     * @throws IllegalStateException when the trial has ended
     */
    public void attribute(String name, String value) {
        if (value.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException("attribute " + name + ": text must have at most " + LONGEST_TEXT
                    + " characters, got " + value.length() + "; keep large things in files");
        }
        put(name, new Value.Text(value));
    }

    /**
     * The reports so far.
     *
     * @return a copy, by rising step
     */
    public synchronized List<Report> reports() {
        return List.copyOf(reports);
    }

    /**
     * The attributes so far.
     *
     * @return a copy in the order in which names were first set
     */
    public synchronized Map<String, Value> attributes() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** From now on, reports and attributes are refused: the record is being written. */
    synchronized void end() {
        ended = true;
    }

    private synchronized void put(String name, Value value) {
        checkRunning("attribute");
        attributes.put(name, value);
    }

    private void checkRunning(String what) {
        if (ended) {
            throw new IllegalStateException(
                    what + ": the trial must be running, got trial " + number + ", which ended");
        }
    }
}
