package io.diapason.tabular;

import io.diapason.data.TableEncoder;
import io.diapason.metric.Metric;
import io.diapason.metric.Scores;
import io.diapason.model.TabularModel;
import io.diapason.nn.Mlp;
import io.diapason.tensor.Device;
import io.diapason.tensor.Scope;
import io.diapason.train.TrainConfig;
import io.diapason.train.Trainer;
import io.diapason.train.TrainingDivergedException;
import io.diapason.tuner.space.Value;
import io.diapason.tuner.study.StudyResult;
import io.diapason.tuner.study.Trial;
import io.diapason.tuner.trial.Direction;
import io.diapason.tuner.trial.TrialRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains the best trial again on all rows but the test's, and tests it once.
 *
 * @param parts which rows
 * @param metric what decided
 * @param seed of the study
 */
record Refit(TableParts parts, Metric metric, long seed) {
    private static final Logger LOG = LoggerFactory.getLogger(Refit.class);

    /**
     * The result of a study. More rows are another training: should the winner's diverge, the next best is taken.
     *
     * @throws TuningException when no trial is complete, or each that is diverges now
     */
    TuningResult of(StudyResult study) {
        List<TrialRecord> left = new ArrayList<>(study.records());
        List<String> diverged = new ArrayList<>();
        Direction direction = study.config().direction();
        for (Optional<TrialRecord> best = direction.best(left); best.isPresent(); best = direction.best(left)) {
            TrialRecord winner = best.get();
            try {
                return tested(study, winner, train(winner));
            } catch (TrainingDivergedException e) {
                LOG.warn(
                        "trial {} cannot be trained again on training and validation rows, so the next best is taken:"
                                + " {}",
                        winner.number(),
                        e.getMessage());
                diverged.add(e.getMessage());
                left.remove(winner);
            }
        }
        throw diverged.isEmpty() ? TuningException.noneComplete(study) : TuningException.noneTrainsAgain(diverged);
    }

    private TuningResult tested(StudyResult study, TrialRecord winner, TabularModel model) {
        try {
            int[] test = parts.test();
            Scores scores = test.length == 0 ? null : model.evaluate(parts.testTable(), test);
            long epochs = study.records().stream()
                    .mapToLong(trial -> trial.reports().size())
                    .sum();
            return new TuningResult(metric, study, winner, model, scores, epochs);
        } catch (Throwable e) {
            model.close();
            throw e;
        }
    }

    /** The winner's parameters and starting weights, its best number of epochs. */
    private TabularModel train(TrialRecord winner) {
        Trial trial = Trial.detached(winner.number(), winner.params(), seed);
        Hyperparameters hyperparameters = new Hyperparameters(winner.params());
        int epochs = bestEpoch(winner);
        TrainConfig config = hyperparameters
                .training(epochs, 0, MlpObjective.trainingSeed(trial))
                .withEpochs(epochs);
        int[] rows = parts.trainingAndValidation();
        TableEncoder encoder = TableEncoder.fit(parts.schema(), parts.table(), rows);
        Scope weights = Scope.detached(Device.CPU);
        try (Scope data = Scope.detached(Device.CPU)) {
            EncodedRows all = EncodedRows.of(data, encoder, parts.table(), rows);
            Mlp network = MlpObjective.network(weights, encoder, hyperparameters, trial);
            new Trainer(network, MlpObjective.loss(encoder.targetEncoder()), config)
                    .fit(all.examples(), null, epoch -> true);
            return new TabularModel(weights, encoder, network, provenance(winner, rows.length, epochs));
        } catch (Throwable e) {
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

    private Map<String, Object> provenance(TrialRecord winner, int rows, int epochs) {
        Map<String, Object> provenance = new LinkedHashMap<>();
        provenance.put("table", parts.table().name());
        provenance.put("rows", rows);
        provenance.put("seed", seed);
        provenance.put("trial", winner.number());
        provenance.put("params", winner.params().toJson());
        provenance.put("epochs", epochs);
        provenance.put("metric", metric.label());
        provenance.put("validation", winner.value().orElseThrow());
        return provenance;
    }
}
