package io.diapason.train;

import io.diapason.loss.Loss;
import io.diapason.loss.Reduce;
import io.diapason.nn.Pass;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Scope;
import io.diapason.train.Monitor.Measure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The loss of a module on examples: the mean over batches, each with the weight of its targets, or the sum. */
final class LossMeasure {
    private static final int BATCH = 1024;

    private final Loss loss;
    private final Examples examples;
    private volatile @Nullable Weights weights;

    /** How much each batch counts, while the targets were not changed any further. */
    private record Weights(int changes, List<Double> of) {}

    private LossMeasure(Loss loss, Examples examples) {
        this.loss = loss;
        this.examples = examples;
    }

    static Measurement of(Loss loss, Examples examples) {
        LossMeasure measure = new LossMeasure(loss, examples);
        return new Measurement(
                List.of(examples.features(), examples.targets()),
                BATCH,
                false,
                (module, batch) -> {
                    Examples part = examples.rows(batch.from(), batch.to());
                    return loss.of(module.forward(part.features(), Pass.inference()), part.targets())
                            .unsqueeze(0);
                },
                measure::conclusion,
                loss);
    }

    private Measure conclusion(HeapTensor losses) {
        boolean mean = loss.reduction() == Reduce.MEAN;
        List<Double> counts = weights();
        double sum = 0;
        double all = 0;
        for (int batch = 0; batch < counts.size(); batch++) {
            double weight = counts.get(batch);
            if (weight != 0) { // the mean over no rows is NaN, and counts nothing
                double value =
                        losses.values() instanceof float[] floats ? floats[batch] : ((double[]) losses.values())[batch];
                sum += weight * value;
                all += weight;
            }
        }
        return new Measure(mean ? sum / all : sum, 0);
    }

    /** Asked for after the losses, which refuse what is no target; weights may not. */
    private List<Double> weights() {
        int changes = examples.targets().storage().changes();
        Weights known = weights;
        if (known == null || known.changes != changes) {
            List<Double> of = new ArrayList<>();
            for (int from = 0; from < examples.rows(); from += BATCH) {
                try (Scope temporaries = Scope.open(examples.targets().device())) {
                    Examples part = examples.rows(from, from + Math.min(BATCH, examples.rows() - from));
                    of.add(loss.reduction() == Reduce.MEAN ? loss.weight(part.targets()) : 1);
                }
            }
            known = new Weights(changes, List.copyOf(of));
            weights = known;
        }
        return known.of;
    }
}
