package io.diapason.train;

import io.diapason.autograd.Gradients;
import io.diapason.loss.Loss;
import io.diapason.loss.Penalty;
import io.diapason.loss.Reduce;
import io.diapason.nn.Module;
import io.diapason.nn.Parameter;
import io.diapason.nn.Pass;
import io.diapason.optim.Evaluation;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Loss and gradients of one batch, or of several as if they were one. */
final class Evaluator {
    private final Module module;
    private final List<Parameter> parameters;
    private final Loss loss;
    private final Penalty penalty;

    /** One batch with what its dropout layers draw. */
    record Batch(Examples examples, Pass pass) {}

    /** The batch of a number; called once for each. */
    @FunctionalInterface
    interface Source {
        Batch batch(int number);
    }

    Evaluator(Module module, List<Parameter> parameters, Loss loss, Penalty penalty) {
        this.module = module;
        this.parameters = parameters;
        this.loss = loss;
        this.penalty = penalty;
    }

    /** Of one batch; the innermost open scope owns the gradients. */
    Evaluation one(Batch batch, Readings readings) {
        Tensor total = lossOf(batch);
        Tensor term = penalty.of(parameters);
        Tensor value = term == null ? total : total.plus(term);
        Gradients gradients = value.backward();
        return new Evaluation(readings.loss(value), gradients);
    }

    /**
     * Of the batches in [from, to), one after another: memory is taken for one at a time. The innermost open scope owns
     * the gradients.
     */
    Evaluation several(Source source, int from, int to) {
        Scope scope = Scope.current();
        Sum sum = new Sum(scope);
        for (int number = from; number < to; number++) {
            try (Scope temporaries = Scope.open()) {
                add(source.batch(number), sum);
            }
        }
        double divisor = loss.reduction() == Reduce.MEAN ? sum.weight : 1;
        double value = sum.loss / divisor;
        sum.scale(1 / divisor);
        Tensor term = penalty.of(parameters);
        if (term != null) {
            sum.add(term.backward());
            value += term.item();
        }
        return new Evaluation(value, sum.gradients());
    }

    private void add(Batch batch, Sum sum) {
        Tensor value = lossOf(batch);
        double weight =
                loss.reduction() == Reduce.MEAN ? loss.weight(batch.examples().targets()) : 1;
        if (weight != 0) { // the mean over no rows is NaN, and counts nothing
            sum.loss += weight * value.item();
            sum.weight += weight;
            sum.add(value.times(weight).backward());
        }
    }

    private Tensor lossOf(Batch batch) {
        Tensor prediction = module.forward(batch.examples().features(), batch.pass());
        return loss.of(prediction, batch.examples().targets());
    }

    /** What several batches add up to. */
    private final class Sum {
        private final Scope scope;
        private double loss;
        private double weight;
        private @Nullable Gradients gradients;

        Sum(Scope scope) {
            this.scope = scope;
        }

        /** A parameter that no batch reaches keeps having no gradient, as after one large batch. */
        void add(Gradients more) {
            Gradients before = gradients;
            List<Tensor> reached = parameters.stream()
                    .map(Parameter::value)
                    .filter(leaf -> more.of(leaf) != null || (before != null && before.of(leaf) != null))
                    .toList();
            if (before == null || before.of(reached).size() < reached.size()) {
                gradients = Gradients.accumulator(scope, reached);
                if (before != null) {
                    gradients.add(before);
                }
            }
            gradients().add(more);
        }

        void scale(double factor) {
            gradients().scale(factor);
        }

        Gradients gradients() {
            if (gradients == null) {
                gradients = Gradients.accumulator(scope, List.of());
            }
            return gradients;
        }
    }
}
