package io.diapason.optim;

import io.diapason.autograd.Gradients;
import io.diapason.nn.Parameter;
import io.diapason.op.Update;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Keeps gradients from being too long, in place, between {@code backward()} and the optimiser's step. */
public final class GradientClip {
    private GradientClip() {}

    /**
     * Scales the gradients of some parameters so that their joint Euclidean norm is at most a limit: times
     * {@code min(1, limit / (norm + 1e-6))}. Source: Pascanu, Mikolov and Bengio 2013, ICML, algorithm 1; PyTorch's
     * {@code clip_grad_norm_}.
     *
     * <p>A NaN among the gradients makes all of them NaN, so that the loss will tell; an infinite one makes the finite
     * ones 0 and itself NaN. (So does PyTorch.) Whoever wants to leave the step out looks at the returned norm.
     *
     * @param gradients changed
     * @param parameters whose gradients count; those without one do not
     * @param limit of the norm, above 0
     * @return the norm before, NaN or infinite where a gradient is
     * @throws IllegalArgumentException when the limit is out of its range
     */
    public static double byNorm(Gradients gradients, Collection<Parameter> parameters, double limit) {
        try (Scope temporaries = Scope.open()) {
            return Math.sqrt(scaleToNorm(gradients, parameters, limit).item());
        }
    }

    /**
     * As {@link #byNorm}, without looking at the norm: for training steps that are recorded.
     *
     * @param gradients changed
     * @param parameters whose gradients count; those without one do not
     * @param limit of the norm, above 0
     * @return the square of the norm before, float64 {@code []}, owned by the innermost open scope
     * @throws IllegalArgumentException when the limit is out of its range
     */
    public static Tensor scaleToNorm(Gradients gradients, Collection<Parameter> parameters, double limit) {
        Ranges.positive("clip", "the limit of the norm", limit);
        Tensor squares = squares(of(gradients, parameters));
        of(gradients, parameters).forEach(gradient -> Update.scaleToNorm(limit, squares, gradient));
        return squares;
    }

    /**
     * Moves every element of the gradients of some parameters into [−limit, limit]; NaN stays NaN. PyTorch's
     * {@code clip_grad_value_}.
     *
     * @param gradients changed
     * @param parameters whose gradients count; those without one do not
     * @param limit of an element, above 0
     * @throws IllegalArgumentException when the limit is out of its range
     */
    public static void byValue(Gradients gradients, Collection<Parameter> parameters, double limit) {
        Ranges.positive("clip", "the limit of a value", limit);
        of(gradients, parameters).forEach(gradient -> Update.clamp(-limit, limit, gradient));
    }

    /**
     * The joint Euclidean norm of the gradients of some parameters: {@code √Σg²}. The squares of finite gradients never
     * overflow: where they would in float32 they are summed in float64.
     *
     * @param gradients read
     * @param parameters whose gradients count; those without one do not
     * @return at least 0, NaN or infinite where a gradient is
     */
    public static double norm(Gradients gradients, Collection<Parameter> parameters) {
        try (Scope temporaries = Scope.open()) {
            return Math.sqrt(squares(of(gradients, parameters)).item());
        }
    }

    private static Tensor squares(List<Tensor> gradients) {
        Tensor sum = Scope.current().zeros(DType.FLOAT64, Shape.scalar());
        gradients.forEach(gradient -> Update.addSquares(gradient, sum));
        return sum;
    }

    private static List<Tensor> of(Gradients gradients, Collection<Parameter> parameters) {
        List<Tensor> leaves = new ArrayList<>();
        parameters.forEach(parameter -> leaves.add(parameter.value()));
        return gradients.of(leaves);
    }
}
