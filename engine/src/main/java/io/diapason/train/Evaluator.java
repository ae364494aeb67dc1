package io.diapason.train;

import io.diapason.autograd.Gradients;
import io.diapason.loss.Loss;
import io.diapason.loss.Penalty;
import io.diapason.nn.Module;
import io.diapason.nn.Parameter;
import io.diapason.nn.Pass;
import io.diapason.op.Update;
import io.diapason.optim.Evaluation;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Tensor;
import java.util.List;
import java.util.Objects;
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
    Evaluation several(Source source, Shares shares, int from, int to, Readings readings) {
        Sum sum = new Sum(Scope.current());
        for (int number = from; number < to; number++) {
            try (Scope temporaries = Scope.open()) {
                Tensor value = lossOf(source.batch(number));
                if (shares.counts(number)) {
                    Tensor share = shares.of(number).squeeze(0).to(value.dtype());
                    sum.add(value.times(share));
                }
            }
        }
        if (sum.loss == null) { // no batch has a row that counts
            return new Evaluation(Double.NaN, Gradients.accumulator(Scope.current(), List.of()));
        }
        Tensor term = penalty.of(parameters);
        if (term != null) {
            sum.add(term);
        }
        return new Evaluation(readings.loss(sum.loss), Objects.requireNonNull(sum.gradients));
    }

    private Tensor lossOf(Batch batch) {
        Tensor prediction = module.forward(batch.examples().features(), batch.pass());
        return loss.of(prediction, batch.examples().targets());
    }

    /** What several terms of a loss add up to. */
    private final class Sum {
        private final Scope scope;
        private @Nullable Tensor loss;
        private @Nullable Gradients gradients;

        Sum(Scope scope) {
            this.scope = scope;
        }

        void add(Tensor term) {
            if (loss == null) {
                loss = scope.zeros(term.dtype(), term.shape());
            }
            Update.add(term.detach(), loss);
            add(term.backward());
        }

        /** A parameter that no term reaches keeps having no gradient, as after one large batch. */
        private void add(Gradients more) {
            Gradients before = gradients;
            List<Tensor> reached = parameters.stream()
                    .map(Parameter::value)
                    .filter(leaf -> more.of(leaf) != null || (before != null && before.of(leaf) != null))
                    .toList();
            Gradients after = before;
            if (before == null || after == null || before.of(reached).size() < reached.size()) {
                after = Gradients.accumulator(scope, reached);
                if (before != null) {
                    after.add(before);
                }
            }
            after.add(more);
            gradients = after;
        }
    }
}
