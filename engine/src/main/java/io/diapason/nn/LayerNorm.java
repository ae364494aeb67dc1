package io.diapason.nn;

import io.diapason.op.Reduction;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Layer normalisation: {@code y = (x − mean) / √(variance + epsilon) · weight + bias}, mean and variance (with divisor
 * n) over the last axes of each row alone; {@code x […, shape]}, weight and bias {@code [shape]}.
 *
 * <p>Source: Ba, Kiros and Hinton 2016, «Layer normalization»; PyTorch's {@code nn.LayerNorm}.
 */
public final class LayerNorm implements Module {
    private static final String OP = "layerNorm";

    private final DType dtype;
    private final Shape shape;
    private final double epsilon;
    private final @Nullable Parameter weight;
    private final @Nullable Parameter bias;

    /**
     * A float32 layer over the last axis with PyTorch's defaults: epsilon 1e-5, weight and bias.
     *
     * @param scope owns its tensors
     * @param features the size of the last axis, at least 1
     */
    public LayerNorm(Scope scope, int features) {
        this(scope, DType.FLOAT32, Shape.of(features), 1e-5, true, true);
    }

    /**
     * A layer; the weight starts as 1, the bias as 0.
     *
     * @param scope owns its tensors
     * @param dtype float32 or float64
     * @param shape sizes of the last axes, at least one axis, each at least 1
     * @param epsilon added to the variance, at least 0
     * @param weight whether there is a weight
     * @param bias whether there is a bias; only where there is a weight
     * @throws IllegalArgumentException when the shape is that of a scalar or has an empty axis, epsilon or the type is
     *     out of its range, or there is a bias without a weight
     */
    public LayerNorm(Scope scope, DType dtype, Shape shape, double epsilon, boolean weight, boolean bias) {
        if (shape.rank() == 0) {
            throw new IllegalArgumentException("layerNorm: there must be an axis to normalise over, got none");
        }
        Check.sizes(OP, shape.sizes());
        Norms.requireEpsilon(OP, epsilon);
        Check.floats(OP, dtype);
        if (bias && !weight) {
            throw new IllegalArgumentException("layerNorm: a bias needs a weight beside it, got none");
        }
        this.dtype = dtype;
        this.shape = shape;
        this.epsilon = epsilon;
        this.weight = weight ? new Parameter("weight", scope.full(dtype, shape, 1), Parameter.Kind.NORM) : null;
        this.bias = bias ? new Parameter("bias", scope.zeros(dtype, shape), Parameter.Kind.NORM) : null;
    }

    /**
     * Normalises each row; training and inference are the same.
     *
     * @param x {@code […, shape]} of the layer's type
     * @param pass not used
     * @return of the same shape
     * @throws ShapeException when the input's last axes are others, or its type is another
     */
    @Override
    public Tensor forward(Tensor x, Pass pass) {
        requireInput(x);
        int[] axes = new int[shape.rank()];
        Arrays.setAll(axes, i -> i - shape.rank());
        Tensor mean = Reduction.mean(x, true, axes);
        Tensor variance = Reduction.variance(x, 0, true, axes);
        return Norms.normalise(
                x, mean, variance, epsilon, weight == null ? null : weight.value(), bias == null ? null : bias.value());
    }

    private void requireInput(Tensor x) {
        int[] sizes = x.shape().sizes();
        int from = sizes.length - shape.rank();
        if (from < 0 || !Arrays.equals(sizes, from, sizes.length, shape.sizes(), 0, shape.rank())) {
            throw new ShapeException(
                    OP, "the input's last axes must be " + shape, x.shape().toString());
        }
        Norms.requireType(OP, x, dtype);
    }

    @Override
    public Parts parts() {
        return Parts.none().and("weight", weight).and("bias", bias);
    }
}
