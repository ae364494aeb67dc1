package io.diapason.train;

import io.diapason.loss.Penalty;
import io.diapason.optim.OptimizerConfig;
import io.diapason.optim.schedule.Plateau;
import io.diapason.optim.schedule.Schedule;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to train. Made by {@link #of} and changed by methods that return another one:
 *
 * <pre>{@code
 * TrainConfig config = TrainConfig.of(100, 64, new Adam(1e-3), 7).withPatience(10).withPenalty(Penalty.l2(1e-4));
 * }</pre>
 *
 * @param epochs passes over the examples, at least 1; early stopping may end before
 * @param batchSize rows a batch, at least 1; the last batch of an epoch may be smaller
 * @param patience epochs without a better validation value before training stops; 0 never stops early
 * @param minDelta by how much a value must be better to count for patience, at least 0; the best epoch is the best all
 *     the same
 * @param optimizer which optimiser, with its numbers
 * @param penalty added to the loss
 * @param schedule of the learning rate, asked for each step of the training, from 0; null leaves it as configured
 * @param plateau when to shrink the learning rate further, after each epoch by the monitored value, or by the training
 *     loss when nothing is monitored; null never does
 * @param clipNorm the most that the norm of all gradients together may be; infinity leaves them as they are
 * @param clipValue the most that an element of a gradient may be away from 0, after the norm; infinity leaves them as
 *     they are
 * @param averaging how weights are averaged, which the monitor and the result then are of; null does not
 * @param accumulation batches a step, at least 1: their gradients are added up as if they were one batch
 * @param shuffle whether each epoch has an order of rows of its own
 * @param dropLast whether a last batch that is smaller is left out; a single batch never is
 * @param seed of shuffles and dropout
 */
public record TrainConfig(
        int epochs,
        int batchSize,
        int patience,
        double minDelta,
        OptimizerConfig optimizer,
        Penalty penalty,
        @Nullable Schedule schedule,
        @Nullable Plateau plateau,
        double clipNorm,
        double clipValue,
        @Nullable Averaging averaging,
        int accumulation,
        boolean shuffle,
        boolean dropLast,
        long seed) {
    /**
     * Checked settings.
     *
     * @param epochs at least 1
     * @param batchSize at least 1
     * @param patience at least 0
     * @param minDelta at least 0
     * @param optimizer which optimiser
     * @param penalty added to the loss
     * @param schedule of the learning rate, or null
     * @param plateau when to shrink the learning rate, or null
     * @param clipNorm above 0
     * @param clipValue above 0
     * @param averaging how weights are averaged, or null
     * @param accumulation at least 1
     * @param shuffle whether each epoch has an order of its own
     * @param dropLast whether a last batch that is smaller is left out
     * @param seed of shuffles and dropout
     * @throws IllegalArgumentException when a number is out of its range
     */
    public TrainConfig {
        if (epochs < 1 || batchSize < 1 || patience < 0) {
            throw new IllegalArgumentException(
                    "training: epochs and batch_size must be at least 1 and patience at least 0, got " + epochs + ", "
                            + batchSize + " and " + patience);
        }
        if (accumulation < 1 || !(minDelta >= 0 && minDelta < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "training: accumulation must be at least 1 and min_delta at least 0, got " + accumulation + " and "
                            + minDelta);
        }
        if (!(clipNorm > 0 && clipValue > 0)) {
            throw new IllegalArgumentException("training: clip_norm and clip_value must be above 0, got " + clipNorm
                    + " and " + clipValue + "; infinity does not clip");
        }
    }

    /**
     * Settings with shuffled batches and nothing else beyond the basic ones.
     *
     * @param epochs at least 1
     * @param batchSize at least 1
     * @param patience at least 0
     * @param optimizer which optimiser
     * @param penalty added to the loss
     * @param seed of shuffles and dropout
     */
    public TrainConfig(int epochs, int batchSize, int patience, OptimizerConfig optimizer, Penalty penalty, long seed) {
        this(
                epochs,
                batchSize,
                patience,
                0,
                optimizer,
                penalty,
                null,
                null,
                Double.POSITIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                null,
                1,
                true,
                false,
                seed);
    }

    /**
     * Settings with shuffled batches and nothing else.
     *
     * @param epochs at least 1
     * @param batchSize at least 1
     * @param optimizer which optimiser
     * @param seed of shuffles and dropout
     * @return the settings
     */
    public static TrainConfig of(int epochs, int batchSize, OptimizerConfig optimizer, long seed) {
        return new TrainConfig(epochs, batchSize, 0, optimizer, Penalty.none(), seed);
    }

    /**
     * The same settings with another number of epochs.
     *
     * @param count at least 1
     * @return the settings
     */
    public TrainConfig withEpochs(int count) {
        return TrainDraft.changed(this, draft -> draft.epochs = count);
    }

    /**
     * The same settings with another batch size.
     *
     * @param rows a batch, at least 1
     * @return the settings
     */
    public TrainConfig withBatchSize(int rows) {
        return TrainDraft.changed(this, draft -> draft.batchSize = rows);
    }

    /**
     * The same settings with early stopping.
     *
     * @param count epochs without a better value before training stops; 0 never stops early
     * @return the settings
     */
    public TrainConfig withPatience(int count) {
        return TrainDraft.changed(this, draft -> draft.patience = count);
    }

    /**
     * The same settings with another measure of progress for early stopping.
     *
     * @param delta by how much a value must be better to count for patience, at least 0
     * @return the settings
     */
    public TrainConfig withMinDelta(double delta) {
        return TrainDraft.changed(this, draft -> draft.minDelta = delta);
    }

    /**
     * The same settings with a penalty.
     *
     * @param other added to the loss
     * @return the settings
     */
    public TrainConfig withPenalty(Penalty other) {
        return TrainDraft.changed(this, draft -> draft.penalty = other);
    }

    /**
     * The same settings with a schedule of the learning rate. Its steps are those of the optimiser, counted over all
     * epochs.
     *
     * @param other of the learning rate; null leaves it as configured
     * @return the settings
     */
    public TrainConfig withSchedule(@Nullable Schedule other) {
        return TrainDraft.changed(this, draft -> draft.schedule = other);
    }

    /**
     * The same settings with a learning rate that shrinks when nothing gets better. Its factor and the schedule's
     * multiply.
     *
     * @param other when, and by how much; null never does
     * @return the settings
     */
    public TrainConfig withPlateau(@Nullable Plateau other) {
        return TrainDraft.changed(this, draft -> draft.plateau = other);
    }

    /**
     * The same settings with clipping of the gradients' norm.
     *
     * @param most of the norm of all gradients together, above 0; infinity does not clip
     * @return the settings
     */
    public TrainConfig withClipNorm(double most) {
        return TrainDraft.changed(this, draft -> draft.clipNorm = most);
    }

    /**
     * The same settings with clipping of the gradients' elements.
     *
     * @param most of an element's absolute, above 0; infinity does not clip
     * @return the settings
     */
    public TrainConfig withClipValue(double most) {
        return TrainDraft.changed(this, draft -> draft.clipValue = most);
    }

    /**
     * The same settings with averaged weights.
     *
     * @param other how; null does not
     * @return the settings
     */
    public TrainConfig withAveraging(@Nullable Averaging other) {
        return TrainDraft.changed(this, draft -> draft.averaging = other);
    }

    /**
     * The same settings with gradient accumulation. So many batches make one step. With a loss that is a mean their
     * gradients are weighted by what they hold, so that the step is that of one batch of all their rows, within
     * rounding; what normalises over a batch sees each by itself. The last step of an epoch may have fewer.
     *
     * @param batches at least 1
     * @return the settings
     */
    public TrainConfig withAccumulation(int batches) {
        return TrainDraft.changed(this, draft -> draft.accumulation = batches);
    }

    /**
     * The same settings with the examples in their own order, or not.
     *
     * @param on whether each epoch has an order of rows of its own
     * @return the settings
     */
    public TrainConfig withShuffle(boolean on) {
        return TrainDraft.changed(this, draft -> draft.shuffle = on);
    }

    /**
     * The same settings without a last batch that is smaller than the others, or with it.
     *
     * @param on whether it is left out; a single batch never is
     * @return the settings
     */
    public TrainConfig withDropLast(boolean on) {
        return TrainDraft.changed(this, draft -> draft.dropLast = on);
    }

    /** What a resumed training must have in common with the one it goes on with, beside the penalty. */
    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("batch_size", batchSize);
        settings.put("patience", patience);
        settings.put("min_delta", minDelta);
        settings.put("optimizer", optimizer);
        settings.put("schedule", schedule == null ? "none" : schedule);
        settings.put("plateau", plateau == null ? "none" : plateau);
        settings.put("clip_norm", clipNorm);
        settings.put("clip_value", clipValue);
        settings.put("averaging", averaging == null ? "none" : averaging);
        settings.put("accumulation", accumulation);
        settings.put("shuffle", shuffle);
        settings.put("drop_last", dropLast);
        settings.put("seed", seed);
        return settings;
    }
}
