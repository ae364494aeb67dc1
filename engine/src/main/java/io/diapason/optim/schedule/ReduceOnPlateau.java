package io.diapason.optim.schedule;

import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Stateful;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Shrinks the learning rate when a measured value has stopped improving. PyTorch's ReduceLROnPlateau over factors of
 * the configured rate; PyTorch also leaves out reductions smaller than 1e-8.
 *
 * <pre>{@code
 * ReduceOnPlateau plateau = new ReduceOnPlateau(Plateau.minimizing().withPatience(3));
 * …
 * optimizer.learningRateFactor(plateau.observe(validationLoss));   // once an epoch
 * }</pre>
 */
public final class ReduceOnPlateau implements Stateful {
    private final Plateau settings;
    private State state;

    /** What the future depends on. */
    private record State(double factor, double best, long failures, long cooldown) {}

    /**
     * A factor of 1, before any value.
     *
     * @param settings when to reduce, and by how much
     */
    public ReduceOnPlateau(Plateau settings) {
        this.settings = settings;
        this.state = new State(1, settings.worst(), 0, 0);
    }

    /**
     * The present factor of the learning rate.
     *
     * @return at most 1
     */
    public double factor() {
        return state.factor;
    }

    /**
     * Takes one more value into account.
     *
     * @param value measured now; NaN is not better than anything
     * @return the factor of the learning rate from now on
     */
    public double observe(double value) {
        boolean better = settings.better(value, state.best);
        boolean cooling = state.cooldown > 0;
        double best = better ? value : state.best;
        long failures = better || cooling ? 0 : state.failures + 1;
        if (failures > settings.patience()) {
            double reduced = Math.max(state.factor * settings.factor(), settings.minimum());
            state = new State(Math.min(reduced, state.factor), best, 0, settings.cooldown());
        } else {
            state = new State(state.factor, best, failures, cooling ? state.cooldown - 1 : 0);
        }
        return state.factor;
    }

    @Override
    public Map<String, HeapTensor> state() {
        Map<String, HeapTensor> map = new LinkedHashMap<>();
        map.put("factor", HeapTensor.of(state.factor));
        map.put("best", HeapTensor.of(state.best));
        map.put("failures", HeapTensor.of(state.failures));
        map.put("cooldown", HeapTensor.of(state.cooldown));
        return map;
    }

    @Override
    public void restore(Map<String, HeapTensor> saved) {
        Map<String, HeapTensor> wanted = state();
        if (!wanted.keySet().equals(saved.keySet())) {
            throw new IllegalArgumentException(
                    "plateau: a state must hold exactly " + wanted.keySet() + ", got " + saved.keySet());
        }
        State restored = new State(
                number(saved, "factor"), number(saved, "best"), count(saved, "failures"), count(saved, "cooldown"));
        if (!(restored.factor >= 0 && restored.factor <= 1)) {
            throw new IllegalArgumentException(
                    "plateau: factor of a state must be from 0 to 1, got " + restored.factor);
        }
        state = restored;
    }

    private static double number(Map<String, HeapTensor> saved, String name) {
        HeapTensor tensor = saved.get(name);
        if (tensor == null || !(tensor.values() instanceof double[] values) || values.length != 1) {
            throw new IllegalArgumentException("plateau: " + name + " of a state must be one float64, got " + tensor);
        }
        return values[0];
    }

    private static long count(Map<String, HeapTensor> saved, String name) {
        HeapTensor tensor = saved.get(name);
        if (tensor == null || !(tensor.values() instanceof long[] values) || values.length != 1) {
            throw new IllegalArgumentException("plateau: " + name + " of a state must be one int64, got " + tensor);
        }
        if (values[0] < 0) {
            throw new IllegalArgumentException("plateau: " + name + " of a state must be at least 0, got " + values[0]);
        }
        return values[0];
    }
}
