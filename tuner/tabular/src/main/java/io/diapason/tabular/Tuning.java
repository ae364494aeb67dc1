package io.diapason.tabular;

import io.diapason.data.DataException;
import io.diapason.data.Schema;
import io.diapason.data.Split;
import io.diapason.data.Table;
import io.diapason.data.TableEncoder;
import io.diapason.data.Task;
import io.diapason.metric.Metric;
import io.diapason.metric.Scores;
import io.diapason.model.TabularModel;
import io.diapason.nn.Mlp;
import io.diapason.random.Rng;
import io.diapason.tensor.Device;
import io.diapason.tensor.Scope;
import io.diapason.train.Trainer;
import io.diapason.train.TrainingDivergedException;
import io.diapason.tuner.space.SearchSpace;
import io.diapason.tuner.space.Value;
import io.diapason.tuner.study.Cancellation;
import io.diapason.tuner.study.Study;
import io.diapason.tuner.study.StudyConfig;
import io.diapason.tuner.study.StudyListener;
import io.diapason.tuner.study.StudyResult;
import io.diapason.tuner.study.Trial;
import io.diapason.tuner.trial.Direction;
import io.diapason.tuner.trial.TrialRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
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
    private static final double VALIDATION_FRACTION = 0.2;

    private final Table table;
    private final TuningConfig config;
    private final Schema schema;
    private final Metric metric;
    private final SearchSpace space;
    private final int[] training;
    private final int[] validation;
    private final Table testTable;
    private final int[] test;

    private Tuning(Table table, TuningConfig config, Schema schema) {
        this.table = table;
        this.config = config;
        this.schema = schema;
        this.metric = metric(config.metric(), schema.task());
        Rng rng = Rng.of(config.seed()).child("split");
        int[] rest = schema.labelledRows();
        if (config.test() instanceof TestPart.Fraction part) {
            Split split = Split.of(schema, table, rest, part.fraction(), rng.child("test"));
            this.testTable = table;
            this.test = split.test();
            rest = split.train();
        } else if (config.test() instanceof TestPart.Other other) {
            this.testTable = other.table();
            this.test = other.table().rowsWith(schema.target());
            if (test.length == 0) {
                throw new DataException(testTable.name() + ": target «" + schema.target()
                        + "» must have a value in some row, got none");
            }
        } else {
            this.testTable = table;
            this.test = new int[0];
        }
        Split split = Split.of(schema, table, rest, VALIDATION_FRACTION, rng.child("validation"));
        this.training = split.train();
        this.validation = split.test();
        this.space = FixedValues.in(
                config.space() == null ? DefaultSpace.of(training.length) : config.space(), config.fixed());
        if (test.length > 0) {
            // Encoded once here so that a test table that does not fit is refused before hours of trials.
            TableEncoder.fit(schema, table, training).dataset(testTable, test);
        }
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
        return new Tuning(table, config, Schema.of(table, config.target(), config.drop(), config.task()));
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
     * How columns and target were understood.
     *
     * @return the schema, with notes and warnings to show
     */
    public Schema schema() {
        return schema;
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
        boolean maximize = metric.direction() == io.diapason.metric.Direction.MAXIMIZE;
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
        return new RowCounts(training.length, validation.length, test.length);
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
     * Runs the study, trains the winner again on training and validation rows, and tests it once.
     *
     * @param listener hears what happens in the study
     * @param cancellation asks the study to stop; what is finished then counts
     * @return what was found; the caller closes it
     * @throws TuningException when no trial came to a value
     */
    public TuningResult run(StudyListener listener, Cancellation cancellation) {
        StudyResult result;
        try (Scope data = Scope.detached(Device.CPU)) {
            TableEncoder encoder = TableEncoder.fit(schema, table, training);
            MlpObjective objective = new MlpObjective(
                    encoder,
                    EncodedRows.of(data, encoder, table, training),
                    EncodedRows.of(data, encoder, table, validation),
                    metric,
                    config.epochs(),
                    config.patience());
            result = new Study(space, config.sampler(), study()).run(objective, listener, cancellation);
        }
        return refit(result);
    }

    private TuningResult refit(StudyResult result) {
        List<TrialRecord> left = new ArrayList<>(result.records());
        TrainingDivergedException last = null;
        // More rows are another training: should the winner's diverge, the next best is taken.
        Direction direction = result.config().direction();
        for (Optional<TrialRecord> best = direction.best(left); best.isPresent(); best = direction.best(left)) {
            TrialRecord winner = best.get();
            try {
                TabularModel model = train(winner);
                Scores scores = test.length == 0 ? null : model.evaluate(testTable, test);
                long epochs = result.records().stream()
                        .mapToLong(trial -> trial.reports().size())
                        .sum();
                return new TuningResult(metric, result, winner, model, scores, epochs);
            } catch (TrainingDivergedException e) {
                last = e;
                left.remove(winner);
            }
        }
        throw TuningException.of(result, last);
    }

    /** The winner's parameters and starting weights, its best number of epochs, all rows but the test's. */
    private TabularModel train(TrialRecord winner) {
        Trial trial = Trial.detached(winner.number(), winner.params(), config.seed());
        Hyperparameters hyperparameters = new Hyperparameters(winner.params());
        int epochs = bestEpoch(winner);
        int[] rows = IntStream.concat(IntStream.of(training), IntStream.of(validation))
                .sorted()
                .toArray();
        TableEncoder encoder = TableEncoder.fit(schema, table, rows);
        Scope weights = Scope.detached(Device.CPU);
        try (Scope data = Scope.detached(Device.CPU)) {
            EncodedRows all = EncodedRows.of(data, encoder, table, rows);
            Mlp network = MlpObjective.network(weights, encoder, hyperparameters, trial);
            new Trainer(
                            network,
                            MlpObjective.loss(encoder.targetEncoder()),
                            hyperparameters
                                    .training(
                                            epochs,
                                            0,
                                            trial.rng().child("training").seed())
                                    .withEpochs(epochs))
                    .fit(all.examples(), null, epoch -> true);
            return new TabularModel(weights, encoder, network, provenance(winner, epochs));
        } catch (RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    private static int bestEpoch(TrialRecord winner) {
        if (winner.attributes().get("best_epoch") instanceof Value.Integral epoch) {
            return Math.toIntExact(epoch.number());
        }
        throw new IllegalStateException("tuning: a complete trial must have a best_epoch, got " + winner.attributes());
    }

    private Map<String, Object> provenance(TrialRecord winner, int epochs) {
        Map<String, Object> provenance = new LinkedHashMap<>();
        provenance.put("table", table.name());
        provenance.put("rows", training.length + validation.length);
        provenance.put("seed", config.seed());
        provenance.put("trial", winner.number());
        provenance.put("params", winner.params().toJson());
        provenance.put("epochs", epochs);
        provenance.put("metric", metric.label());
        provenance.put("validation", winner.value().orElseThrow());
        return provenance;
    }
}
