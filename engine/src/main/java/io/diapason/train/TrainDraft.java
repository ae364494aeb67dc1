package io.diapason.train;

import io.diapason.loss.Penalty;
import io.diapason.optim.OptimizerConfig;
import io.diapason.optim.schedule.Plateau;
import io.diapason.optim.schedule.Schedule;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A configuration under change; see {@link TrainConfig} for what the settings mean. */
final class TrainDraft {
    int epochs;
    int batchSize;
    int patience;
    double minDelta;
    OptimizerConfig optimizer;
    Penalty penalty;

    @Nullable
    Schedule schedule;

    @Nullable
    Plateau plateau;

    double clipNorm;
    double clipValue;

    @Nullable
    Averaging averaging;

    int accumulation;
    boolean shuffle;
    boolean dropLast;
    long seed;

    private TrainDraft(TrainConfig config) {
        epochs = config.epochs();
        batchSize = config.batchSize();
        patience = config.patience();
        minDelta = config.minDelta();
        optimizer = config.optimizer();
        penalty = config.penalty();
        schedule = config.schedule();
        plateau = config.plateau();
        clipNorm = config.clipNorm();
        clipValue = config.clipValue();
        averaging = config.averaging();
        accumulation = config.accumulation();
        shuffle = config.shuffle();
        dropLast = config.dropLast();
        seed = config.seed();
    }

    /** The configuration after a change. */
    static TrainConfig changed(TrainConfig config, Consumer<TrainDraft> change) {
        TrainDraft draft = new TrainDraft(config);
        change.accept(draft);
        return new TrainConfig(
                draft.epochs,
                draft.batchSize,
                draft.patience,
                draft.minDelta,
                draft.optimizer,
                draft.penalty,
                draft.schedule,
                draft.plateau,
                draft.clipNorm,
                draft.clipValue,
                draft.averaging,
                draft.accumulation,
                draft.shuffle,
                draft.dropLast,
                draft.seed);
    }
}
