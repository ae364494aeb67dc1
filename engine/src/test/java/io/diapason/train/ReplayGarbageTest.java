package io.diapason.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.diapason.loss.Loss;
import io.diapason.loss.Penalty;
import io.diapason.nn.Activation;
import io.diapason.nn.Mlp;
import io.diapason.nn.Norm;
import io.diapason.optim.Adagrad;
import io.diapason.optim.Adam;
import io.diapason.optim.NAdam;
import io.diapason.optim.OptimizerConfig;
import io.diapason.optim.RAdam;
import io.diapason.optim.RmsProp;
import io.diapason.optim.Sgd;
import io.diapason.optim.schedule.CosineAnnealing;
import io.diapason.random.Rng;
import io.diapason.tensor.Scope;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A replayed step leaves nothing to the garbage collector: what an epoch leaves does not depend on its steps. */
class ReplayGarbageTest {
    private static final int EPOCHS = 30;

    static List<OptimizerConfig> optimizers() {
        return List.of(
                new Adam(1e-3),
                new Sgd(0.01, 0.9, true, 0.01),
                new RmsProp(1e-3),
                new NAdam(1e-3),
                new RAdam(1e-3),
                new Adagrad(0.01));
    }

    /** Bytes of each epoch's heap memory. */
    private static List<Long> garbage(OptimizerConfig optimizer, int steps) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        try (Scope scope = Scope.open()) {
            Mlp.Config config = new Mlp.Config(2, List.of(4, 4), 1, Activation.RELU, 0.2, Norm.NONE, false);
            TrainConfig train = new TrainConfig(EPOCHS, 4, 0, optimizer, new Penalty(1e-4, 1e-4), 5)
                    .withSchedule(new CosineAnnealing(1000, 0.1))
                    .withClipNorm(1);
            long[] at = new long[EPOCHS];
            new Trainer(new Mlp(scope, config, Rng.of(1)), Loss.meanSquaredError(), train)
                    .fit(Training.linear(scope, 4 * steps), null, epoch -> {
                        at[epoch.number() - 1] = threads.getThreadAllocatedBytes(thread);
                        return true;
                    });
            List<Long> bytes = new ArrayList<>();
            for (int i = EPOCHS / 2; i < EPOCHS; i++) {
                bytes.add(at[i] - at[i - 1]);
            }
            return bytes;
        }
    }

    /** The least of several epochs: whatever the compiler does meanwhile only adds. */
    private static long least(OptimizerConfig optimizer, int steps) {
        return garbage(optimizer, steps).stream()
                .mapToLong(Long::longValue)
                .min()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void aReplayedStepLeavesNoGarbage(OptimizerConfig optimizer) {
        long few = 0;
        long many = -1;
        for (int attempt = 0; attempt < 8 && few != many; attempt++) { // until all of it is compiled
            few = least(optimizer, 1000);
            many = least(optimizer, 2000);
        }
        assertEquals(few, many, "bytes of an epoch with 1,000 and 2,000 steps");
    }
}
