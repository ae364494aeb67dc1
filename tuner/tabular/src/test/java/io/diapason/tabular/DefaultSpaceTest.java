package io.diapason.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.nn.Mlp;
import io.diapason.optim.OptimizerConfig;
import io.diapason.optim.Sgd;
import io.diapason.train.TrainConfig;
import io.diapason.tuner.sampler.RandomSampler;
import io.diapason.tuner.space.CategoricalParameter;
import io.diapason.tuner.space.Params;
import io.diapason.tuner.space.SearchSpace;
import io.diapason.tuner.trial.Direction;
import io.diapason.tuner.trial.History;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefaultSpaceTest {
    private static final long SEED = 20_240;

    @ParameterizedTest
    @ValueSource(ints = {1, 999, 1_000, 5_000, 20_000, Integer.MAX_VALUE})
    void everyDrawnPointIsALegalConfiguration(int rows) {
        SearchSpace space = DefaultSpace.of(rows);
        for (int number = 0; number < 500; number++) {
            String where = "rows " + rows + ", seed " + SEED + ", draw " + number;
            Params params = new RandomSampler()
                    .suggest(space, History.none(Direction.MINIMIZE), SEED, number)
                    .orElseThrow();
            Hyperparameters hyperparameters = new Hyperparameters(params);
            Mlp.Config network = hyperparameters.network(3, 2);
            TrainConfig training = hyperparameters.training(10, 2, 1);
            int layers = network.hidden().size();
            assertTrue(layers >= 1 && layers <= 4, where);
            assertTrue(network.hidden().stream().allMatch(width -> width >= 16 && width <= 512), where);
            assertTrue(
                    network.dropout() < 0.5
                            && training.penalty().l1() > 0
                            && training.penalty().l2() > 0,
                    where);
            OptimizerConfig optimizer = training.optimizer();
            assertTrue(optimizer.learningRate() >= 1e-4 && optimizer.learningRate() <= 3e-2, where);
            assertTrue(optimizer.weightDecay() >= 1e-6 && optimizer.weightDecay() <= 0.1, where);
            assertEquals(params.has("momentum"), optimizer instanceof Sgd, where);
        }
    }

    @Test
    void batchesGrowWithTheTable() {
        assertEquals("[16, 32, 64]", batchSizes(1));
        assertEquals("[16, 32, 64]", batchSizes(999));
        assertEquals("[32, 64, 128]", batchSizes(1_000));
        assertEquals("[64, 128, 256]", batchSizes(5_000));
        assertEquals("[128, 256, 512]", batchSizes(20_000));
    }

    private static String batchSizes(int rows) {
        return ((CategoricalParameter)
                        DefaultSpace.of(rows).parameter("batch_size").orElseThrow())
                .choices().stream().map(choice -> choice.toText()).toList().toString();
    }
}
