package io.diapason.optim;

import io.diapason.autograd.Gradients;
import io.diapason.nn.Parameter;
import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;

/** Configurations, parameters and gradients that several tests use. */
final class Problems {
    private Problems() {}

    /** Each optimiser in each of its modes. */
    static Stream<OptimizerConfig> configurations() {
        return Stream.of(
                new Sgd(0.05),
                new Sgd(0.05, 0, false, 0.3),
                new Sgd(0.05, 0.9, false, 0),
                new Sgd(0.05, 0.9, 0.4, false, 0.1),
                new Sgd(0.05, 0.7, true, 0.3),
                new Adam(0.02),
                new Adam(0.02, 0, 0.9, 1e-6, 0.3),
                new Adam(0.02, 0.8, 0.9, 1e-8, 0.1, true),
                new NAdam(0.02),
                new NAdam(0.02, 0.7, 0.9, 1e-6, 0.3, 0.1),
                new RAdam(0.02),
                new RAdam(0.02, 0.8, 0.5, 1e-6, 0.3),
                new RmsProp(0.01),
                new RmsProp(0.01, 0.9, 1e-4, 0.8, 0.3),
                new RmsProp(0.01, 0.9, 1e-6, 0, 0, true),
                new RmsProp(0.01, 0.9, 1e-6, 0.8, 0.1, true),
                new Adagrad(0.1),
                new Adagrad(0.1, 0.02, 0.1, 1e-8, 0.3));
    }

    static Parameter parameter(Scope scope, DType dtype, String name, Parameter.Kind kind, Shape shape, Rng rng) {
        return new Parameter(name, scope.normal(dtype, shape, 0, 1, rng), kind);
    }

    /** Overwrites a gradient with numbers of magnitudes from 0.01 to 100, the same in both types. */
    static double[] fill(Gradients gradients, Parameter parameter, Rng rng) {
        Tensor gradient = gradients.of(List.of(parameter.value())).get(0);
        double[] values = new double[(int) gradient.elements()];
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) (rng.gaussianAt(i) * Math.pow(10, i % 5 - 2));
            values[i] = floats[i];
        }
        if (gradient.dtype() == DType.FLOAT64) {
            gradient.set(values);
        } else {
            gradient.set(floats);
        }
        return values;
    }

    static Gradients gradients(Scope scope, Parameter... parameters) {
        return Gradients.accumulator(
                scope, Stream.of(parameters).map(Parameter::value).toList());
    }
}
