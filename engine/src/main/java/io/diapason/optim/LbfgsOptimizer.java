package io.diapason.optim;

import io.diapason.autograd.Gradients;
import io.diapason.nn.Parameter;
import io.diapason.optim.StrongWolfe.Point;
import io.diapason.tensor.DType;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** L-BFGS over all parameters as one vector, with its history. */
final class LbfgsOptimizer extends Scheduled {
    private static final String OP = "lbfgs";

    private final Lbfgs config;
    private final List<Parameter> parameters;
    private final int elements;
    private final LbfgsMemory memory;
    private long iterations;
    private Vector direction; // of the last iteration
    private Vector gradient; // before it
    private double length; // of its step, in directions

    LbfgsOptimizer(Lbfgs config, List<Parameter> parameters) {
        Parameters.check(OP, parameters);
        this.config = config;
        this.parameters = List.copyOf(parameters);
        this.elements = Math.toIntExact(
                parameters.stream().mapToLong(p -> p.value().elements()).sum());
        this.memory = new LbfgsMemory(config.history(), elements);
        this.direction = Vector.zeros(elements);
        this.gradient = Vector.zeros(elements);
    }

    /** The loss and its gradient somewhere. */
    private record Value(double loss, Vector gradient) {}

    @Override
    public void step(Gradients gradients) {
        throw new UnsupportedOperationException("lbfgs: a step must evaluate the loss itself, got gradients alone;"
                + " call step(() -> Evaluation.of(loss))");
    }

    @Override
    public double step(Supplier<Evaluation> closure) {
        double rate = config.learningRate() * factors.learningRate();
        Value first = evaluate(closure);
        Value value = first;
        if (!Double.isFinite(first.loss) || rate == 0 || optimal(first)) {
            return first.loss;
        }
        int evaluations = 1;
        for (int iteration = 1; ; iteration++) {
            iterations++;
            if (iterations > 1) {
                memory.add(value.gradient.plus(-1, gradient), direction.times(length));
            }
            direction = memory.direction(value.gradient);
            gradient = value.gradient;
            length = iterations == 1 ? Math.min(1, 1 / gradient.sumOfAbsolutes()) * rate : rate;
            double slope = gradient.dot(direction);
            if (!(slope <= -config.changeTolerance())) {
                break;
            }
            double before = value.loss;
            boolean last = iteration == config.iterations();
            if (config.lineSearch()) {
                StrongWolfe.Result found =
                        search(closure, new Point(0, before, gradient, slope), config.evaluations() - evaluations);
                length = found.point().t();
                value = new Value(found.point().loss(), found.point().gradient());
                evaluations += found.evaluations();
            } else {
                write(read().plus(length, direction));
                if (!last) {
                    value = evaluate(closure);
                    evaluations++;
                }
            }
            if (last
                    || evaluations >= config.evaluations()
                    || optimal(value)
                    || Math.abs(length) * direction.largest() <= config.changeTolerance()
                    || Math.abs(value.loss - before) < config.changeTolerance()) {
                break;
            }
        }
        return first.loss;
    }

    /** Moves the parameters along the direction, to the place that the line search finds. */
    private StrongWolfe.Result search(Supplier<Evaluation> closure, Point start, int trials) {
        Vector origin = read();
        StrongWolfe.Line line = t -> {
            write(origin.plus(t, direction));
            Value value = evaluate(closure);
            return new Point(t, value.loss, value.gradient, value.gradient.dot(direction));
        };
        double reached = 0;
        try {
            StrongWolfe.Result found = StrongWolfe.search(line, start, length, trials, direction.largest());
            reached = found.point().t();
            return found;
        } finally {
            write(origin.plus(reached, direction)); // where they were, when an evaluation threw
        }
    }

    private boolean optimal(Value value) {
        return value.gradient.largest() <= config.gradientTolerance();
    }

    private Value evaluate(Supplier<Evaluation> closure) {
        try (Scope temporaries = Scope.open()) {
            Evaluation evaluation = closure.get();
            double[] flat = new double[elements];
            int at = 0;
            for (Parameter parameter : parameters) {
                Tensor found = evaluation.gradients().of(parameter.value());
                if (found != null) {
                    double[] values = found.toDoubleArray();
                    System.arraycopy(values, 0, flat, at, values.length);
                }
                at += (int) parameter.value().elements();
            }
            return new Value(evaluation.loss(), new Vector(flat));
        }
    }

    private Vector read() {
        double[] flat = new double[elements];
        int at = 0;
        for (Parameter parameter : parameters) {
            double[] values = parameter.value().toDoubleArray();
            System.arraycopy(values, 0, flat, at, values.length);
            at += values.length;
        }
        return new Vector(flat);
    }

    private void write(Vector flat) {
        int from = 0;
        for (Parameter parameter : parameters) {
            int count = (int) parameter.value().elements();
            if (parameter.value().dtype() == DType.FLOAT64) {
                double[] values = new double[count];
                for (int i = 0; i < count; i++) {
                    values[i] = flat.at(from + i);
                }
                parameter.value().set(values);
            } else {
                float[] values = new float[count];
                for (int i = 0; i < count; i++) {
                    values[i] = (float) flat.at(from + i);
                }
                parameter.value().set(values);
            }
            from += count;
        }
    }

    @Override
    public Map<String, HeapTensor> state() {
        Map<String, HeapTensor> state = new LinkedHashMap<>();
        state.put("iterations", HeapTensor.of(iterations));
        state.put("length", HeapTensor.of(length));
        state.put("direction", direction.toTensor());
        state.put("gradient", gradient.toTensor());
        memory.into(state);
        factors.into(state);
        return state;
    }

    @Override
    public void restore(Map<String, HeapTensor> state) {
        Map<String, HeapTensor> wanted = state();
        States.requireNames(OP, wanted, state);
        LbfgsMemory.VARYING.forEach(wanted::remove);
        wanted.forEach((name, tensor) -> States.requireKind(OP, name, tensor, States.get(state, name)));
        memory.check(OP, state);
        long count = States.count(OP, state, "iterations");
        factors = Factors.of(state);
        iterations = count;
        length = States.get(state, "length").asDouble();
        direction = Vector.copyOf(States.get(state, "direction"));
        gradient = Vector.copyOf(States.get(state, "gradient"));
        memory.restore(state);
    }
}
