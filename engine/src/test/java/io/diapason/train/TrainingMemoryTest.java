package io.diapason.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diapason.backend.Backend;
import io.diapason.backend.MemoryUse;
import io.diapason.loss.Loss;
import io.diapason.nn.Activation;
import io.diapason.nn.Mlp;
import io.diapason.nn.Norm;
import io.diapason.optim.Adam;
import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Device;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A long training by the {@link Trainer}, with everything in it that allocates. */
class TrainingMemoryTest {
    private static final int STEPS_PER_EPOCH = 5; // of two sizes: the last batch is smaller
    private static final int STEPS = Boolean.getBoolean("diapason.full") ? 200_000 : 3_000;

    @Test
    void aLongTrainingHoldsNativeMemoryConstantToTheByte() {
        long before = Backend.of(Device.CPU).memory().used();
        try (Scope scope = Scope.open()) {
            Examples examples = new Examples(
                    scope.normal(DType.FLOAT32, Shape.of(18, 3), 0, 1, Rng.of(1)),
                    scope.arange(18).dividedBy(6));
            Mlp mlp = new Mlp(
                    scope, new Mlp.Config(3, List.of(8, 8), 3, Activation.GELU, 0.2, Norm.BATCH, true), Rng.of(2));
            TrainConfig config = TrainConfig.of(STEPS / STEPS_PER_EPOCH, 4, new Adam(1e-3), 3)
                    .withClipNorm(1);
            MemoryUse[] warm = new MemoryUse[STEPS_PER_EPOCH + 1];
            int[] steps = {0};
            new Trainer(mlp, Loss.crossEntropy(), config)
                    .fit(examples, Monitor.minimize(Loss.crossEntropy(), examples), new TrainListener() {
                        @Override
                        public boolean onStep(Step step) {
                            steps[0]++;
                            MemoryUse now = Backend.of(Device.CPU).memory();
                            if (step.epoch() == 5) { // steps and validation are recorded by then
                                warm[step.number()] = now;
                            } else if (step.epoch() > 5) {
                                assertEquals(
                                        warm[step.number()], now, "epoch " + step.epoch() + ", step " + step.number());
                            }
                            return true;
                        }
                    });
            assertEquals(STEPS, steps[0]);
        }
        assertEquals(before, Backend.of(Device.CPU).memory().used());
    }
}
