package io.diapason.train;

import io.diapason.autograd.Gradients;
import io.diapason.nn.Parameter;
import io.diapason.program.Recorder;
import io.diapason.random.Rng;
import io.diapason.tensor.Tensor;
import java.util.List;

/** What the trainer itself reads of a step: in a recorded step these numbers are results of the program. */
interface Readings {
    /** Of a step that is not recorded. */
    Readings DIRECT = new Readings() {
        @Override
        public double loss(Tensor scalar) {
            return scalar.item();
        }

        @Override
        public double number(Tensor scalar) {
            return scalar.item();
        }

        @Override
        public void evaluated(Gradients gradients) {}

        @Override
        public Rng draws(Rng masks) {
            return masks;
        }
    };

    /** The loss, which must be finite. */
    double loss(Tensor scalar);

    /** Any other number. */
    double number(Tensor scalar);

    /** Gradients are clipped, and what follows is the optimiser's. */
    void evaluated(Gradients gradients);

    /** What the step's passes draw from. */
    Rng draws(Rng masks);

    /** Of a step that is recorded. */
    static Readings of(Recorder recorder, List<Parameter> parameters) {
        List<Tensor> leaves = parameters.stream().map(Parameter::value).toList();
        return new Readings() {
            @Override
            public double loss(Tensor scalar) {
                return recorder.finiteResult(scalar);
            }

            @Override
            public double number(Tensor scalar) {
                return recorder.result(scalar);
            }

            @Override
            public void evaluated(Gradients gradients) {
                recorder.evaluated(gradients, leaves);
            }

            @Override
            public Rng draws(Rng masks) {
                return recorder.listeningTo(masks);
            }
        };
    }
}
