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
 * @param batching which examples make a step
 * @param stopping when to stop early
 * @param optimizer which optimiser, with its numbers
 * @param penalty added to the loss
 * @param schedule of the learning rate, asked for each step of the training, from 0; null leaves it as configured
 * @param plateau when to shrink the learning rate further, after each epoch by the monitored value, or by the training
 *     loss when nothing is monitored; null never does
 * @param clipping of the gradients
 * @param averaging how weights are averaged, which the monitor and the result then are of; null does not
 * @param seed of shuffles and dropout
 */
public record TrainConfig(
        int epochs,
        Batching batching,
        EarlyStopping stopping,
        OptimizerConfig optimizer,
        Penalty penalty,
        @Nullable Schedule schedule,
        @Nullable Plateau plateau,
        Clipping clipping,
        @Nullable Averaging averaging,
        long seed) {
    /**
     * Checked settings.
     *
     * @param epochs at least 1
     * @param batching which examples make a step
     * @param stopping when to stop early
     * @param optimizer which optimiser
     * @param penalty added to the loss
     * @param schedule of the learning rate, or null
     * @param plateau when to shrink the learning rate, or null
     * @param clipping of the gradients
     * @param averaging how weights are averaged, or null
     * @param seed of shuffles and dropout
     * @throws IllegalArgumentException when there is no epoch
     */
    public TrainConfig {
        if (epochs < 1) {
            throw new IllegalArgumentException("training: epochs must be at least 1, got " + epochs);
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
                Batching.of(batchSize),
                new EarlyStopping(patience, 0),
                optimizer,
                penalty,
                null,
                null,
                Clipping.none(),
                null,
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
        return new TrainConfig(
                count, batching, stopping, optimizer, penalty, schedule, plateau, clipping, averaging, seed);
    }

    /**
     * The same settings with another batch size.
     *
     * @param rows a batch, at least 1
     * @return the settings
     */
    public TrainConfig withBatchSize(int rows) {
        return with(new Batching(rows, batching.accumulation(), batching.shuffle(), batching.dropLast()));
    }

    /**
     * The same settings with early stopping.
     *
     * @param count epochs without a better value before training stops; 0 never stops early
     * @return the settings
     */
    public TrainConfig withPatience(int count) {
        return with(new EarlyStopping(count, stopping.minDelta()));
    }

    /**
     * The same settings with another measure of progress for early stopping.
     *
     * @param delta by how much a value must be better to count for patience, at least 0
     * @return the settings
     */
    public TrainConfig withMinDelta(double delta) {
        return with(new EarlyStopping(stopping.patience(), delta));
    }

    /**
     * The same settings with a penalty.
     *
     * @param other added to the loss
     * @return the settings
     */
    public TrainConfig withPenalty(Penalty other) {
        return new TrainConfig(
                epochs, batching, stopping, optimizer, other, schedule, plateau, clipping, averaging, seed);
    }

    /**
     * The same settings with a schedule of the learning rate. Its steps are those of the optimiser, counted over all
     * epochs.
     *
     * @param other of the learning rate; null leaves it as configured
     * @return the settings
     */
    public TrainConfig withSchedule(@Nullable Schedule other) {
        return new TrainConfig(
                epochs, batching, stopping, optimizer, penalty, other, plateau, clipping, averaging, seed);
    }

    /**
     * The same settings with a learning rate that shrinks when nothing gets better. Its factor and the schedule's
     * multiply.
     *
     * @param other when, and by how much; null never does
     * @return the settings
     */
    public TrainConfig withPlateau(@Nullable Plateau other) {
        return new TrainConfig(
                epochs, batching, stopping, optimizer, penalty, schedule, other, clipping, averaging, seed);
    }

    /**
     * The same settings with clipping of the gradients' norm.
     *
     * @param most of the norm of all gradients together, above 0; infinity does not clip
     * @return the settings
     */
    public TrainConfig withClipNorm(double most) {
        return with(new Clipping(most, clipping.value()));
    }

    /**
     * The same settings with clipping of the gradients' elements.
     *
     * @param most of an element's absolute, above 0; infinity does not clip
     * @return the settings
     */
    public TrainConfig withClipValue(double most) {
        return with(new Clipping(clipping.norm(), most));
    }

    /**
     * The same settings with averaged weights.
     *
     * @param other how; null does not
     * @return the settings
     */
    public TrainConfig withAveraging(@Nullable Averaging other) {
        return new TrainConfig(
                epochs, batching, stopping, optimizer, penalty, schedule, plateau, clipping, other, seed);
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
        return with(new Batching(batching.size(), batches, batching.shuffle(), batching.dropLast()));
    }

    /**
     * The same settings with the examples in their own order, or not.
     *
     * @param on whether each epoch has an order of rows of its own
     * @return the settings
     */
    public TrainConfig withShuffle(boolean on) {
        return with(new Batching(batching.size(), batching.accumulation(), on, batching.dropLast()));
    }

    /**
     * The same settings without a last batch that is smaller than the others, or with it.
     *
     * @param on whether it is left out; a single batch never is
     * @return the settings
     */
    public TrainConfig withDropLast(boolean on) {
        return with(new Batching(batching.size(), batching.accumulation(), batching.shuffle(), on));
    }

    private TrainConfig with(Batching other) {
        return new TrainConfig(
                epochs, other, stopping, optimizer, penalty, schedule, plateau, clipping, averaging, seed);
    }

    private TrainConfig with(EarlyStopping other) {
        return new TrainConfig(
                epochs, batching, other, optimizer, penalty, schedule, plateau, clipping, averaging, seed);
    }

    private TrainConfig with(Clipping other) {
        return new TrainConfig(
                epochs, batching, stopping, optimizer, penalty, schedule, plateau, other, averaging, seed);
    }

    /** What a resumed training must have in common with the one it goes on with, beside the penalty. */
    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("batch_size", batching.size());
        settings.put("patience", stopping.patience());
        settings.put("min_delta", stopping.minDelta());
        settings.put("optimizer", optimizer);
        settings.put("schedule", schedule == null ? "none" : schedule);
        settings.put("plateau", plateau == null ? "none" : plateau);
        settings.put("clip_norm", clipping.norm());
        settings.put("clip_value", clipping.value());
        settings.put("averaging", averaging == null ? "none" : averaging);
        settings.put("accumulation", batching.accumulation());
        settings.put("shuffle", batching.shuffle());
        settings.put("drop_last", batching.dropLast());
        settings.put("seed", seed);
        return settings;
    }
}
