package io.diapason.backend;

import io.diapason.tensor.Tensor;

/**
 * A device's kernels of elements. Operands may have any layout; their shape broadcasts to that of the output, which is
 * dense unless a method says otherwise.
 */
public interface ElementKernels {
    /**
     * y = value.
     *
     * @param value every element
     * @param y output, dense
     */
    void fill(double value, Tensor y);

    /**
     * y = x, element by element.
     *
     * @param x any layout
     * @param y of the same type and shape; any layout that repeats nothing
     */
    void assign(Tensor x, Tensor y);

    /**
     * y = x as another type.
     *
     * @param x input
     * @param y output of another type
     */
    void convert(Tensor x, Tensor y);

    /**
     * y = f(x).
     *
     * @param code DP_RELU and the like
     * @param alpha first number of the function, where it has one
     * @param beta second number of the function, where it has one
     * @param x input
     * @param y output
     */
    void unary(int code, double alpha, double beta, Tensor x, Tensor y);

    /**
     * y = a op b.
     *
     * @param code DP_ADD and the like
     * @param a left operand
     * @param b right operand
     * @param y output
     * @throws ArithmeticException when an integer is divided by 0
     */
    void binary(int code, Tensor a, Tensor b, Tensor y);

    /**
     * y = a op b.
     *
     * @param code DP_LESS and the like
     * @param a left operand
     * @param b right operand
     * @param y output, bool
     */
    void compare(int code, Tensor a, Tensor b, Tensor y);

    /**
     * y = condition ? a : b.
     *
     * @param condition bool
     * @param a where true
     * @param b where false
     * @param y output
     */
    void select(Tensor condition, Tensor a, Tensor b, Tensor y);

    // ---- in place, dense

    /**
     * y += x.
     *
     * @param x of y's type and shape, any layout
     * @param y changed, dense
     */
    void add(Tensor x, Tensor y);

    /**
     * y ·= factor.
     *
     * @param factor a number
     * @param y changed, dense
     */
    void scale(double factor, Tensor y);

    // ---- dense

    /**
     * dx = dy · f'(x).
     *
     * @param code DP_RELU and the like
     * @param alpha first number of the function
     * @param beta second number of the function
     * @param x the forward input
     * @param y the forward output
     * @param dy the gradient of y
     * @param dx output
     */
    void unaryBackward(int code, double alpha, double beta, Tensor x, Tensor y, Tensor dy, Tensor dx);
}
