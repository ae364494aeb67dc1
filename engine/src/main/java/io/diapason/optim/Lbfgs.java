package io.diapason.optim;

import io.diapason.nn.Parameter;
import io.diapason.tensor.Scope;
import java.util.List;

/**
 * Limited-memory BFGS over the whole loss, for small problems in one batch: quasi-Newton directions from the last
 * changes of parameters and gradient, and a line search along each. One step makes several iterations and evaluates the
 * loss many times, so only {@link Optimizer#step(java.util.function.Supplier)} works, and the loss must be the same
 * function at each of its evaluations: no dropout, one batch.
 *
 * <p>PyTorch's LBFGS, with these differences: the line search is on unless it is turned off; directions are computed in
 * float64 also for float32 parameters; a trial point whose loss is NaN counts as infinitely high, so that the search
 * steps back; a loss that is not finite at the beginning of a step ends it with nothing changed. There is no weight
 * decay and no momentum. It keeps 16 bytes an element and entry of history on the heap. Source: Nocedal and Wright
 * 2006, algorithms 7.4, 7.5, 3.5 and 3.6, as in Schmidt's minFunc.
 *
 * @param learningRate the first trial step along a direction, or the step itself without a line search; above 0
 * @param iterations most iterations a step, at least 1
 * @param evaluations evaluations a step, after which no further one begins, but that every line search makes its first;
 *     at least 1 (PyTorch takes 5 / 4 of the iterations)
 * @param gradientTolerance a gradient with no element above it ends the step, at least 0
 * @param changeTolerance a change of the loss below it, or of every parameter, ends the step, at least 0
 * @param history how many changes are remembered, at least 1
 * @param lineSearch whether steps fulfil the strong Wolfe conditions
 */
public record Lbfgs(
        double learningRate,
        int iterations,
        int evaluations,
        double gradientTolerance,
        double changeTolerance,
        int history,
        boolean lineSearch)
        implements OptimizerConfig {
    /**
     * Checked numbers.
     *
     * @param learningRate above 0
     * @param iterations at least 1
     * @param evaluations at least 1
     * @param gradientTolerance at least 0
     * @param changeTolerance at least 0
     * @param history at least 1
     * @param lineSearch whether steps fulfil the strong Wolfe conditions
     * @throws IllegalArgumentException when a number is out of its range
     */
    public Lbfgs {
        Ranges.positive("lbfgs", "learningRate", learningRate);
        Ranges.atLeast("lbfgs", "iterations", 1, iterations);
        Ranges.atLeast("lbfgs", "evaluations", 1, evaluations);
        Ranges.atLeastZero("lbfgs", "gradientTolerance", gradientTolerance);
        Ranges.atLeastZero("lbfgs", "changeTolerance", changeTolerance);
        Ranges.atLeast("lbfgs", "history", 1, history);
    }

    /**
     * PyTorch's numbers, with line search: 20 iterations and 25 evaluations a step, tolerances 1e-7 and 1e-9, a history
     * of 100.
     *
     * @param learningRate above 0; 1 is what Newton's method would take
     */
    public Lbfgs(double learningRate) {
        this(learningRate, 20, 25, 1e-7, 1e-9, 100, true);
    }

    @Override
    public Lbfgs withLearningRate(double value) {
        return new Lbfgs(value, iterations, evaluations, gradientTolerance, changeTolerance, history, lineSearch);
    }

    /**
     * The same with another limit of iterations.
     *
     * @param value at least 1
     * @return the changed copy
     */
    public Lbfgs withIterations(int value) {
        return new Lbfgs(learningRate, value, evaluations, gradientTolerance, changeTolerance, history, lineSearch);
    }

    /**
     * The same with another limit of evaluations.
     *
     * @param value at least 1
     * @return the changed copy
     */
    public Lbfgs withEvaluations(int value) {
        return new Lbfgs(learningRate, iterations, value, gradientTolerance, changeTolerance, history, lineSearch);
    }

    /**
     * The same with another tolerance of the gradient.
     *
     * @param value at least 0
     * @return the changed copy
     */
    public Lbfgs withGradientTolerance(double value) {
        return new Lbfgs(learningRate, iterations, evaluations, value, changeTolerance, history, lineSearch);
    }

    /**
     * The same with another tolerance of changes.
     *
     * @param value at least 0
     * @return the changed copy
     */
    public Lbfgs withChangeTolerance(double value) {
        return new Lbfgs(learningRate, iterations, evaluations, gradientTolerance, value, history, lineSearch);
    }

    /**
     * The same with another length of history.
     *
     * @param value at least 1
     * @return the changed copy
     */
    public Lbfgs withHistory(int value) {
        return new Lbfgs(learningRate, iterations, evaluations, gradientTolerance, changeTolerance, value, lineSearch);
    }

    /**
     * The same with another choice.
     *
     * @param value whether steps fulfil the strong Wolfe conditions
     * @return the changed copy
     */
    public Lbfgs withLineSearch(boolean value) {
        return new Lbfgs(learningRate, iterations, evaluations, gradientTolerance, changeTolerance, history, value);
    }

    @Override
    public Optimizer over(Scope scope, List<Parameter> parameters) {
        return new LbfgsOptimizer(this, parameters);
    }
}
