package io.diapason.metric;

import io.diapason.data.Task;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * All metrics of a task, of one set of predictions, each computed when it is first asked for. If a prediction is NaN,
 * so is every metric.
 */
public final class Scores {
    private final Task task;
    private final int rows;
    private final ToDoubleFunction<Metric> measure;
    private final Map<Metric, Double> known = new EnumMap<>(Metric.class);

    private Scores(Task task, int rows, ToDoubleFunction<Metric> measure) {
        this.task = task;
        this.rows = rows;
        this.measure = measure;
    }

    /**
     * Scores of predicted classes.
     *
     * @param probabilities row-major {@code [rows, classCount]}
     * @param classCount how many classes there are, at least 2
     * @param labels the true class codes {@code [rows]}, 0 … classCount-1
     * @return every metric of classification
     * @throws IllegalArgumentException when there are no rows, sizes disagree or a label is out of range
     */
    public static Scores ofClasses(double[] probabilities, int classCount, int[] labels) {
        if (labels.length == 0 || classCount < 2 || probabilities.length != (long) labels.length * classCount) {
            throw new IllegalArgumentException(
                    "scores: probabilities must be rows times classes, at least 1 times 2, got " + probabilities.length
                            + " for " + labels.length + " rows of " + classCount + " classes");
        }
        for (int label : labels) {
            if (label < 0 || label >= classCount) {
                throw new IllegalArgumentException(
                        "scores: labels must be 0 to " + (classCount - 1) + ", got " + label);
            }
        }
        ToDoubleFunction<Metric> measure = hasNaN(probabilities)
                ? metric -> Double.NaN
                : new ClassificationScores(probabilities, classCount, labels)::value;
        return new Scores(Task.CLASSIFICATION, labels.length, measure);
    }

    /**
     * Scores of predicted classes.
     *
     * @param probabilities row-major {@code [rows, classCount]}
     * @param classCount how many classes there are, at least 2
     * @param labels the true class codes {@code [rows]}, 0 … classCount-1
     * @return every metric of classification
     * @throws IllegalArgumentException as {@link #ofClasses(double[], int, int[])}
     */
    public static Scores ofClasses(float[] probabilities, int classCount, int[] labels) {
        double[] wide = new double[probabilities.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = probabilities[i];
        }
        return ofClasses(wide, classCount, labels);
    }

    /**
     * Scores of predicted numbers.
     *
     * @param predictions {@code [rows]}, in the target's units
     * @param targets the true numbers {@code [rows]}
     * @return every metric of regression
     * @throws IllegalArgumentException when there are no rows or sizes disagree
     */
    public static Scores ofValues(double[] predictions, double[] targets) {
        if (targets.length == 0 || predictions.length != targets.length) {
            throw new IllegalArgumentException("scores: predictions must be as many as targets, at least 1, got "
                    + predictions.length + " for " + targets.length);
        }
        ToDoubleFunction<Metric> measure =
                hasNaN(predictions) ? metric -> Double.NaN : RegressionScores.values(predictions, targets)::get;
        return new Scores(Task.REGRESSION, targets.length, measure);
    }

    private static boolean hasNaN(double[] numbers) {
        for (double number : numbers) {
            if (Double.isNaN(number)) {
                return true;
            }
        }
        return false;
    }

    /**
     * One metric.
     *
     * @param metric one of this task
     * @return its value
     * @throws IllegalArgumentException when it belongs to the other task
     */
    public double value(Metric metric) {
        if (!Metric.of(task).contains(metric)) {
            throw new IllegalArgumentException(
                    "scores: must be asked for one of " + Metric.of(task) + ", got " + metric);
        }
        synchronized (known) {
            return known.computeIfAbsent(metric, measure::applyAsDouble);
        }
    }

    /**
     * All metrics.
     *
     * @return in the order of {@link Metric}; unmodifiable
     */
    public Map<Metric, Double> values() {
        Map<Metric, Double> values = new EnumMap<>(Metric.class);
        Metric.of(task).forEach(metric -> values.put(metric, value(metric)));
        return Collections.unmodifiableMap(values);
    }

    /**
     * What was predicted.
     *
     * @return the task
     */
    public Task task() {
        return task;
    }

    /**
     * How many rows were predicted.
     *
     * @return at least 1
     */
    public int rows() {
        return rows;
    }

    @Override
    public String toString() {
        return values().toString();
    }
}
