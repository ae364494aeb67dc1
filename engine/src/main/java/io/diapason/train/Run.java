package io.diapason.train;

import io.diapason.autograd.Autograd;
import io.diapason.backend.NativeRun;
import io.diapason.loss.Loss;
import io.diapason.nn.Module;
import io.diapason.nn.Parameter;
import io.diapason.optim.Optimizer;
import io.diapason.random.Rng;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Stateful;
import io.diapason.train.Monitor.Measure;
import io.diapason.train.TrainingResult.End;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One training, from where it begins or from a checkpoint to its end. */
final class Run implements AutoCloseable {
    private static final Measure UNMEASURED = new Measure(Double.NaN, Double.NaN);

    private final Module module;
    private final List<Parameter> parameters;
    private final TrainConfig config;
    private final Examples examples;
    private final @Nullable Monitor monitor;
    private final TrainListener listener;
    private final Checkpoints checkpoints;
    private final Supplier<Settings> settings;
    private final Rng rng;
    private final Optimizer optimizer;
    private final Rates rates;
    private final Averages averages;
    private final Stepper stepper;
    private final Replays replays;
    private final @Nullable Validation validation;
    private final Progress progress;

    /** The scope owns the optimiser's state. */
    Run(
            Scope scope,
            Module module,
            Loss loss,
            TrainConfig config,
            Examples examples,
            @Nullable Monitor monitor,
            TrainListener listener,
            Checkpoints checkpoints,
            boolean eager,
            Consumer<String> log) {
        if (monitor != null && config.plateau() != null && config.plateau().maximize() != monitor.maximize()) {
            throw new IllegalArgumentException("training: the plateau must "
                    + (monitor.maximize() ? "maximize" : "minimize") + " as the monitor does, got the opposite");
        }
        this.module = module;
        this.parameters = module.parameters();
        this.config = config;
        this.examples = examples;
        this.monitor = monitor;
        this.listener = listener;
        this.checkpoints = checkpoints;
        this.settings = Settings.once(() -> Settings.of(parameters, loss, config, examples, monitor));
        this.rng = Rng.of(config.seed()).child("training");
        Batches batches = new Batches(scope, examples, config.batching(), rng);
        int accumulation = config.batching().accumulation();
        this.optimizer = config.optimizer().over(scope, parameters);
        this.rates = new Rates(config.schedule(), config.plateau());
        this.averages = new Averages(config.averaging(), scope, module);
        this.stepper = new Stepper(
                new Evaluator(module, parameters, loss, config.penalty()),
                optimizer,
                config.optimizer().trained(parameters),
                config,
                batches,
                accumulation == 1 ? null : new Shares(scope, batches, loss, accumulation));
        this.replays = replays(scope, loss, log);
        this.validation = monitor != null && monitor.measure() instanceof Measurement measurement
                ? new Validation(scope, module, measurement, eager, log)
                : null;
        if (eager) {
            replays.decline();
        }
        this.progress = new Progress(monitor == null ? UNMEASURED : monitor.worst());
    }

    private Replays replays(Scope scope, Loss loss, Consumer<String> log) {
        int steps = stepper.stepsPerEpoch();
        List<Replay> bySize = new ArrayList<>();
        for (int[] range : new int[][] {{0, stepper.fullSteps()}, {stepper.fullSteps(), steps}}) {
            bySize.add(new Replay(
                    scope,
                    parameters,
                    optimizer,
                    averages,
                    stepper,
                    range[0],
                    range[1],
                    config,
                    log,
                    module,
                    loss,
                    config.penalty()));
        }
        return new Replays(scope.device(), bySize, steps);
    }

    // ---- checkpoints

    /** Goes back to a checkpoint, or refuses it before the module was changed. */
    void restore(Checkpoint checkpoint) {
        Map<String, HeapTensor> tensors = checkpoint.tensors();
        settings.get().requireSameAs(Settings.parse(checkpoint.settings()));
        progress.restore(Stateful.under(Checkpoint.TRAINER, tensors));
        optimizer.restore(Stateful.under(Checkpoint.OPTIMIZER, tensors));
        rates.restore(Stateful.under(Checkpoint.PLATEAU, tensors));
        averages.restore(Stateful.under(Checkpoint.AVERAGE, tensors));
        module.restore(checkpoint.module());
    }

    private void keepCheckpoint() {
        Map<String, HeapTensor> tensors = new LinkedHashMap<>();
        Prefixed.put(tensors, Checkpoint.MODULE, module.state());
        Prefixed.put(tensors, Checkpoint.OPTIMIZER, optimizer.state());
        Prefixed.put(tensors, Checkpoint.PLATEAU, rates.state());
        Prefixed.put(tensors, Checkpoint.AVERAGE, averages.state());
        Prefixed.put(tensors, Checkpoint.TRAINER, progress.state());
        tensors.put(Checkpoint.SETTINGS, Prefixed.text(settings.get().text()));
        checkpoints.keep(new Checkpoint(tensors));
    }

    // ---- epochs

    TrainingResult toTheEnd() {
        End end = end();
        while (end == null) {
            end = epoch();
            if (end == null && checkpoints.isDue(progress.epoch())) {
                keepCheckpoint();
            }
        }
        if (checkpoints.areKept()) {
            keepCheckpoint();
        }
        TrainingResult result = result(end);
        listener.onEnd(result);
        return result;
    }

    /** Why there is no further epoch, or null. */
    private @Nullable End end() {
        if (config.stopping().isDue(progress.epochsWithoutProgress())) {
            return End.PATIENCE;
        }
        return progress.epoch() >= config.epochs() ? End.EPOCHS : null;
    }

    /** What is left of an epoch: its steps and its measure. */
    private @Nullable End epoch() {
        if (!steps(progress.epoch() + 1)) {
            return End.LISTENER;
        }
        Epoch epoch = measured();
        rates.observe(monitor == null ? epoch.trainingLoss() : epoch.validation());
        return listener.onEpoch(epoch) ? end() : End.LISTENER;
    }

    private boolean steps(int epoch) {
        Rng masks = rng.child("dropout").child(epoch);
        stepper.begin(epoch);
        averages.begin(epoch);
        while (progress.step() < stepper.stepsPerEpoch()) {
            Replay replay = replays.of(progress.step());
            if (!(replay.isReady(progress.step()) ? replayed(epoch, masks) : single(replay, epoch, masks))) {
                return false;
            }
            if (replay.isDeclined()) { // what one batch showed holds for those of other sizes
                replays.decline();
            }
        }
        return true;
    }

    private boolean single(Replay replay, int epoch, Rng masks) {
        int number = progress.step();
        double factor = applyRates(epoch, number);
        Stepper.Made made = replay.make(number, masks, readings -> {
            Stepper.Made step = stepper.step(epoch, number, masks, readings);
            averages.afterStep();
            return step;
        });
        return finished(epoch, made.loss(), made.gradientNorm(), factor);
    }

    private boolean replayed(int epoch, Rng masks) {
        Stepper.requireGoingOn(epoch);
        NativeRun.End end = replays.replay(
                progress.step(),
                !(listener instanceof EpochListener),
                masks,
                number -> applyRates(epoch, number),
                averages.areNone() ? validation : null);
        for (Replay part : replays.parts()) {
            for (int i = 0; i < part.made(); i++) {
                double loss = part.loss(i);
                Stepper.requireFinite(loss, epoch, progress.step());
                if (!finished(epoch, loss, part.gradientNorm(i), part.factor(i))) {
                    return false;
                }
            }
        }
        if (end == NativeRun.End.CANCELLED) {
            throw new CancellationException("training: cancelled in epoch " + epoch);
        }
        if (end == NativeRun.End.INDEX_OUT_OF_RANGE && progress.step() < stepper.stepsPerEpoch()) {
            stepper.step(epoch, progress.step(), masks, Readings.DIRECT); // which names the index
            throw new IllegalStateException(
                    "training: a replayed step must do what a single one does, got a wrong index in step "
                            + (progress.step() + 1) + " of epoch " + epoch + " that a single step did not meet");
        }
        return true;
    }

    private double applyRates(int epoch, int number) {
        return rates.apply(optimizer, (epoch - 1L) * stepper.stepsPerEpoch() + number);
    }

    private boolean finished(int epoch, double loss, double gradientNorm, double factor) {
        progress.stepped(loss);
        return listener instanceof EpochListener
                || listener.onStep(new Step(epoch, progress.step(), loss, gradientNorm, factor));
    }

    private Epoch measured() {
        averages.afterEpoch();
        return monitor == null ? progress.finished() : averages.during(() -> measured(monitor));
    }

    private Epoch measured(Monitor by) {
        Measure measure;
        try (Scope scope = Scope.open(examples.features().device())) {
            measure = Autograd.noGrad(
                    () -> validation == null ? by.measure().apply(module) : validation.measure(progress.epoch() + 1));
        }
        Map<String, HeapTensor> state = by.improves(measure, progress.best()) ? module.state() : Map.of();
        return progress.finished(by, config.stopping().minDelta(), measure, state);
    }

    // ---- the end

    private TrainingResult result(End end) {
        if (monitor != null && progress.bestEpoch() == 0 && progress.epoch() > 0) {
            throw new IllegalStateException("training: the validation value must be finite in at least one epoch, got "
                    + progress.history().get(progress.epoch() - 1).validation());
        }
        if (!progress.bestState().isEmpty()) {
            module.restore(progress.bestState());
        } else if (monitor == null) {
            averages.keep();
            requireFiniteParameters();
        }
        boolean measured = monitor != null && progress.bestEpoch() > 0;
        return new TrainingResult(
                progress.history(),
                progress.bestEpoch(),
                measured ? progress.best().value() : Double.NaN,
                end);
    }

    /** The last step was made from a finite loss, but nothing has looked at what came of it. */
    private void requireFiniteParameters() {
        try (Scope scope = Scope.open(examples.features().device())) {
            for (Parameter parameter : parameters) {
                // 0 · x is 0, but NaN of NaN and of infinities.
                if (parameter.value().detach().times(0).sum().item() != 0) {
                    throw new TrainingDivergedException(parameter.name(), progress.epoch());
                }
            }
        }
    }

    @Override
    public void close() {
        replays.close();
        if (validation != null) {
            validation.close();
        }
    }
}
