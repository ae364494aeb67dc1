package io.diapason.benchmarks.compare;

import io.diapason.benchmarks.NetworkShape;
import io.diapason.benchmarks.measure.Answer;
import io.diapason.loss.Loss;
import io.diapason.nativelib.NativeLibrary;
import io.diapason.nn.Activation;
import io.diapason.nn.Mlp;
import io.diapason.nn.Pass;
import io.diapason.optim.Adam;
import io.diapason.optim.Optimizer;
import io.diapason.random.Rng;
import io.diapason.tensor.Device;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Tensor;
import io.diapason.train.Examples;
import io.diapason.train.TrainConfig;
import io.diapason.train.TrainListener;
import io.diapason.train.Trainer;
import java.util.List;
import java.util.Map;

/**
 * Times our training steps in a process of their own: {@code OurSteps SHAPE DROPOUT replayed|eager}. Replayed is what a
 * user's {@link Trainer} does, with all that an epoch has of shuffling and Java; eager is forward, backward and step by
 * hand, over batches that lie ready.
 */
final class OurSteps {
    private static final double LEARNING_RATE = 1e-3;
    private static final int RECORDING = 1; // epochs at the beginning of a training, in which steps are recorded

    private final NetworkShape shape;
    private final double dropout;
    private final Examples examples;

    private OurSteps(Scope scope, NetworkShape shape, double dropout) {
        this.shape = shape;
        this.dropout = dropout;
        int rows = Chunks.BATCHES * shape.batch();
        Rng random = Rng.of(1);
        float[] features = new float[rows * shape.in()];
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) random.child("features").gaussianAt(i);
        }
        int[] labels = new int[rows];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = random.child("labels").intAt(i, shape.out());
        }
        this.examples = new Examples(
                scope.of(io.diapason.tensor.Shape.of(rows, shape.in()), features),
                scope.of(io.diapason.tensor.Shape.of(rows), labels));
    }

    /** Prints one line of JSON: microseconds a step of each chunk, and how well the network has learnt. */
    public static void main(String[] arguments) {
        NetworkShape shape = NetworkShape.valueOf(arguments[0]);
        double dropout = Double.parseDouble(arguments[1]);
        try (Scope scope = Scope.detached(Device.CPU)) {
            OurSteps steps = new OurSteps(scope, shape, dropout);
            Answer.print(arguments[2].equals("eager") ? steps.eager() : steps.replayed());
        }
    }

    private Mlp network(Scope scope, long seed) {
        return new Mlp(
                scope,
                new Mlp.Config(
                        shape.in(), List.of(shape.hidden(), shape.hidden()), shape.out(), Activation.RELU, dropout),
                Rng.of(seed));
    }

    // ---- replayed

    private Map<String, Object> replayed() {
        Chunks chunks = new Chunks();
        TrainConfig config = TrainConfig.of(Chunks.EPOCHS, shape.batch(), new Adam(LEARNING_RATE), 1);
        double[] loss = {Double.NaN};
        for (long seed = 0; !chunks.done(); seed++) {
            try (Scope scope = Scope.detached(Device.CPU)) {
                Trainer trainer = new Trainer(network(scope, seed), Loss.crossEntropy(), config);
                long[] last = {0};
                trainer.fit(examples, null, TrainListener.epochs(epoch -> {
                    long now = System.nanoTime();
                    if (epoch.number() > RECORDING) {
                        chunks.add(now - last[0], Chunks.BATCHES);
                    }
                    loss[0] = epoch.trainingLoss();
                    last[0] = System.nanoTime();
                    return !chunks.done();
                }));
            }
        }
        return chunks.answer(loss[0], settings());
    }

    // ---- eager

    private Map<String, Object> eager() {
        Eager eager = new Eager();
        Chunks chunks = Chunks.time(eager, shape == NetworkShape.E ? 8 : Chunks.BATCHES);
        eager.scope.close();
        return chunks.answer(eager.loss, settings());
    }

    private final class Eager implements Chunks.Training {
        private Scope scope = Scope.detached(Device.CPU);
        private Mlp network = network(scope, 0);
        private Optimizer optimizer = new Adam(LEARNING_RATE).over(scope, network.parameters());
        private final Rng masks = Rng.of(2);
        private long seed;
        private long steps;
        private double loss;

        @Override
        public void begin() {
            scope.close();
            scope = Scope.detached(Device.CPU);
            network = network(scope, ++seed);
            optimizer = new Adam(LEARNING_RATE).over(scope, network.parameters());
        }

        @Override
        public void step(int batch) {
            try (Scope step = Scope.open()) {
                Examples rows = examples.rows(batch * shape.batch(), (batch + 1) * shape.batch());
                Tensor logits = network.forward(rows.features(), Pass.training(masks, steps++));
                Tensor value = Loss.crossEntropy().of(logits, rows.targets());
                optimizer.step(value.backward());
                loss = value.item();
            }
        }
    }

    private static List<String> settings() {
        return List.of("kernels for " + NativeLibrary.instructionSet());
    }
}
