package io.diapason.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.loss.Loss;
import io.diapason.nn.Linear;
import io.diapason.optim.Sgd;
import io.diapason.random.Rng;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.train.TrainingResult.End;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainListenerTest {
    /** Writes down what it hears, and ends the training at a sentence. */
    private record Recorder(String name, List<String> heard, String last) implements TrainListener {
        private boolean hear(String what) {
            heard.add(name + what);
            return !what.equals(last);
        }

        @Override
        public boolean onStep(Step step) {
            return hear("step " + step.epoch() + "." + step.number());
        }

        @Override
        public boolean onEpoch(Epoch epoch) {
            return hear("epoch " + epoch.number());
        }

        @Override
        public void onEnd(TrainingResult result) {
            hear("end " + result.epochs() + " " + result.end());
        }
    }

    private static TrainingResult run(TrainListener listener, float target) {
        try (Scope scope = Scope.open()) {
            Examples examples = new Examples(scope.zeros(Shape.of(4, 1)), scope.full(Shape.of(4, 1), target));
            return new Trainer(
                            new Linear(scope, 1, 1, Rng.of(1)),
                            Loss.meanSquaredError(),
                            TrainConfig.of(2, 2, new Sgd(0.1), 1))
                    .fit(examples, null, listener);
        }
    }

    @Test
    void hearsStepsThenTheirEpochAndTheEndOnce() {
        List<String> heard = new ArrayList<>();
        TrainingResult result = run(new Recorder("", heard, "-"), 1);
        assertEquals(
                List.of("step 1.1", "step 1.2", "epoch 1", "step 2.1", "step 2.2", "epoch 2", "end 2 EPOCHS"), heard);
        assertEquals(End.EPOCHS, result.end());
    }

    @Test
    void mayEndTrainingAfterAStepOrAnEpoch() {
        List<String> heard = new ArrayList<>();
        TrainingResult result = run(new Recorder("", heard, "step 2.1"), 1);
        assertEquals(List.of("step 1.1", "step 1.2", "epoch 1", "step 2.1", "end 1 LISTENER"), heard);
        assertEquals(1, result.epochs());
        assertEquals(1, result.bestEpoch());
        assertEquals(End.LISTENER, result.end());
        heard.clear();
        assertEquals(End.LISTENER, run(new Recorder("", heard, "epoch 1"), 1).end());
        assertEquals(List.of("step 1.1", "step 1.2", "epoch 1", "end 1 LISTENER"), heard);
        heard.clear();
        TrainingResult none = run(new Recorder("", heard, "step 1.1"), 1);
        assertEquals(List.of("step 1.1", "end 0 LISTENER"), heard);
        assertEquals(0, none.epochs());
        assertEquals(0, none.bestEpoch());
    }

    @Test
    void severalHearEachEventInTurnEvenWhenOneEndsTheTraining() {
        List<String> heard = new ArrayList<>();
        run(new Recorder("a ", heard, "step 1.2").and(new Recorder("b ", heard, "-")), 1);
        assertEquals(
                List.of("a step 1.1", "b step 1.1", "a step 1.2", "b step 1.2", "a end 0 LISTENER", "b end 0 LISTENER"),
                heard);
    }

    @Test
    void theStepsOfAnEpochHaveItsLossAsTheirMean() {
        List<Double> losses = new ArrayList<>();
        TrainingResult result = run(
                new TrainListener() {
                    @Override
                    public boolean onStep(Step step) {
                        losses.add(step.loss());
                        return true;
                    }
                },
                3);
        assertEquals(
                (losses.get(0) + losses.get(1)) / 2, result.history().get(0).trainingLoss());
        assertTrue(losses.get(3) < losses.get(0));
    }

    @Test
    void doesNotHearAnEndWhenTrainingFails() {
        List<String> heard = new ArrayList<>();
        assertThrows(TrainingDivergedException.class, () -> run(new Recorder("", heard, "-"), Float.NaN));
        assertEquals(List.of(), heard);
    }
}
