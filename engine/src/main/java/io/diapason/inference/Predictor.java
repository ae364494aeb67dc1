package io.diapason.inference;

import io.diapason.autograd.Autograd;
import io.diapason.backend.Backend;
import io.diapason.backend.Exchange;
import io.diapason.backend.NativeRun;
import io.diapason.nn.Module;
import io.diapason.nn.Parameter;
import io.diapason.nn.Pass;
import io.diapason.program.JavaState;
import io.diapason.program.NotReplayableException;
import io.diapason.program.Program;
import io.diapason.program.Recorder;
import io.diapason.program.Recording;
import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Device;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A module's forward pass over batches of one shape, for serving: recorded when this is made, and replayed in one
 * native call that leaves no garbage. The bits are those of {@code module.forward(x, Pass.inference())}.
 *
 * <pre>{@code
 * try (Predictor predictor = new Predictor(module, Shape.of(1, 32))) {
 *     float[] logits = new float[10];
 *     predictor.predict(features, logits);
 * }
 * }</pre>
 *
 * <p>Parameters are read where they lie, so a training that goes on shows. For one thread at a time: make one for each
 * thread, over the same module. A module whose pass cannot be replayed (it looks at numbers of tensors, or changes its
 * own fields) runs as ever, which one line of the log tells; so it does from the call on before which a field of its
 * code has changed.
 */
public final class Predictor implements AutoCloseable {
    private static final Rng DRAWS = Rng.of(0); // inference draws nothing

    private final Module module;
    private final Scope scope;
    private final Tensor input;
    private final Tensor output;
    private final Exchange features;
    private final Exchange predictions;
    private final NativeRun run;
    private final JavaState state;
    private @Nullable Program program;
    private boolean closed;

    /**
     * Records the module's pass.
     *
     * @param module what predicts; stays its owner's
     * @param batch shape of its input, float32, such as {@code [rows, in]}
     * @throws IllegalArgumentException when the module gives something else than float32
     * @throws io.diapason.tensor.ShapeException when the module takes no such batch
     */
    public Predictor(Module module, Shape batch) {
        this.module = module;
        this.scope = Scope.detached(device(module));
        this.run = Backend.of(scope.device()).run();
        try {
            this.input = scope.zeros(DType.FLOAT32, batch);
            this.output = outputs();
            Backend backend = Backend.of(scope.device());
            this.features = backend.exchange(input);
            this.predictions = backend.exchange(output);
            this.state = JavaState.of(module);
            record();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private static Device device(Module module) {
        List<Parameter> parameters = module.parameters();
        return parameters.isEmpty() ? Device.CPU : parameters.get(0).value().device();
    }

    /** Memory of what the module gives. */
    private Tensor outputs() {
        try (Scope temporaries = Scope.open(scope.device())) {
            Tensor given = forward();
            if (given.dtype() != DType.FLOAT32) {
                throw new IllegalArgumentException(
                        "predictor: the module must give float32, got " + given.dtype() + " " + given.shape());
            }
            return scope.empty(DType.FLOAT32, given.shape());
        }
    }

    private Tensor forward() {
        return Autograd.noGrad(() -> module.forward(input, Pass.inference()));
    }

    private void pass() {
        try (Scope temporaries = Scope.open(scope.device())) {
            output.assign(forward());
        }
    }

    // ---- recording

    private void record() {
        try {
            Recording first = recording();
            try (Scope temporaries = Scope.open(scope.device())) {
                input.assign(input.plus(1)); // another batch
            }
            Recording second = recording();
            if (state.change() != null || state.generator() != null) {
                throw new NotReplayableException(
                        state.change() != null
                                ? state.change() + " changed in a pass"
                                : state.generator() + ", may change");
            }
            program = Program.of(scope, first, second, Set.of(), 1, false);
        } catch (NotReplayableException e) {
            runAsEver(e.getMessage());
        }
    }

    private Recording recording() throws NotReplayableException {
        Recording recording = Recorder.recordPass(scope.device(), 0, this::pass);
        if (recording.refusal() != null) {
            throw new NotReplayableException(recording.refusal());
        }
        return recording;
    }

    private void runAsEver(@Nullable String reason) {
        LoggerFactory.getLogger(Predictor.class)
                .info("predictor: passes are not replayed but run as ever, because {}", reason);
        closeProgram();
    }

    // ---- predicting

    /**
     * What the module gives for a batch.
     *
     * @return the shape, such as {@code [rows, out]}
     */
    public Shape shape() {
        return output.shape();
    }

    /**
     * Predicts for one batch.
     *
     * @param batch its numbers, row by row
     * @param into filled with the predictions, row by row
     * @throws IllegalArgumentException when an array has more or fewer elements than its shape
     * @throws IndexOutOfBoundsException when an embedding meets an index that is none of its rows
     * @throws CancellationException when the thread is interrupted during a long pass
     * @throws IllegalStateException when the module's memory was freed
     */
    public void predict(float[] batch, float[] into) {
        features.put(batch);
        if (program != null && state.change() != null) {
            runAsEver(state.change() + " changed");
        }
        if (program == null || replay(program) == NativeRun.End.INDEX_OUT_OF_RANGE) { // which a pass as ever names
            pass();
        }
        predictions.get(into);
    }

    private NativeRun.End replay(Program recorded) {
        recorded.begin(1);
        try {
            recorded.add(DRAWS, 0, gradients -> {});
        } catch (NotReplayableException e) {
            throw new IllegalStateException("predictor: " + e.getMessage(), e);
        }
        run.clear();
        recorded.addTo(run, 0);
        NativeRun.End end = run.run();
        if (end == NativeRun.End.CANCELLED) {
            throw new CancellationException("predictor: cancelled by an interrupt of its thread");
        }
        return end;
    }

    private void closeProgram() {
        if (program != null) {
            program.close();
            program = null;
        }
    }

    /** Frees its memory; the module stays. A second call does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            closeProgram();
            run.close();
            scope.close();
        }
    }
}
