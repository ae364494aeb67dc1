package io.diapason.metric;

import io.diapason.data.DidYouMean;
import io.diapason.data.Task;
import java.util.Arrays;
import java.util.List;

/**
 * One number that says how good predictions are.
 *
 * <p>The class predicted is the one of the highest probability, of equal ones the first. Precision, recall and F1 are,
 * of two classes, those of the second in label order; of more they are the mean over the classes that occur among
 * labels or predictions (macro average). A quotient 0/0 in them counts as 0.
 */
public enum Metric {
    /** The share of rows whose class is predicted. */
    ACCURACY("accuracy", Direction.MAXIMIZE, Task.CLASSIFICATION),
    /** The mean, over the classes that occur, of the share of a class's rows that are predicted. */
    BALANCED_ACCURACY("balanced_accuracy", Direction.MAXIMIZE, Task.CLASSIFICATION),
    /** The share of a class's predictions that are right: {@code tp / (tp + fp)}. */
    PRECISION("precision", Direction.MAXIMIZE, Task.CLASSIFICATION),
    /** The share of a class's rows that are predicted: {@code tp / (tp + fn)}. */
    RECALL("recall", Direction.MAXIMIZE, Task.CLASSIFICATION),
    /** The harmonic mean of precision and recall: {@code 2 tp / (2 tp + fp + fn)}. */
    F1("f1", Direction.MAXIMIZE, Task.CLASSIFICATION),
    /**
     * The area under the receiver operating characteristic: the chance that a row of the class has a higher probability
     * than one of another, ties counting half. Of two classes that of the second; of more the mean of one class against
     * the rest, over the classes that occur. NaN when only one class occurs. Source: Hanley and McNeil 1982.
     */
    ROC_AUC("roc_auc", Direction.MAXIMIZE, Task.CLASSIFICATION),
    /**
     * The mean of {@code -ln p}, p being the probability of the row's class, clipped to [1e-15, 1 - 1e-15]; a row's
     * probabilities are taken to sum to 1.
     */
    LOG_LOSS("log_loss", Direction.MINIMIZE, Task.CLASSIFICATION),
    /** The root of the mean squared error, in the target's units. */
    RMSE("rmse", Direction.MINIMIZE, Task.REGRESSION),
    /** The mean absolute error, in the target's units. */
    MAE("mae", Direction.MINIMIZE, Task.REGRESSION),
    /**
     * The share of the target's variance that is explained: {@code 1 - Σ(y - p)² / Σ(y - mean)²}; of a target that does
     * not vary 1 if every prediction is right, else 0.
     */
    R2("r2", Direction.MAXIMIZE, Task.REGRESSION);

    private final String label;
    private final Direction direction;
    private final Task task;

    Metric(String label, Direction direction, Task task) {
        this.label = label;
        this.direction = direction;
        this.task = task;
    }

    /**
     * The metric of a name.
     *
     * @param label such as {@code "log_loss"}
     * @return the metric
     * @throws IllegalArgumentException when none is so named, with the nearest name or all names
     */
    public static Metric named(String label) {
        return named(label, List.of(values()), "a metric");
    }

    /**
     * The metric of a name, for a task.
     *
     * @param label such as {@code "log_loss"}
     * @param task what is predicted
     * @return the metric
     * @throws IllegalArgumentException when the task has none so named, with the nearest name or all names
     */
    public static Metric named(String label, Task task) {
        return named(
                label, of(task), task == Task.CLASSIFICATION ? "a metric of classification" : "a metric of regression");
    }

    private static Metric named(String label, List<Metric> among, String what) {
        for (Metric metric : among) {
            if (metric.label.equals(label)) {
                return metric;
            }
        }
        List<String> labels = among.stream().map(Metric::label).toList();
        throw new IllegalArgumentException(
                "metric: must name " + what + ", got «" + label + "»; " + DidYouMean.help(label, labels));
    }

    /**
     * The metrics of a task.
     *
     * @param task what is predicted
     * @return all of them, in this enumeration's order
     */
    public static List<Metric> of(Task task) {
        return Arrays.stream(values()).filter(metric -> metric.task == task).toList();
    }

    /**
     * The name users write and files hold.
     *
     * @return such as {@code "log_loss"}
     */
    public String label() {
        return label;
    }

    /**
     * Which values are good.
     *
     * @return the direction
     */
    public Direction direction() {
        return direction;
    }

    /**
     * What it judges.
     *
     * @return the task
     */
    public Task task() {
        return task;
    }

    @Override
    public String toString() {
        return label;
    }
}
