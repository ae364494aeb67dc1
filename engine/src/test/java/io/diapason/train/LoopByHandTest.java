package io.diapason.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.loss.Loss;
import io.diapason.nn.Activation;
import io.diapason.nn.Mlp;
import io.diapason.nn.Pass;
import io.diapason.optim.Adam;
import io.diapason.optim.Optimizer;
import io.diapason.random.Rng;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example of the package's documentation. */
class LoopByHandTest {
    @Test
    void aTrainingLoopNeedsNoTrainer() {
        double last = 0;
        try (Scope scope = Scope.open()) {
            Examples examples = Training.linear(scope, 64);
            Mlp module = new Mlp(scope, new Mlp.Config(2, List.of(16), 1, Activation.TANH, 0.1), Rng.of(1));
            Optimizer optimizer = new Adam(0.01).over(scope, module.parameters());
            for (int step = 0; step < 500; step++) {
                try (Scope temporaries = Scope.open()) {
                    Tensor prediction = module.forward(examples.features(), Pass.training(Rng.of(1), step));
                    Tensor loss = Loss.meanSquaredError().of(prediction, examples.targets());
                    optimizer.step(loss.backward());
                    last = loss.item();
                }
            }
        }
        assertTrue(last < 0.5, "loss " + last);
    }
}
