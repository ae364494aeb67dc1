package io.diapason.optim;

import io.diapason.nn.Buffer;
import io.diapason.nn.Module;
import io.diapason.nn.Parameter;
import io.diapason.op.Arithmetic;
import io.diapason.op.Update;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Stateful;
import io.diapason.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongToDoubleFunction;
import java.util.function.Supplier;

/**
 * The average of a module's parameters over training, which often predicts better than the last ones: {@code average +=
 * weight · (parameter − average)} at each update. The first update copies. Buffers are copied at each update, not
 * averaged. PyTorch's {@code AveragedModel}, with {@code use_buffers=False}.
 *
 * <pre>{@code
 * WeightAverage average = WeightAverage.exponential(scope, module, 0.999);
 * …                                       // after each step
 * average.update();
 * …                                       // to look at it
 * double loss = average.during(() -> lossOf(validation));
 * average.copyTo(module);                 // to keep it
 * }</pre>
 *
 * <p>Statistics of batch normalisation are those of the last update; of averaged weights they are better computed anew,
 * by some forward passes in training mode.
 */
public final class WeightAverage implements Stateful {
    private static final String OP = "average";
    private static final String UPDATES = "updates";
    private static final String PREFIX = "average.";

    private final Module module;
    private final LongToDoubleFunction weight; // of the newest parameters, after n updates
    private final Map<String, Tensor> averages = new LinkedHashMap<>();
    private final Map<String, Tensor> buffers = new LinkedHashMap<>();
    private long updates;
    private boolean swapped;

    private WeightAverage(Scope scope, Module module, LongToDoubleFunction weight) {
        this.module = module;
        this.weight = weight;
        for (Parameter parameter : module.parameters()) {
            averages.put(parameter.name(), copy(scope, parameter.value()));
        }
        for (Buffer buffer : module.buffers()) {
            buffers.put(buffer.name(), copy(scope, buffer.value()));
        }
    }

    private static Tensor copy(Scope scope, Tensor value) {
        Tensor copy = scope.empty(value.dtype(), value.shape());
        copy.assign(value);
        return copy;
    }

    /**
     * An exponential moving average: {@code average = decay · average + (1 − decay) · parameter}. Source: Polyak and
     * Juditsky 1992, SIAM J. Control Optim. 30, in its exponential form.
     *
     * @param scope owns the averages
     * @param module whose parameters are averaged
     * @param decay from 0 to 1; 0.999 remembers about a thousand updates
     * @return the average, of the present parameters
     * @throws IllegalArgumentException when the decay is out of its range
     */
    public static WeightAverage exponential(Scope scope, Module module, double decay) {
        Ranges.upToOne(OP, "decay", decay);
        return new WeightAverage(scope, module, updates -> 1 - decay);
    }

    /**
     * The mean over all updates: stochastic weight averaging. Source: Izmailov et al. 2018, UAI, algorithm 1.
     *
     * @param scope owns the averages
     * @param module whose parameters are averaged
     * @return the average, of the present parameters
     */
    public static WeightAverage equal(Scope scope, Module module) {
        return new WeightAverage(scope, module, updates -> 1.0 / (updates + 1));
    }

    /**
     * How often the average was updated.
     *
     * @return at least 0
     */
    public long updates() {
        return updates;
    }

    /**
     * Takes the module's present parameters into the average, and copies its buffers.
     *
     * @throws IllegalStateException inside {@link #during}
     */
    public void update() {
        requireOut("update");
        for (Parameter parameter : module.parameters()) {
            Tensor average = get(averages, parameter.name());
            if (updates == 0) {
                average.assign(parameter.value());
            } else {
                approach(average, parameter.value(), weight.applyAsDouble(updates));
            }
        }
        for (Buffer buffer : module.buffers()) {
            get(buffers, buffer.name()).assign(buffer.value());
        }
        updates++;
    }

    private static void approach(Tensor average, Tensor value, double weight) {
        try (Scope temporaries = Scope.open(average.device())) {
            Tensor difference = Arithmetic.subtract(value.detach(), average);
            Update.scale(weight, difference);
            Update.add(difference, average);
        }
    }

    /**
     * Runs code while the module holds the averages, and gives it its own parameters and buffers back afterwards, also
     * when the code throws.
     *
     * @param <T> what the code returns
     * @param code what to run, such as an evaluation
     * @return its result
     * @throws IllegalStateException inside another call
     */
    public <T> T during(Supplier<T> code) {
        requireOut("during");
        swap();
        swapped = true;
        try {
            return code.get();
        } finally {
            swap();
            swapped = false;
        }
    }

    private void swap() {
        module.parameters().forEach(parameter -> swap(parameter.value(), get(averages, parameter.name())));
        module.buffers().forEach(buffer -> swap(buffer.value(), get(buffers, buffer.name())));
    }

    private static void swap(Tensor a, Tensor b) {
        try (Scope temporaries = Scope.open(a.device())) {
            Tensor before = copy(temporaries, a);
            a.assign(b);
            b.assign(before);
        }
    }

    /**
     * Overwrites a module's parameters and buffers with the averages.
     *
     * @param target the averaged module itself, or another of the same make
     * @throws IllegalArgumentException when names, types or shapes differ; nothing is changed then
     * @throws IllegalStateException inside {@link #during}
     */
    public void copyTo(Module target) {
        requireOut("copyTo");
        target.restore(values(""));
    }

    @Override
    public Map<String, HeapTensor> state() {
        requireOut("state");
        Map<String, HeapTensor> state = values(PREFIX);
        state.put(UPDATES, HeapTensor.of(updates));
        return state;
    }

    private Map<String, HeapTensor> values(String prefix) {
        Map<String, HeapTensor> values = new LinkedHashMap<>();
        averages.forEach((name, average) -> values.put(prefix + name, HeapTensor.copyOf(average)));
        buffers.forEach((name, buffer) -> values.put(prefix + name, HeapTensor.copyOf(buffer)));
        return values;
    }

    @Override
    public void restore(Map<String, HeapTensor> state) {
        requireOut("restore");
        States.requireLike(OP, state(), state);
        updates = States.count(OP, state, UPDATES);
        averages.forEach((name, average) -> States.get(state, PREFIX + name).copyTo(average));
        buffers.forEach((name, buffer) -> States.get(state, PREFIX + name).copyTo(buffer));
    }

    private void requireOut(String method) {
        if (swapped) {
            throw new IllegalStateException(
                    "average: " + method + " must not be called while during() runs, got such a call");
        }
    }

    private static Tensor get(Map<String, Tensor> tensors, String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalStateException("average: the module must keep its parts, got a new one, " + name);
        }
        return tensor;
    }
}
