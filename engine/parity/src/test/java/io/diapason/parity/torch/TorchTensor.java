package io.diapason.parity.torch;

import io.diapason.tensor.DType;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** A tensor of libtorch. It lives until the {@link Torch#scope} that it was made in is closed. */
public record TorchTensor(Tensor value) {
    /** Numbers in float32 or float64. */
    public static TorchTensor of(DType dtype, double[] values, int... shape) {
        Tensor doubles = values.length == 0
                ? torch.empty(longs(shape)).to(torch.ScalarType.Double)
                : Tensor.create(values, longs(shape));
        return new TorchTensor(dtype == DType.FLOAT64 ? doubles : doubles.to(torch.ScalarType.Float));
    }

    /** Whole numbers, int64. */
    public static TorchTensor of(long[] values, int... shape) {
        return new TorchTensor(
                values.length == 0
                        ? torch.empty(longs(shape)).to(torch.ScalarType.Long)
                        : Tensor.create(values, longs(shape)));
    }

    /** Truth values. */
    public static TorchTensor of(boolean[] values, int... shape) {
        long[] numbers = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            numbers[i] = values[i] ? 1 : 0;
        }
        return new TorchTensor(of(numbers, shape).value.to(torch.ScalarType.Bool));
    }

    /** The sizes. */
    public int[] shape() {
        return ints(value.shape());
    }

    /** float32, float64, int64 or bool. */
    public DType dtype() {
        return switch (value.scalar_type().intern()) {
            case Float -> DType.FLOAT32;
            case Double -> DType.FLOAT64;
            case Long -> DType.INT64;
            case Bool -> DType.BOOL;
            default -> throw new IllegalStateException("no counterpart of " + value.scalar_type());
        };
    }

    /** The elements in row-major order; true is 1. */
    public double[] toDoubles() {
        double[] values = new double[(int) value.numel()];
        if (values.length > 0) {
            value.detach()
                    .to(torch.ScalarType.Double)
                    .contiguous()
                    .data_ptr_double()
                    .get(values);
        }
        return values;
    }

    /** The only element. */
    public double item() {
        return value.item().toDouble();
    }

    /** Makes this a leaf whose gradient {@link #backward} finds. */
    public TorchTensor requireGradient() {
        return new TorchTensor(value.requires_grad_(true));
    }

    /** Whether a gradient flows through this. */
    public boolean tracksGradient() {
        return value.requires_grad();
    }

    /** Finds the gradients of all leaves, given that of this tensor. */
    public void backward(TorchTensor upstream) {
        value.backward(upstream.value, new BoolOptional(), false, new TensorArrayRefOptional());
    }

    /** Finds the gradients of all leaves; of a scalar. */
    public void backward() {
        value.backward();
    }

    /** The gradient that {@link #backward} left here. */
    public @Nullable TorchTensor gradient() {
        Tensor gradient = value.grad();
        return gradient.defined() ? new TorchTensor(gradient) : null;
    }

    /** Makes {@link #gradient} zeros, where there is one. */
    public void clearGradient() {
        Tensor gradient = value.mutable_grad();
        if (gradient.defined()) {
            gradient.mul_(new Scalar(0.0));
        }
    }

    /** The same elements, untracked. */
    public TorchTensor detach() {
        return new TorchTensor(value.detach());
    }

    /** Rounded to another type, or widened. */
    public TorchTensor to(DType dtype) {
        return new TorchTensor(value.to(
                switch (dtype) {
                    case FLOAT32 -> torch.ScalarType.Float;
                    case FLOAT64 -> torch.ScalarType.Double;
                    case INT32 -> torch.ScalarType.Int;
                    case INT64 -> torch.ScalarType.Long;
                    case BOOL -> torch.ScalarType.Bool;
                }));
    }

    /** {@code Tensor.reshape}. */
    public TorchTensor reshape(int... sizes) {
        return new TorchTensor(value.reshape(longs(sizes)));
    }

    /** {@code Tensor.transpose}. */
    public TorchTensor transpose(int a, int b) {
        return new TorchTensor(value.transpose(a, b));
    }

    /** {@code Tensor.permute}. */
    public TorchTensor permute(int... axes) {
        return new TorchTensor(value.permute(longs(axes)));
    }

    /** {@code tensor[…, from:to:step, …]}. */
    public TorchTensor slice(int axis, int from, int to, int step) {
        return new TorchTensor(value.slice(axis, new LongOptional(from), new LongOptional(to), step));
    }

    /** {@code Tensor.select}. */
    public TorchTensor select(int axis, int index) {
        return new TorchTensor(value.select(axis, index));
    }

    /** {@code Tensor.expand}. */
    public TorchTensor expand(int... sizes) {
        return new TorchTensor(value.expand(longs(sizes)));
    }

    /** {@code Tensor.unsqueeze}. */
    public TorchTensor unsqueeze(int axis) {
        return new TorchTensor(value.unsqueeze(axis));
    }

    /** {@code Tensor.squeeze}. */
    public TorchTensor squeeze(int axis) {
        return new TorchTensor(value.squeeze((long) axis));
    }

    /** Overwrites the elements, outside any gradient. */
    public void assign(TorchTensor other) {
        value.detach().copy_(other.value);
    }

    /** Overwrites every element, outside any gradient. */
    public void fill(double number) {
        value.detach().mul_(new Scalar(0.0)).add_(new Scalar(number));
    }

    static long[] longs(int... numbers) {
        long[] longs = new long[numbers.length];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = numbers[i];
        }
        return longs;
    }

    private static int[] ints(long... numbers) {
        int[] ints = new int[numbers.length];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = Math.toIntExact(numbers[i]);
        }
        return ints;
    }
}
