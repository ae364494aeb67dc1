package io.diapason.program;

import io.diapason.autograd.Gradients;
import io.diapason.backend.Backend;
import io.diapason.backend.CallListener;
import io.diapason.nativelib.generated.Kernels;
import io.diapason.program.Argument.Place;
import io.diapason.program.Argument.Real;
import io.diapason.program.Argument.Whole;
import io.diapason.program.Argument.Word;
import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Device;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Storage;
import io.diapason.tensor.Tensor;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hears a step that runs as ever, and takes down what it does. */
public final class Recorder implements CallListener {
    /** Bytes of a result. */
    static final int RESULT = 8;

    private final Device device;
    private final List<KernelCall> calls = new ArrayList<>();
    private final Set<Storage> made = new LinkedHashSet<>();
    private final Map<Storage, HeapTensor> constants = new LinkedHashMap<>();
    private final Storage results;
    private final List<DType> resultTypes = new ArrayList<>();
    private final Map<Tensor, Place> gradients = new LinkedHashMap<>();
    private String name = ""; // of the call that is being told
    private int opcode;
    private List<Argument> arguments = new ArrayList<>();
    private int updateFrom = -1;
    private boolean reading;
    private @Nullable String refusal;

    private Recorder(Device device) {
        this.device = device;
        this.results = new StandIn(device, 0);
    }

    /**
     * Records a step.
     *
     * @param device it computes on
     * @param number of the step within its epoch
     * @param draws what each of the step's passes draws from
     * @param step runs in this thread, and is given what it tells of results and gradients
     * @return what it did
     */
    public static Recording record(Device device, long number, List<Rng> draws, Consumer<Recorder> step) {
        Recorder recorder = new Recorder(device);
        Backend.listening(device, recorder, () -> step.accept(recorder));
        return recorder.finished(number, draws);
    }

    /**
     * Records a pass that changes no parameter, such as one over validation examples.
     *
     * @param device it computes on
     * @param number of its batch
     * @param pass runs in this thread
     * @return what it did
     */
    public static Recording recordPass(Device device, long number, Runnable pass) {
        Recorder recorder = new Recorder(device);
        Backend.listening(device, recorder, pass);
        recorder.updateFrom = recorder.calls.size();
        return recorder.finished(number, List.of());
    }

    private Recording finished(long number, List<Rng> draws) {
        if (updateFrom < 0) {
            refuse("the optimiser must evaluate the loss");
        }
        if (made.stream().anyMatch(Storage::isOpen)) {
            refuse("a tensor that a step made was kept after it");
        }
        return new Recording(
                number, draws, calls, updateFrom, made, constants, results, resultTypes, gradients, refusal);
    }

    // ---- what the step tells

    /**
     * Reads a number that every replayed step will give.
     *
     * @param scalar float32 or float64
     * @return its value
     */
    public double result(Tensor scalar) {
        long bytes = scalar.dtype().bytes();
        Place to = new Place(results, (long) RESULT * resultTypes.size());
        calls.add(new KernelCall("result", Kernels.DP_OP_COPY, List.of(new Word(bytes), place(scalar), to)));
        resultTypes.add(scalar.dtype());
        reading = true;
        try {
            return scalar.item();
        } finally {
            reading = false;
        }
    }

    /**
     * Reads a number that every replayed step will give, and that ends the replay when it is infinite or NaN.
     *
     * @param scalar float32 or float64
     * @return its value
     */
    public double finiteResult(Tensor scalar) {
        double value = result(scalar);
        long code = scalar.dtype() == DType.FLOAT32 ? Kernels.DP_FLOAT32 : Kernels.DP_FLOAT64;
        calls.add(new KernelCall(
                "finite", Kernels.DP_OP_CHECK_FINITE, List.of(new Word(code), new Word(1), place(scalar))));
        return value;
    }

    /**
     * Loss and gradients are there, and what follows is the optimiser's.
     *
     * @param found the gradients
     * @param leaves what the optimiser may change
     */
    public void evaluated(Gradients found, Collection<Tensor> leaves) {
        if (updateFrom >= 0) {
            refuse("the optimiser evaluates the loss several times a step");
        }
        updateFrom = calls.size();
        for (Tensor leaf : leaves) {
            Tensor gradient = found.of(leaf);
            if (gradient != null) {
                gradients.put(leaf, place(gradient));
            }
        }
    }

    /**
     * What a pass draws from, so that it is noticed when code looks at the numbers: it may decide by them what to do.
     * Kernels, which only take its seed and stream, are replayed.
     *
     * @param masks of the epoch
     * @return the same, with an ear
     */
    public Rng listeningTo(Rng masks) {
        return masks.toldTo(() -> refuse("random numbers of the pass are looked at while it runs"));
    }

    private static Place place(Tensor tensor) {
        return new Place(
                tensor.storage(), tensor.layout().offset() * tensor.dtype().bytes());
    }

    // ---- what is heard

    @Override
    public Storage allocate(Backend backend, long bytes) {
        Storage storage = backend.allocate(bytes);
        made.add(storage);
        return storage;
    }

    @Override
    public boolean executes() {
        return true;
    }

    @Override
    public void begins(String kernel, int code) {
        name = kernel;
        opcode = code;
        arguments = new ArrayList<>();
    }

    @Override
    public void word(long value) {
        arguments.add(new Word(value));
    }

    @Override
    public void real(double value) {
        arguments.add(new Real(value));
    }

    @Override
    public void whole(long value) {
        arguments.add(new Whole(value));
    }

    @Override
    public void place(@Nullable Storage storage, long offset) {
        arguments.add(new Place(storage, offset));
    }

    @Override
    public void ends() {
        calls.add(new KernelCall(name, opcode, List.copyOf(arguments)));
    }

    @Override
    public void written(Object values, Tensor y) {
        int length = Array.getLength(values);
        long bytes = (long) length * y.dtype().bytes();
        StandIn constant = new StandIn(device, bytes);
        constants.put(constant, HeapTensor.wrap(y.dtype(), Shape.of(length), copy(values, length)));
        calls.add(new KernelCall(
                "constant", Kernels.DP_OP_COPY, List.<Argument>of(new Word(bytes), new Place(constant, 0), place(y))));
    }

    private static Object copy(Object values, int length) {
        Object copy = Array.newInstance(values.getClass().getComponentType(), length);
        System.arraycopy(values, 0, copy, 0, length);
        return copy;
    }

    @Override
    public void read(Tensor x) {
        if (!reading) {
            refuse(
                    updateFrom < 0
                            ? "the numbers of a tensor of shape " + x.shape() + " are read while it runs"
                            : "the optimiser reads the numbers of a tensor of shape " + x.shape() + ", as L-BFGS does");
        }
    }

    @Override
    public void unheard(String what) {
        refuse(what + " while it runs");
    }

    /** Keeps the first reason. */
    private void refuse(String reason) {
        if (refusal == null) {
            refusal = reason;
        }
    }
}
