package io.diapason.tabular;

import io.diapason.data.ClassEncoder;
import io.diapason.data.TableEncoder;
import io.diapason.data.TargetEncoder;
import io.diapason.data.Task;
import io.diapason.loss.Loss;
import io.diapason.metric.Direction;
import io.diapason.metric.Metric;
import io.diapason.metric.Scores;
import io.diapason.model.Predictions;
import io.diapason.nn.Mlp;
import io.diapason.nn.Module;
import io.diapason.tensor.Device;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Scope;
import io.diapason.train.Examples;
import io.diapason.train.Monitor;
import io.diapason.train.Trainer;
import io.diapason.train.TrainingDivergedException;
import io.diapason.train.TrainingResult;
import io.diapason.tuner.study.Objective;
import io.diapason.tuner.study.Trial;
import io.diapason.tuner.study.TrialFailed;
import java.util.concurrent.CancellationException;

/**
 * Trains one perceptron a trial on the training rows, and scores its best epoch on the validation rows.
 *
 * @param encoder how rows became examples
 * @param training rows to learn from
 * @param validation rows that decide
 * @param metric what decides
 * @param epochs the most
 * @param patience of early stopping
 */
record MlpObjective(
        TableEncoder encoder, Examples training, EncodedRows validation, Metric metric, int epochs, int patience)
        implements Objective {
    @Override
    public double evaluate(Trial trial) {
        Hyperparameters hyperparameters = new Hyperparameters(trial.params());
        try (Scope weights = Scope.detached(Device.CPU)) {
            Mlp network = network(weights, encoder, hyperparameters, trial);
            Trainer trainer = new Trainer(
                    network,
                    loss(encoder.targetEncoder()),
                    hyperparameters.training(epochs, patience, trainingSeed(trial)));
            Monitor monitor = Monitor.ofPredictions(
                    validation.examples().features(), this::measure, metric.direction() == Direction.MAXIMIZE);
            TrainingResult result = trainer.fit(training, monitor, epoch -> {
                if (Double.isFinite(epoch.validation())) {
                    trial.report(epoch.number(), epoch.validation());
                }
                if (trial.isCancelled()) {
                    // A value of fewer epochs than the trial's own would be another trial's.
                    throw new CancellationException("training: cancelled after epoch " + epoch.number());
                }
                return true;
            });
            trial.attribute("best_epoch", (long) result.bestEpoch());
            scores(network).values().forEach((other, value) -> trial.attribute(other.label(), value));
            return result.bestValue();
        } catch (TrainingDivergedException e) {
            throw new TrialFailed(String.valueOf(e.getMessage()), e);
        }
    }

    private Monitor.Measure measure(HeapTensor outputs) {
        Scores scores = Predictions.of((float[]) outputs.values(), encoder.targetEncoder())
                .scores(validation.truth());
        Metric loss = scores.task() == Task.CLASSIFICATION ? Metric.LOG_LOSS : Metric.RMSE;
        return new Monitor.Measure(scores.value(metric), scores.value(loss));
    }

    private Scores scores(Module module) {
        return Predictions.of(module, validation.examples().features(), encoder.targetEncoder())
                .scores(validation.truth());
    }

    /** A perceptron with the weights that a trial starts from. */
    static Mlp network(Scope weights, TableEncoder encoder, Hyperparameters hyperparameters, Trial trial) {
        TargetEncoder target = encoder.targetEncoder();
        int outputs = target instanceof ClassEncoder classes ? classes.classes().size() : 1;
        return new Mlp(
                weights,
                hyperparameters.network(encoder.preprocessing().width(), outputs),
                trial.rng().child("weights"));
    }

    /** The seed of a trial's shuffles and dropout. */
    static long trainingSeed(Trial trial) {
        return trial.rng().child("training").seed();
    }

    static Loss loss(TargetEncoder target) {
        return target.task() == Task.CLASSIFICATION ? Loss.crossEntropy() : Loss.meanSquaredError();
    }
}
