import io.diapason.loss.Loss;
import io.diapason.model.StateFile;
import io.diapason.nn.*;
import io.diapason.optim.Adam;
import io.diapason.random.Rng;
import io.diapason.tensor.*;
import io.diapason.train.*;
import java.nio.file.*;
import java.util.stream.IntStream;

/** Trains a perceptron to tell the inside of a circle from its outside, saves it, loads it, predicts in several threads. */
public final class Embed {
    static final Mlp.Config SHAPE = new Mlp.Config(2, java.util.List.of(32, 32), 2, Activation.GELU, 0.1);

    public static void main(String[] arguments) throws Exception {
        Path file = Files.createTempDirectory("embed").resolve("circle.safetensors");
        try (Scope scope = Scope.open()) { // owns what is made in this block, and frees it at the end
            Tensor points = scope.uniform(DType.FLOAT32, Shape.of(2000, 2), -1, 1, Rng.of(7));
            Tensor inside = points.square().sum(1).less(scope.full(Shape.scalar(), 0.5)).to(DType.INT64);
            Mlp perceptron = new Mlp(scope, SHAPE, Rng.of(1));
            Trainer trainer = new Trainer(perceptron, Loss.crossEntropy(), TrainConfig.of(40, 64, new Adam(3e-3), 1));
            TrainingResult result = trainer.fit(new Examples(points, inside));
            System.out.println("loss " + result.history().get(39).trainingLoss());
            StateFile.save(perceptron, file);
        }
        try (Scope weights = Scope.detached(Device.CPU)) { // its tensors may be read by any thread
            Mlp perceptron = new Mlp(weights, SHAPE, Rng.of(0));
            StateFile.load(perceptron, file);
            IntStream.range(0, 4).parallel().forEach(i -> predict(perceptron, i * 0.25f));
        }
    }

    static void predict(Mlp perceptron, float x) {
        try (Scope scope = Scope.open()) {
            Tensor logits = perceptron.forward(scope.of(Shape.of(1, 2), x, x), Pass.inference());
            System.out.println(x + " is " + (logits.select(1, 1).item() > logits.select(1, 0).item() ? "in" : "out"));
        }
    }
}
