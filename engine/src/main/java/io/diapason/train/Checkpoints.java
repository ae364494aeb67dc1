package io.diapason.train;

import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where checkpoints go, and after how many epochs. */
record Checkpoints(@Nullable Consumer<Checkpoint> store, int everyEpochs) {
    static final Checkpoints NONE = new Checkpoints(null, 1);

    boolean areKept() {
        return store != null;
    }

    boolean isDue(int epoch) {
        return store != null && epoch % everyEpochs == 0;
    }

    void keep(Checkpoint checkpoint) {
        if (store == null) {
            return;
        }
        try {
            store.accept(checkpoint);
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) { // which is why a channel was closed below a writer
                CancellationException cancelled =
                        new CancellationException("training: cancelled after epoch " + checkpoint.epoch());
                cancelled.initCause(e);
                throw cancelled;
            }
            throw e;
        }
    }
}
