package io.diapason.op;

import io.diapason.tensor.Tensor;

/**
 * An operation with a gradient of its own, for users: where the derivative of a composition is not what is wanted, or
 * the values are computed in plain Java.
 *
 * <pre>{@code
 * record Step() implements CustomOp {                     // a step whose gradient is that of the identity
 *     public String name() { return "step"; }
 *     public Tensor forward(Tensor... in) { return Comparison.greater(in[0], 0).to(in[0].dtype()); }
 *     public Tensor[] vjp(Tensor[] in, Tensor out, Tensor upstream) { return new Tensor[] {upstream}; }
 * }
 * Tensor y = Autograd.apply(new Step(), x);
 * }</pre>
 */
public non-sealed interface CustomOp extends Op {
    /**
     * Computes the result. What happens inside is not remembered: the gradient is {@link #vjp} alone.
     *
     * @param inputs the operands
     * @return the result, owned by the innermost open scope
     */
    Tensor forward(Tensor... inputs);
}
