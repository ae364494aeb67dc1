package io.diapason.train;

import io.diapason.loss.Loss;
import io.diapason.loss.Penalty;
import io.diapason.nn.Activation;
import io.diapason.nn.Mlp;
import io.diapason.nn.Module;
import io.diapason.optim.Adam;
import io.diapason.optim.OptimizerConfig;
import io.diapason.random.Rng;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/** Data and short runs that the tests of training share. */
final class Training {
    static final Penalty NONE = new Penalty(0, 0);

    private Training() {}

    /** y = 2 a − 3 b + ½ over seeded normal a and b. */
    static Examples linear(Scope scope, int rows) {
        float[] features = new float[rows * 2];
        float[] targets = new float[rows];
        Rng rng = Rng.of(77);
        for (int r = 0; r < rows; r++) {
            features[2 * r] = (float) rng.gaussianAt(2L * r);
            features[2 * r + 1] = (float) rng.gaussianAt(2L * r + 1);
            targets[r] = 2 * features[2 * r] - 3 * features[2 * r + 1] + 0.5f;
        }
        return new Examples(scope.of(Shape.of(rows, 2), features), scope.of(Shape.of(rows, 1), targets));
    }

    static TrainConfig config(int epochs, int batchSize, int patience, OptimizerConfig optimizer, long seed) {
        return new TrainConfig(epochs, batchSize, patience, optimizer, NONE, seed);
    }

    static List<float[]> parametersOf(Module module) {
        return module.parameters().stream().map(p -> p.value().toFloatArray()).toList();
    }

    static boolean same(List<float[]> a, List<float[]> b) {
        return Arrays.deepEquals(a.toArray(), b.toArray());
    }

    /** The parameters after a short run with everything that draws random numbers: weights, shuffles and dropout. */
    static List<float[]> run(long seed) {
        try (Scope scope = Scope.open()) {
            Mlp mlp = new Mlp(scope, new Mlp.Config(2, List.of(16, 16), 1, Activation.GELU, 0.2), Rng.of(seed));
            TrainConfig config =
                    new TrainConfig(6, 7, 0, new Adam(0.01, 0.9, 0.999, 1e-8, 0.01), new Penalty(1e-4, 1e-3), seed);
            new Trainer(mlp, Loss.meanSquaredError(), config).fit(linear(scope, 60), null, epoch -> true);
            return parametersOf(mlp);
        }
    }
}
