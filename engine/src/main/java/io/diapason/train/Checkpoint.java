package io.diapason.train;

import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Stateful;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A training at one moment: everything that its future depends on, so that {@link Trainer#resume} goes on bit for bit
 * as if it had never been interrupted. Random numbers need no place in it: they are functions of seed, epoch and step.
 *
 * <pre>
 * module.NAME       parameters and buffers
 * optimizer.NAME    moments, counts of steps, factors of schedules
 * plateau.NAME      of a schedule that watches the monitored value
 * average.NAME      averaged weights
 * trainer.NAME      epoch, step, history, the best value and the state that gave it (trainer.best.NAME), the settings
 * </pre>
 *
 * @param tensors by name; parts that a training does not have are absent
 */
public record Checkpoint(Map<String, HeapTensor> tensors) {
    static final String MODULE = "module.";
    static final String OPTIMIZER = "optimizer.";
    static final String PLATEAU = "plateau.";
    static final String AVERAGE = "average.";
    static final String TRAINER = "trainer.";
    static final String BEST = TRAINER + "best.";
    static final String EPOCH = TRAINER + "epoch";
    static final String SETTINGS = TRAINER + "settings";

    /**
     * A checkpoint of some tensors.
     *
     * @param tensors by name; copied, but for their numbers
     * @throws IllegalArgumentException when they are no checkpoint
     */
    public Checkpoint {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        if (!tensors.containsKey(EPOCH) || !tensors.containsKey(SETTINGS)) {
            throw new IllegalArgumentException("checkpoint: there must be tensors " + EPOCH + " and " + SETTINGS
                    + ", got " + tensors.size() + " others; a trainer writes them");
        }
    }

    /**
     * How many epochs were finished.
     *
     * @return at least 0
     */
    public int epoch() {
        return Math.toIntExact(tensor(EPOCH).asLong());
    }

    /**
     * The state of the module, as training left it.
     *
     * @return what {@link io.diapason.nn.Module#restore} takes
     */
    public Map<String, HeapTensor> module() {
        return Stateful.under(MODULE, tensors);
    }

    /**
     * The state of the module in the best epoch so far.
     *
     * @return what {@link io.diapason.nn.Module#restore} takes; {@link #module()} when nothing is monitored
     */
    public Map<String, HeapTensor> best() {
        Map<String, HeapTensor> best = Stateful.under(BEST, tensors);
        return best.isEmpty() ? module() : best;
    }

    String settings() {
        return Prefixed.text(tensor(SETTINGS));
    }

    private HeapTensor tensor(String name) {
        HeapTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalStateException("checkpoint: there must be a tensor " + name);
        }
        return tensor;
    }
}
