package io.diapason.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.loss.Loss;
import io.diapason.loss.Penalty;
import io.diapason.loss.Reduce;
import io.diapason.nn.Linear;
import io.diapason.optim.Adam;
import io.diapason.optim.schedule.Plateau;
import io.diapason.random.Rng;
import io.diapason.tensor.Scope;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TrainConfigTest {
    private static final TrainConfig CONFIG = TrainConfig.of(10, 32, new Adam(0.1), 7);

    private static String refusal(Supplier<?> made) {
        return assertThrows(IllegalArgumentException.class, made::get).getMessage();
    }

    @Test
    void theShortFormsAreTheLongOneWithoutFurtherFeatures() {
        assertEquals(new TrainConfig(10, 32, 0, new Adam(0.1), new Penalty(0, 0), 7), CONFIG);
        assertEquals(
                new TrainConfig(
                        10,
                        new Batching(32, 1, true, false),
                        new EarlyStopping(0, 0),
                        new Adam(0.1),
                        Penalty.none(),
                        null,
                        null,
                        new Clipping(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY),
                        null,
                        7),
                CONFIG);
    }

    @Test
    void eachChangeIsOfOneSettingAlone() {
        Plateau plateau = Plateau.minimizing();
        Averaging averaging = Averaging.equal(2);
        TrainConfig changed = CONFIG.withEpochs(1)
                .withBatchSize(2)
                .withPatience(3)
                .withMinDelta(4)
                .withPenalty(Penalty.l1(5))
                .withPlateau(plateau)
                .withClipNorm(6)
                .withClipValue(7)
                .withAveraging(averaging)
                .withAccumulation(8)
                .withShuffle(false)
                .withDropLast(true);
        assertEquals(
                new TrainConfig(
                        1,
                        new Batching(2, 8, false, true),
                        new EarlyStopping(3, 4),
                        new Adam(0.1),
                        Penalty.l1(5),
                        null,
                        plateau,
                        new Clipping(6, 7),
                        averaging,
                        7),
                changed);
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertEquals("training: epochs must be at least 1, got 0", refusal(() -> CONFIG.withEpochs(0)));
        assertEquals(
                "training: batch_size and accumulation must be at least 1, got 0 and 1",
                refusal(() -> CONFIG.withBatchSize(0)));
        assertEquals(
                "training: batch_size and accumulation must be at least 1, got 32 and 0",
                refusal(() -> CONFIG.withAccumulation(0)));
        assertEquals(
                "training: patience and min_delta must be at least 0, got -1 and 0.0",
                refusal(() -> CONFIG.withPatience(-1)));
        assertEquals(
                "training: patience and min_delta must be at least 0, got 0 and NaN",
                refusal(() -> CONFIG.withMinDelta(Double.NaN)));
        assertEquals(
                "training: clip_norm and clip_value must be above 0, got 0.0 and Infinity; infinity does not clip",
                refusal(() -> CONFIG.withClipNorm(0)));
        assertEquals(
                "averaging: decay must be from 0 to 1 and the first epoch at least 1, got 1.5 and 1",
                refusal(() -> Averaging.exponential(1.5)));
        assertEquals(
                "averaging: decay must be from 0 to 1 and the first epoch at least 1, got 0.0 and 0",
                refusal(() -> Averaging.equal(0)));
    }

    @Test
    void whatDoesNotFitTogetherIsRefused() {
        try (Scope scope = Scope.open()) {
            Linear linear = new Linear(scope, 2, 1, Rng.of(1));
            assertEquals(
                    "training: the loss must be one number a batch, got MeanSquaredError[reduction=NONE];"
                            + " reduced(Reduce.MEAN) makes it one",
                    refusal(() -> new Trainer(linear, Loss.meanSquaredError().reduced(Reduce.NONE), CONFIG)));
            Examples examples = Training.linear(scope, 8);
            Trainer trainer = new Trainer(linear, Loss.meanSquaredError(), CONFIG.withPlateau(Plateau.minimizing()));
            assertEquals(
                    "training: the plateau must maximize as the monitor does, got the opposite",
                    refusal(() -> trainer.fit(examples, Monitor.maximize(module -> 1), TrainListener.none())));
        }
    }
}
