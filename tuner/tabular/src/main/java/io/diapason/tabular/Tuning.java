package io.diapason.tabular;

import io.diapason.data.DataException;
import io.diapason.data.Schema;
import io.diapason.data.Table;
import io.diapason.data.TableEncoder;
import io.diapason.data.Task;
import io.diapason.metric.Direction;
import io.diapason.metric.Metric;
import io.diapason.tensor.Device;
import io.diapason.tensor.Scope;
import io.diapason.tuner.space.SearchSpace;
import io.diapason.tuner.study.Cancellation;
import io.diapason.tuner.study.Study;
import io.diapason.tuner.study.StudyConfig;
import io.diapason.tuner.study.StudyListener;
import io.diapason.tuner.study.StudyResult;
import org.jspecify.annotations.Nullable;

/**
 * One table, from rows to a tested model.
 *
 * <pre>{@code
 * Table houses = Table.readCsv(Path.of("houses.csv"));
 * Tuning tuning = Tuning.prepare(houses, TuningConfig.target("price").trials(50).seed(42).build());
 * try (TuningResult result = tuning.run(StudyListener.none(), new Cancellation())) {
 *     System.out.println(result.test());
 * }
 * }</pre>
 */
public final class Tuning {
    private final TuningConfig config;
    private final TableParts parts;
    private final Metric metric;
    private final SearchSpace space;

    private Tuning(TuningConfig config, TableParts parts, Metric metric, SearchSpace space) {
        this.config = config;
        this.parts = parts;
        this.metric = metric;
        this.space = space;
    }

    /**
     * Decides columns, task, rows and space. Everything that can be refused is refused here.
     *
     * @param table what to learn from
     * @param config what to predict, and how to look
     * @return the tuning, ready to run
     * @throws DataException when the table does not fit what was asked
     * @throws io.diapason.tuner.space.SpaceException when the space or the fixed values are none of a perceptron's
     * @throws IllegalArgumentException when the metric is none of the task
     */
    public static Tuning prepare(Table table, TuningConfig config) {
        Schema schema = Schema.of(table, config.target(), config.drop(), config.task());
        Metric metric = metric(config.metric(), schema.task());
        TableParts parts = TableParts.of(schema, table, config.test(), config.seed());
        parts.requireDefined(metric);
        SearchSpace searched = config.space() == null ? DefaultSpace.of(parts.training().length) : config.space();
        return new Tuning(config, parts, metric, FixedValues.in(searched, config.fixed()));
    }

    /**
     * Log loss decides between classifiers unless another metric is chosen: a proper score (Gneiting and Raftery 2007)
     * tells models apart that get the same few validation rows right.
     */
    private static Metric metric(@Nullable Metric chosen, Task task) {
        if (chosen == null) {
            return task == Task.CLASSIFICATION ? Metric.LOG_LOSS : Metric.RMSE;
        }
        return Metric.named(chosen.label(), task);
    }

    /**
     * The columns that trials learn from, by how they were read.
     *
     * @return such as {@code "2 numeric (age, fare), 1 categorical (sex)"}
     */
    public String features() {
        return parts.schema().describeFeatures(parts.table());
    }

    /**
     * How columns and target were understood.
     *
     * @return the schema, with notes and warnings to show
     */
    public Schema schema() {
        return parts.schema();
    }

    /**
     * What decides.
     *
     * @return the metric
     */
    public Metric metric() {
        return metric;
    }

    /**
     * What is searched.
     *
     * @return the space, with fixed values as single choices
     */
    public SearchSpace space() {
        return space;
    }

    /**
     * The trials that a study of this tuning has.
     *
     * @return its configuration
     */
    public StudyConfig study() {
        boolean maximize = metric.direction() == Direction.MAXIMIZE;
        StudyConfig study = maximize ? StudyConfig.maximize(config.trials()) : StudyConfig.minimize(config.trials());
        study = study.parallelism(config.parallelism())
                .workers(config.workers())
                .seed(config.seed());
        return config.time() == null ? study : study.timeBudget(config.time());
    }

    /**
     * How many rows train, decide and judge.
     *
     * @return three counts
     */
    public RowCounts rows() {
        return new RowCounts(parts.training().length, parts.validation().length, parts.test().length);
    }

    /**
     * Rows by their part.
     *
     * @param training trials learn from them
     * @param validation decide between epochs and trials
     * @param test judge the winner, once
     */
    public record RowCounts(int training, int validation, int test) {}

    /**
     * Runs the study, trains the winner again on training and validation rows, and tests it once. Interrupting this
     * thread during the study cancels the study; the winner of what is finished is trained all the same, and the
     * thread's interrupt flag is set again.
     *
     * @param listener hears what happens in the study
     * @param cancellation asks the study to stop; what is finished then counts
     * @return what was found; the caller closes it
     * @throws TuningException when no trial came to a value
     * @throws java.util.concurrent.CancellationException when this thread is interrupted while the winner is trained
     */
    public TuningResult run(StudyListener listener, Cancellation cancellation) {
        StudyResult result = search(listener, cancellation);
        boolean interrupted = Thread.interrupted();
        try {
            return new Refit(parts, metric, config.seed()).of(result);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private StudyResult search(StudyListener listener, Cancellation cancellation) {
        try (Scope data = Scope.detached(Device.CPU)) {
            TableEncoder encoder = TableEncoder.fit(parts.schema(), parts.table(), parts.training());
            MlpObjective objective = new MlpObjective(
                    encoder,
                    EncodedRows.of(data, encoder, parts.table(), parts.training())
                            .examples(),
                    EncodedRows.of(data, encoder, parts.table(), parts.validation()),
                    metric,
                    config.epochs(),
                    config.patience());
            return new Study(space, config.sampler(), study()).run(objective, listener, cancellation);
        }
    }
}
