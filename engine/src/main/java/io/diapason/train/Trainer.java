package io.diapason.train;

import io.diapason.autograd.Autograd;
import io.diapason.loss.Loss;
import io.diapason.nn.Module;
import io.diapason.nn.Parameter;
import io.diapason.nn.Pass;
import io.diapason.op.Index;
import io.diapason.optim.Optimizer;
import io.diapason.random.Rng;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import io.diapason.train.Monitor.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Trains a module by batches, keeps the parameters of the best epoch, and stops when nothing gets better. */
public final class Trainer {
    private static final Measure UNMEASURED = new Measure(Double.NaN, Double.NaN);

    private final Module module;
    private final Loss loss;
    private final TrainConfig config;
    private final Rng rng;

    /**
     * A trainer for one module.
     *
     * @param module what to train; its parameters are changed in place
     * @param loss of a batch
     * @param config how
     */
    public Trainer(Module module, Loss loss, TrainConfig config) {
        this.module = module;
        this.loss = loss;
        this.config = config;
        this.rng = Rng.of(config.seed()).child("training");
    }

    /**
     * Trains. The result is a function of the parameters, the examples and the configuration: the same bits on any
     * thread.
     *
     * @param examples to learn from, at least one row
     * @param monitor what decides which epoch is best and when to stop, or null to run every epoch and keep the last
     * @param goOn called after each epoch; false ends the training there
     * @return what was done; the module holds the parameters of the best epoch
     * @throws TrainingDivergedException when the loss becomes infinite or NaN; the module then holds its last
     *     parameters
     * @throws CancellationException when the thread is interrupted; the module then holds its last parameters
     */
    public TrainingResult fit(Examples examples, @Nullable Monitor monitor, Predicate<Epoch> goOn) {
        if (examples.rows() == 0) {
            throw new IllegalArgumentException("training: there must be at least one row, got none");
        }
        List<Epoch> history = new ArrayList<>();
        int bestEpoch = 0;
        Measure best = monitor == null ? UNMEASURED : monitor.worst();
        List<float[]> bestParameters = List.of();
        try (Scope scope = Scope.open(examples.features().device())) {
            Optimizer optimizer = config.optimizer().over(scope, module.parameters());
            for (int number = 1; number <= config.epochs(); number++) {
                double trainingLoss = epoch(number, examples, optimizer);
                Measure measure = monitor == null ? UNMEASURED : measure(monitor);
                boolean improved = monitor == null || monitor.improves(measure, best);
                if (improved) {
                    bestEpoch = number;
                    best = measure;
                    if (monitor != null) {
                        bestParameters = snapshot();
                    }
                }
                Epoch epoch = new Epoch(number, trainingLoss, measure.value(), improved);
                history.add(epoch);
                boolean patienceIsOver = config.patience() > 0 && number - bestEpoch >= config.patience();
                if (!goOn.test(epoch) || patienceIsOver) {
                    break;
                }
            }
        }
        if (monitor != null && bestEpoch == 0) {
            throw new IllegalStateException("training: the validation value must be finite in at least one epoch, got "
                    + history.get(history.size() - 1).validation());
        }
        restore(bestParameters);
        return new TrainingResult(history, bestEpoch, best.value());
    }

    private double epoch(int number, Examples examples, Optimizer optimizer) {
        int rows = examples.rows();
        int batchSize = Math.min(rows, config.batchSize()); // at most the rows, so that no sum below overflows
        int steps = (rows - 1) / batchSize + 1;
        double sum = 0;
        try (Scope scope = Scope.open(examples.features().device())) {
            Tensor order =
                    scope.of(Shape.of(rows), rng.child("shuffle").child(number).permutation(rows));
            Rng masks = rng.child("dropout").child(number);
            for (int step = 0; step < steps; step++) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException("training: cancelled in epoch " + number);
                }
                int from = step * batchSize;
                Tensor batch = order.rows(from, from + Math.min(batchSize, rows - from));
                double loss = step(examples, batch, Pass.training(masks, step), optimizer);
                if (!Double.isFinite(loss)) {
                    throw new TrainingDivergedException(loss, number, step + 1);
                }
                sum += loss;
            }
        }
        return sum / steps;
    }

    /** One step, from batch to changed parameters; every temporary dies with its scope. */
    private double step(Examples examples, Tensor batch, Pass pass, Optimizer optimizer) {
        try (Scope scope = Scope.open(examples.features().device())) {
            Tensor x = Index.indexSelect(examples.features(), 0, batch);
            Tensor target = Index.indexSelect(examples.targets(), 0, batch);
            Tensor total = loss.of(module.forward(x, pass), target);
            Tensor penalty = config.penalty().of(module.parameters());
            if (penalty != null) {
                total = total.plus(penalty);
            }
            optimizer.step(total.backward());
            return total.item();
        }
    }

    private Measure measure(Monitor monitor) {
        try (Scope scope = Scope.open()) {
            return Autograd.noGrad(() -> monitor.measure().apply(module));
        }
    }

    private List<float[]> snapshot() {
        return module.parameters().stream()
                .map(parameter -> parameter.value().toFloatArray())
                .toList();
    }

    private void restore(List<float[]> values) {
        List<Parameter> parameters = module.parameters();
        for (int i = 0; i < values.size(); i++) {
            parameters.get(i).value().set(values.get(i));
        }
    }
}
