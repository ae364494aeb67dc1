package io.diapason.train;

import io.diapason.backend.Backend;
import io.diapason.backend.NativeRun;
import io.diapason.nn.Module;
import io.diapason.program.JavaState;
import io.diapason.program.NotReplayableException;
import io.diapason.program.Program;
import io.diapason.program.Recorder;
import io.diapason.program.Recording;
import io.diapason.random.Rng;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Storage;
import io.diapason.tensor.Tensor;
import io.diapason.train.Monitor.Measure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A training's validation passes. The first runs as ever, and tells what numbers come of it; in the next two the first
 * and the last batch of each size are recorded; when they are alike, later passes are replayed natively, in the call of
 * the epoch's steps or in one of their own. Otherwise every pass runs as ever, to the same bits.
 */
final class Validation implements AutoCloseable {
    private static final Rng DRAWS = Rng.of(0); // of passes that draw nothing

    private final Scope scope;
    private final Module module;
    private final Measurement measurement;
    private final NativeRun run;
    private final List<Size> sizes;
    private final Object[] code; // what runs in a batch and may be a user's
    private final Consumer<String> log;
    private @Nullable Tensor numbers; // of all batches
    private @Nullable JavaState state; // as it was when the last batch was recorded
    private boolean declined;
    private boolean made; // the pass after the epoch's steps

    /** Batches of as many rows, in [from, to). */
    private static final class Size {
        private final int from;
        private final int to;
        private final List<Recording> recordings = new ArrayList<>();
        private @Nullable Program program;

        Size(int from, int to) {
            this.from = from;
            this.to = to;
        }

        /** Which batch is recorded next. */
        int next() {
            return recordings.isEmpty() ? from : to - 1;
        }
    }

    /** The scope owns its memory. */
    Validation(Scope scope, Module module, Measurement measurement, boolean eager, Consumer<String> log) {
        this.scope = scope;
        this.module = module;
        this.measurement = measurement;
        this.declined = eager;
        this.log = log;
        List<Object> runs = new ArrayList<>(measurement.code());
        runs.add(module);
        this.code = runs.toArray();
        this.run = Backend.of(scope.device()).run();
        List<Size> all = new ArrayList<>();
        for (int[] range : new int[][] {{0, measurement.full()}, {measurement.full(), measurement.batches()}}) {
            if (range[0] < range[1]) {
                all.add(new Size(range[0], range[1]));
            }
        }
        this.sizes = all;
    }

    /** Whether passes are replayed. */
    private boolean isReady() {
        if (sizes.get(sizes.size() - 1).program == null || (isForeign() && measurement.batches() == 1)) {
            return false;
        }
        try {
            Replay.requireUnchanged(state, "after validation was recorded");
            return true;
        } catch (NotReplayableException e) {
            runAsEver(e);
            return false;
        }
    }

    /** Code that is not the engine's may read what no field holds, so it runs once a pass and is compared. */
    private boolean isForeign() {
        return state != null && state.isForeign();
    }

    // ---- a pass in the call of the epoch's steps

    /** Adds the pass to what runs next, where it is replayed as a whole. */
    boolean joins(NativeRun steps) {
        boolean joins = isReady() && !isForeign();
        if (joins) {
            addTo(steps, 0);
        }
        return joins;
    }

    /** The pass was made. */
    void ran() {
        made = true;
    }

    private void addTo(NativeRun to, int first) {
        for (Size size : sizes) {
            int from = Math.max(first, size.from);
            Program program = Objects.requireNonNull(size.program);
            program.begin(size.to - from);
            try {
                for (int number = from; number < size.to; number++) {
                    program.add(DRAWS, number, gradients -> {});
                }
            } catch (NotReplayableException e) {
                throw new IllegalStateException("training: " + e.getMessage(), e);
            }
            program.addTo(to, from);
        }
    }

    // ---- the measure

    /** The measure after the steps of an epoch, without gradients. */
    Measure measure(int epoch) {
        if (!made && isReady()) {
            replay(epoch);
        }
        if (made) {
            made = false;
            return measurement.conclusion(Objects.requireNonNull(numbers));
        }
        if (declined) {
            return measurement.apply(module);
        }
        numbers = numbers == null ? first() : recorded(numbers);
        return measurement.conclusion(numbers);
    }

    /** A pass in a call of its own; a wrong index is named by the pass that runs as ever. */
    private void replay(int epoch) {
        int first = isForeign() ? 1 : 0;
        if (first > 0) {
            try {
                Recording again = record(0, Objects.requireNonNull(numbers));
                Objects.requireNonNull(sizes.get(0).program).requireLike(again);
            } catch (NotReplayableException e) {
                runAsEver(e);
                return;
            }
        }
        run.clear();
        addTo(run, first);
        NativeRun.End end = run.run();
        if (end == NativeRun.End.CANCELLED) {
            throw new CancellationException("training: cancelled in epoch " + epoch);
        }
        made = end == NativeRun.End.COMPLETE;
    }

    private Tensor first() {
        Tensor all = null;
        try (Scope temporaries = Scope.open(scope.device())) {
            for (int number = 0; number < measurement.batches(); number++) {
                Tensor given = measurement.pass(module, number, all);
                if (all == null) {
                    all = scope.empty(given.dtype(), given.shape());
                    all.assign(given);
                }
            }
        }
        return Objects.requireNonNull(all);
    }

    private Tensor recorded(Tensor all) {
        for (Size size : sizes) {
            int chosen = size.next();
            for (int number = size.from; number < size.to; number++) {
                if (number == chosen && !declined && size.program == null) {
                    decide(size, number, all);
                } else {
                    measurement.pass(module, number, all);
                }
            }
        }
        return all;
    }

    private void decide(Size size, int number, Tensor all) {
        try {
            Recording recording = record(number, all);
            size.recordings.add(recording);
            if (size.recordings.size() == 2) {
                Set<Storage> parts = new LinkedHashSet<>();
                measurement.sources().forEach(source -> parts.add(source.storage()));
                parts.add(all.storage());
                size.program = Program.of(scope, size.recordings.get(0), recording, parts, size.to, false);
            }
        } catch (NotReplayableException e) {
            runAsEver(e);
        }
    }

    private Recording record(int number, Tensor all) throws NotReplayableException {
        JavaState before = JavaState.of(code);
        Recording recording = Recorder.recordPass(scope.device(), number, () -> measurement.pass(module, number, all));
        Replay.requireUnchanged(before, "in a validation batch");
        Replay.requireUnchanged(state, "between two validation batches");
        state = before;
        if (recording.refusal() != null) {
            throw new NotReplayableException(recording.refusal());
        }
        return recording;
    }

    private void runAsEver(NotReplayableException reason) {
        log.accept("training: validation is not replayed but runs as ever, because " + reason.getMessage());
        declined = true;
        closePrograms();
    }

    private void closePrograms() {
        for (Size size : sizes) {
            if (size.program != null) {
                size.program.close();
                size.program = null;
            }
        }
    }

    @Override
    public void close() {
        closePrograms();
        run.close();
    }
}
