package io.diapason.train;

import io.diapason.backend.Backend;
import io.diapason.backend.NativeRun;
import io.diapason.random.Rng;
import io.diapason.tensor.Device;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of an epoch is replayed in one native call: the steps over full batches, the last one over what is left, and
 * where nothing comes between them the validation pass.
 */
final class Replays implements AutoCloseable {
    private final List<Replay> bySize; // first the larger
    private final int steps; // an epoch
    private final NativeRun run;
    private final List<Replay> parts = new ArrayList<>(2);

    Replays(Device device, List<Replay> bySize, int steps) {
        this.bySize = bySize;
        this.steps = steps;
        this.run = Backend.of(device).run();
    }

    /** The steps like one. */
    Replay of(int number) {
        return bySize.get(bySize.get(0).takes(number) ? 0 : 1);
    }

    /** Every step runs as ever. */
    void decline() {
        bySize.forEach(Replay::decline);
    }

    /**
     * Replays steps from one on that is ready.
     *
     * @param each whether it is that step alone, or as many as can be
     * @param validation what follows the epoch's last step, or null
     * @return how it ended; {@link #parts} tell what was made
     */
    NativeRun.End replay(int first, boolean each, Rng masks, Replay.Factors factors, @Nullable Validation validation) {
        run.clear();
        parts.clear();
        int next = first;
        while (next < steps && parts.size() < (each ? 1 : bySize.size())) {
            Replay replay = of(next);
            if (!replay.isReady(next) || !replay.prepare(next, each, masks, factors)) {
                break;
            }
            replay.addTo(run);
            parts.add(replay);
            next += replay.ready();
            if (replay.takes(next)) { // more than a call takes
                break;
            }
        }
        if (parts.isEmpty()) {
            return NativeRun.End.COMPLETE;
        }
        boolean validates = validation != null && !each && next == steps && validation.joins(run);
        NativeRun.End end = run.run();
        boolean goesOn = true;
        for (int i = 0; i < parts.size(); i++) {
            long done = run.done(i);
            boolean ends = goesOn && done < parts.get(i).ready();
            parts.get(i).ran(done, ends && end == NativeRun.End.NOT_FINITE);
            goesOn &= !ends;
        }
        if (validation != null && validates && end == NativeRun.End.COMPLETE) {
            validation.ran();
        }
        return end;
    }

    /** What the last call was made of. */
    List<Replay> parts() {
        return parts;
    }

    @Override
    public void close() {
        bySize.forEach(Replay::close);
        run.close();
    }
}
