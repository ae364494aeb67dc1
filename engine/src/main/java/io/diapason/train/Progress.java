package io.diapason.train;

import io.diapason.tensor.DType;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Stateful;
import io.diapason.train.Monitor.Measure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How far a training is, and what was the best so far: what a checkpoint holds beside module and optimiser. */
final class Progress {
    private static final String BEST = "best.";
    private static final String EPOCH = "epoch";
    private static final String STEP = "step";
    private static final String LOSS_SUM = "loss_sum";
    private static final String BEST_EPOCH = "best_epoch";
    private static final String BEST_MEASURE = "best_measure";
    private static final String PATIENCE_EPOCH = "patience_epoch";
    private static final String PATIENCE_MEASURE = "patience_measure";
    private static final String TRAINING_LOSS = "history.training_loss";
    private static final String VALIDATION = "history.validation";
    private static final String IS_BEST = "history.best";

    private List<Epoch> history = new ArrayList<>();
    private int step;
    private double lossSum;
    private int bestEpoch;
    private Measure best;
    private Map<String, HeapTensor> bestState = Map.of();
    private int patienceEpoch;
    private Measure patienceMeasure;

    Progress(Measure worst) {
        this.best = worst;
        this.patienceMeasure = worst;
    }

    /** Finished epochs. */
    int epoch() {
        return history.size();
    }

    List<Epoch> history() {
        return history;
    }

    /** Finished steps of the epoch that is under way. */
    int step() {
        return step;
    }

    int bestEpoch() {
        return bestEpoch;
    }

    Measure best() {
        return best;
    }

    /** The module in its best epoch; empty when that is how it is now. */
    Map<String, HeapTensor> bestState() {
        return bestState;
    }

    /** Epochs since one was better by as much as counts for patience. */
    int epochsWithoutProgress() {
        return epoch() - patienceEpoch;
    }

    void stepped(double loss) {
        step++;
        lossSum += loss;
    }

    /** The epoch is over; nothing is monitored, so it is the best. */
    Epoch finished() {
        bestEpoch = epoch() + 1;
        patienceEpoch = bestEpoch;
        return finished(Double.NaN, true);
    }

    /** The epoch is over and was measured. */
    Epoch finished(Monitor monitor, double minDelta, Measure measure, Map<String, HeapTensor> state) {
        int number = epoch() + 1;
        boolean improved = monitor.improves(measure, best);
        if (monitor.improvesBy(minDelta, measure, patienceMeasure)) {
            patienceEpoch = number;
            patienceMeasure = measure;
        }
        if (improved) {
            bestEpoch = number;
            best = measure;
            bestState = state;
        }
        return finished(measure.value(), improved);
    }

    private Epoch finished(double validation, boolean improved) {
        Epoch epoch = new Epoch(epoch() + 1, lossSum / step, validation, improved);
        history.add(epoch);
        step = 0;
        lossSum = 0;
        return epoch;
    }

    Map<String, HeapTensor> state() {
        Map<String, HeapTensor> state = new LinkedHashMap<>();
        state.put(EPOCH, HeapTensor.of((long) epoch()));
        state.put(STEP, HeapTensor.of((long) step));
        state.put(LOSS_SUM, HeapTensor.of(lossSum));
        state.put(BEST_EPOCH, HeapTensor.of((long) bestEpoch));
        state.put(BEST_MEASURE, measure(best));
        state.put(PATIENCE_EPOCH, HeapTensor.of((long) patienceEpoch));
        state.put(PATIENCE_MEASURE, measure(patienceMeasure));
        state.put(
                TRAINING_LOSS,
                Prefixed.doubles(
                        history.stream().mapToDouble(Epoch::trainingLoss).toArray()));
        state.put(
                VALIDATION,
                Prefixed.doubles(history.stream().mapToDouble(Epoch::validation).toArray()));
        byte[] isBest = new byte[epoch()];
        for (int i = 0; i < isBest.length; i++) {
            isBest[i] = (byte) (history.get(i).best() ? 1 : 0);
        }
        state.put(IS_BEST, HeapTensor.wrap(DType.BOOL, Shape.of(isBest.length), isBest));
        Prefixed.put(state, BEST, bestState);
        return state;
    }

    void restore(Map<String, HeapTensor> state) {
        double[] losses = (double[]) get(state, TRAINING_LOSS).values();
        double[] validations = (double[]) get(state, VALIDATION).values();
        byte[] isBest = (byte[]) get(state, IS_BEST).values();
        List<Epoch> epochs = new ArrayList<>();
        for (int i = 0; i < losses.length; i++) {
            epochs.add(new Epoch(i + 1, losses[i], validations[i], isBest[i] != 0));
        }
        history = epochs;
        step = Math.toIntExact(get(state, STEP).asLong());
        lossSum = get(state, LOSS_SUM).asDouble();
        bestEpoch = Math.toIntExact(get(state, BEST_EPOCH).asLong());
        best = measure(get(state, BEST_MEASURE));
        patienceEpoch = Math.toIntExact(get(state, PATIENCE_EPOCH).asLong());
        patienceMeasure = measure(get(state, PATIENCE_MEASURE));
        bestState = Stateful.under(BEST, state);
    }

    private static HeapTensor measure(Measure measure) {
        return Prefixed.doubles(measure.value(), measure.loss());
    }

    private static Measure measure(HeapTensor tensor) {
        double[] values = (double[]) tensor.values();
        return new Measure(values[0], values[1]);
    }

    private static HeapTensor get(Map<String, HeapTensor> state, String name) {
        HeapTensor tensor = state.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("checkpoint: there must be a tensor " + Checkpoint.TRAINER + name
                    + ", got none; a trainer writes one");
        }
        return tensor;
    }
}
