package io.diapason.train;

import io.diapason.loss.Loss;
import io.diapason.loss.Reduce;
import io.diapason.nn.Module;
import io.diapason.tensor.Scope;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Trains a module by batches, keeps the state of the best epoch, and stops when nothing gets better.
 *
 * <pre>{@code
 * Trainer trainer = new Trainer(module, Loss.crossEntropy(), TrainConfig.of(100, 64, new Adam(1e-3), 7).withPatience(10));
 * TrainingResult result = trainer.fit(training, Monitor.minimize(Loss.crossEntropy(), validation), TrainListener.none());
 * }</pre>
 *
 * <p>Steps after the first two are replayed natively where that gives the same bits: Java code of modules and losses
 * then runs in recorded steps alone. Code that reads numbers of tensors, that differs between the two recorded steps,
 * or that changes its own fields runs at every step, as it does from the step on at which its fields have changed. Of
 * code that is not the engine's the first step of each epoch is run and compared again, since it may read what no field
 * of it holds; a change of such things within an epoch is noticed at the next one. Write such a thing as a schedule, or
 * as an operation on a tensor. One line of the log says why a training is not replayed.
 *
 * <p>An epoch is then one native call, with the validation pass of a {@link Monitor} that says what it computes; a
 * listener that hears single steps gets one call a step. An interrupt ends the call between two steps.
 *
 * <p>The result is a function of the module's state, the examples and the configuration: the same bits on any thread,
 * and the same whether a training ran at once or was resumed from a {@link Checkpoint}.
 */
public final class Trainer {
    private final Module module;
    private final Loss loss;
    private final TrainConfig config;
    private final Checkpoints checkpoints;
    private final boolean eager;
    private final Consumer<String> log;

    /**
     * A trainer for one module.
     *
     * @param module what to train; its parameters are changed in place
     * @param loss of a batch
     * @param config how
     * @throws IllegalArgumentException when the loss is not one number a batch
     */
    public Trainer(Module module, Loss loss, TrainConfig config) {
        this(module, loss, config, Checkpoints.NONE, false, LoggerFactory.getLogger(Trainer.class)::info);
        if (loss.reduction() == Reduce.NONE) {
            throw new IllegalArgumentException("training: the loss must be one number a batch, got " + loss
                    + "; reduced(Reduce.MEAN) makes it one");
        }
    }

    private Trainer(
            Module module,
            Loss loss,
            TrainConfig config,
            Checkpoints checkpoints,
            boolean eager,
            Consumer<String> log) {
        this.module = module;
        this.loss = loss;
        this.config = config;
        this.checkpoints = checkpoints;
        this.eager = eager;
        this.log = log;
    }

    /** The same trainer, which replays no step: what replayed trainings are compared with. */
    Trainer eagerly() {
        return new Trainer(module, loss, config, checkpoints, true, log);
    }

    /** The same trainer, which tells somebody else why it does not replay. */
    Trainer telling(Consumer<String> other) {
        return new Trainer(module, loss, config, checkpoints, eager, other);
    }

    /**
     * The same trainer, which hands out checkpoints: after every so many epochs, and at the end whatever the reason,
     * but not when an exception ends the training.
     *
     * @param everyEpochs at least 1
     * @param store what keeps them, in the training's thread
     * @return the trainer
     * @throws IllegalArgumentException when the number is below 1
     */
    public Trainer withCheckpoints(int everyEpochs, Consumer<Checkpoint> store) {
        if (everyEpochs < 1) {
            throw new IllegalArgumentException(
                    "training: checkpoints must be at least 1 epoch apart, got " + everyEpochs);
        }
        return new Trainer(module, loss, config, new Checkpoints(store, everyEpochs), eager, log);
    }

    /**
     * Trains for every epoch.
     *
     * @param examples to learn from, at least one row
     * @return what was done
     * @throws TrainingDivergedException as {@link #fit(Examples, Monitor, TrainListener)}
     * @throws CancellationException as {@link #fit(Examples, Monitor, TrainListener)}
     */
    public TrainingResult fit(Examples examples) {
        return fit(examples, null, TrainListener.none());
    }

    /**
     * Trains.
     *
     * @param examples to learn from, at least one row
     * @param monitor what decides which epoch is best and when to stop, or null to run every epoch and keep the last
     * @param goOn called after each epoch; false ends the training there
     * @return what was done
     * @throws TrainingDivergedException as {@link #fit(Examples, Monitor, TrainListener)}
     * @throws CancellationException as {@link #fit(Examples, Monitor, TrainListener)}
     */
    public TrainingResult fit(Examples examples, @Nullable Monitor monitor, Predicate<Epoch> goOn) {
        return fit(examples, monitor, TrainListener.epochs(goOn));
    }

    /**
     * Trains.
     *
     * @param examples to learn from, at least one row
     * @param monitor what decides which epoch is best and when to stop, or null to run every epoch and keep the last
     * @param listener hears of steps, epochs and the end, and may end the training
     * @return what was done; the module holds the state of the best epoch, and without a monitor the last one
     * @throws TrainingDivergedException when the loss becomes infinite or NaN; the module then holds the parameters
     *     that gave it: the step was not made. Without a monitor also when a parameter is infinite or NaN at the end
     * @throws CancellationException when the thread is interrupted; the module then holds its last parameters
     * @throws IllegalArgumentException when there is no row
     * @throws IllegalStateException when there is a monitor and its value was never finite; the module then holds its
     *     last parameters
     */
    public TrainingResult fit(Examples examples, @Nullable Monitor monitor, TrainListener listener) {
        return run(null, examples, monitor, listener);
    }

    /**
     * Goes on with a training that was interrupted, or was finished with fewer epochs: to the same bits as if it had
     * been one. Module, loss and configuration must be as they were when it was begun, but for the number of epochs; so
     * must be the examples, and the monitor must measure the same.
     *
     * @param checkpoint of the training
     * @param examples it learns from
     * @param monitor what decides which epoch is best and when to stop, or null
     * @param listener hears of the steps and epochs that are left, and of the end
     * @return what was done, history from the first epoch
     * @throws IllegalArgumentException when the checkpoint is of another training; the message names the first
     *     difference, and the module is as it was
     * @throws TrainingDivergedException as {@link #fit(Examples, Monitor, TrainListener)}
     * @throws CancellationException as {@link #fit(Examples, Monitor, TrainListener)}
     */
    public TrainingResult resume(
            Checkpoint checkpoint, Examples examples, @Nullable Monitor monitor, TrainListener listener) {
        return run(checkpoint, examples, monitor, listener);
    }

    private TrainingResult run(
            @Nullable Checkpoint checkpoint, Examples examples, @Nullable Monitor monitor, TrainListener listener) {
        if (examples.rows() == 0) {
            throw new IllegalArgumentException("training: there must be at least one row, got none");
        }
        try (Scope scope = Scope.open(examples.features().device());
                Run run = new Run(scope, module, loss, config, examples, monitor, listener, checkpoints, eager, log)) {
            if (checkpoint != null) {
                run.restore(checkpoint);
            }
            return run.toTheEnd();
        }
    }
}
