package io.diapason.parity.torch;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongArrayRef;
import org.bytedeco.pytorch.LongArrayRefOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** libtorch's operations, named as there. */
public final class Torch {
    private Torch() {}

    /** Where tensors live until it is closed; one thread, as ours. */
    public static PointerScope scope() {
        torch.set_num_threads(1);
        return new PointerScope();
    }

    // ---- elementwise

    public static TorchTensor neg(TorchTensor x) {
        return new TorchTensor(torch.negative(x.value()));
    }

    public static TorchTensor abs(TorchTensor x) {
        return new TorchTensor(torch.abs(x.value()));
    }

    public static TorchTensor sign(TorchTensor x) {
        return new TorchTensor(torch.sign(x.value()));
    }

    public static TorchTensor square(TorchTensor x) {
        return new TorchTensor(torch.square(x.value()));
    }

    public static TorchTensor sqrt(TorchTensor x) {
        return new TorchTensor(torch.sqrt(x.value()));
    }

    public static TorchTensor reciprocal(TorchTensor x) {
        return new TorchTensor(torch.reciprocal(x.value()));
    }

    public static TorchTensor exp(TorchTensor x) {
        return new TorchTensor(torch.exp(x.value()));
    }

    public static TorchTensor expm1(TorchTensor x) {
        return new TorchTensor(torch.expm1(x.value()));
    }

    public static TorchTensor log(TorchTensor x) {
        return new TorchTensor(torch.log(x.value()));
    }

    public static TorchTensor log1p(TorchTensor x) {
        return new TorchTensor(torch.log1p(x.value()));
    }

    public static TorchTensor sin(TorchTensor x) {
        return new TorchTensor(torch.sin(x.value()));
    }

    public static TorchTensor cos(TorchTensor x) {
        return new TorchTensor(torch.cos(x.value()));
    }

    public static TorchTensor erf(TorchTensor x) {
        return new TorchTensor(torch.erf(x.value()));
    }

    public static TorchTensor relu(TorchTensor x) {
        return new TorchTensor(torch.relu(x.value()));
    }

    public static TorchTensor tanh(TorchTensor x) {
        return new TorchTensor(torch.tanh(x.value()));
    }

    public static TorchTensor gelu(TorchTensor x) {
        return new TorchTensor(torch.gelu(x.value()));
    }

    public static TorchTensor sigmoid(TorchTensor x) {
        return new TorchTensor(torch.sigmoid(x.value()));
    }

    /** With PyTorch's threshold of 20, above which it is x itself. */
    public static TorchTensor softplusByDefault(TorchTensor x) {
        return new TorchTensor(torch.softplus(x.value()));
    }

    /** With a threshold so high that float64, too, is exact; PyTorch's default of 20 is not. */
    public static TorchTensor softplus(TorchTensor x) {
        return new TorchTensor(torch.softplus(x.value(), new Scalar(1.0), new Scalar(40.0)));
    }

    public static TorchTensor silu(TorchTensor x) {
        return new TorchTensor(torch.silu(x.value()));
    }

    public static TorchTensor mish(TorchTensor x) {
        return new TorchTensor(torch.mish(x.value()));
    }

    public static TorchTensor selu(TorchTensor x) {
        return new TorchTensor(torch.selu(x.value()));
    }

    public static TorchTensor leakyRelu(TorchTensor x, double slope) {
        return new TorchTensor(torch.leaky_relu(x.value(), new Scalar(slope)));
    }

    public static TorchTensor elu(TorchTensor x, double alpha) {
        return new TorchTensor(torch.elu(x.value(), new Scalar(alpha), new Scalar(1.0), new Scalar(1.0)));
    }

    public static TorchTensor pow(TorchTensor x, double exponent) {
        return new TorchTensor(torch.pow(x.value(), new Scalar(exponent)));
    }

    public static TorchTensor clamp(TorchTensor x, double low, double high) {
        return new TorchTensor(
                torch.clamp(x.value(), new ScalarOptional(new Scalar(low)), new ScalarOptional(new Scalar(high))));
    }

    // ---- arithmetic

    public static TorchTensor add(TorchTensor a, TorchTensor b) {
        return new TorchTensor(torch.add(a.value(), b.value()));
    }

    public static TorchTensor add(TorchTensor a, double b) {
        return new TorchTensor(torch.add(a.value(), new Scalar(b)));
    }

    public static TorchTensor sub(TorchTensor a, TorchTensor b) {
        return new TorchTensor(torch.sub(a.value(), b.value()));
    }

    public static TorchTensor mul(TorchTensor a, TorchTensor b) {
        return new TorchTensor(torch.mul(a.value(), b.value()));
    }

    public static TorchTensor mul(TorchTensor a, double b) {
        return new TorchTensor(torch.mul(a.value(), new Scalar(b)));
    }

    public static TorchTensor div(TorchTensor a, TorchTensor b) {
        return new TorchTensor(torch.div(a.value(), b.value()));
    }

    public static TorchTensor div(TorchTensor a, double b) {
        return new TorchTensor(torch.div(a.value(), new Scalar(b)));
    }

    public static TorchTensor pow(TorchTensor a, TorchTensor b) {
        return new TorchTensor(torch.pow(a.value(), b.value()));
    }

    public static TorchTensor maximum(TorchTensor a, TorchTensor b) {
        return new TorchTensor(torch.maximum(a.value(), b.value()));
    }

    public static TorchTensor minimum(TorchTensor a, TorchTensor b) {
        return new TorchTensor(torch.minimum(a.value(), b.value()));
    }

    // ---- comparison, logic, choice

    public static TorchTensor eq(TorchTensor a, TorchTensor b) {
        return new TorchTensor(torch.eq(a.value(), b.value()));
    }

    public static TorchTensor ne(TorchTensor a, TorchTensor b) {
        return new TorchTensor(torch.ne(a.value(), b.value()));
    }

    public static TorchTensor lt(TorchTensor a, TorchTensor b) {
        return new TorchTensor(torch.lt(a.value(), b.value()));
    }

    public static TorchTensor le(TorchTensor a, TorchTensor b) {
        return new TorchTensor(torch.le(a.value(), b.value()));
    }

    public static TorchTensor gt(TorchTensor a, TorchTensor b) {
        return new TorchTensor(torch.gt(a.value(), b.value()));
    }

    public static TorchTensor ge(TorchTensor a, TorchTensor b) {
        return new TorchTensor(torch.ge(a.value(), b.value()));
    }

    public static TorchTensor eq(TorchTensor a, double b) {
        return new TorchTensor(torch.eq(a.value(), new Scalar(b)));
    }

    public static TorchTensor ne(TorchTensor a, double b) {
        return new TorchTensor(torch.ne(a.value(), new Scalar(b)));
    }

    public static TorchTensor lt(TorchTensor a, double b) {
        return new TorchTensor(torch.lt(a.value(), new Scalar(b)));
    }

    public static TorchTensor le(TorchTensor a, double b) {
        return new TorchTensor(torch.le(a.value(), new Scalar(b)));
    }

    public static TorchTensor gt(TorchTensor a, double b) {
        return new TorchTensor(torch.gt(a.value(), new Scalar(b)));
    }

    public static TorchTensor ge(TorchTensor a, double b) {
        return new TorchTensor(torch.ge(a.value(), new Scalar(b)));
    }

    public static TorchTensor logicalAnd(TorchTensor a, TorchTensor b) {
        return new TorchTensor(torch.logical_and(a.value(), b.value()));
    }

    public static TorchTensor logicalOr(TorchTensor a, TorchTensor b) {
        return new TorchTensor(torch.logical_or(a.value(), b.value()));
    }

    public static TorchTensor logicalNot(TorchTensor a) {
        return new TorchTensor(torch.logical_not(a.value()));
    }

    public static TorchTensor where(TorchTensor condition, TorchTensor a, TorchTensor b) {
        return new TorchTensor(torch.where(condition.value(), a.value(), b.value()));
    }

    // ---- matrices

    public static TorchTensor matmul(TorchTensor a, TorchTensor b) {
        return new TorchTensor(torch.matmul(a.value(), b.value()));
    }

    /** {@code x·weight + bias}, weight {@code [in, out]}, by {@code torch.linear} of its transpose. */
    public static TorchTensor linear(TorchTensor x, TorchTensor weight, TorchTensor bias) {
        return new TorchTensor(torch.linear(x.value(), weight.value().transpose(0, 1), bias.value()));
    }

    /** {@code x·weight}, weight {@code [in, out]}, by {@code torch.linear} of its transpose. */
    public static TorchTensor linear(TorchTensor x, TorchTensor weight) {
        return new TorchTensor(torch.linear(x.value(), weight.value().transpose(0, 1)));
    }

    // ---- indices

    public static TorchTensor indexSelect(TorchTensor x, int axis, TorchTensor index) {
        return new TorchTensor(torch.index_select(x.value(), axis, index.value()));
    }

    public static TorchTensor gather(TorchTensor x, int axis, TorchTensor index) {
        return new TorchTensor(torch.gather(x.value(), axis, index.value()));
    }

    public static TorchTensor cat(int axis, TorchTensor... parts) {
        return new TorchTensor(torch.cat(vector(Arrays.asList(parts)), axis));
    }

    public static TorchTensor stack(int axis, TorchTensor... parts) {
        return new TorchTensor(torch.stack(vector(Arrays.asList(parts)), axis));
    }

    public static TorchTensor oneHot(TorchTensor index, int classes) {
        return new TorchTensor(torch.one_hot(index.value(), classes));
    }

    // ---- softmax

    public static TorchTensor softmax(TorchTensor x, int axis) {
        return new TorchTensor(torch.softmax(x.value(), axis, new ScalarTypeOptional()));
    }

    public static TorchTensor logSoftmax(TorchTensor x, int axis) {
        return new TorchTensor(torch.log_softmax(x.value(), axis, new ScalarTypeOptional()));
    }

    // ---- reductions over some axes; an empty list of axes stands for all

    public static TorchTensor sum(TorchTensor x, boolean keepDims, int... axes) {
        return new TorchTensor(torch.sum(x.value(), all(x, axes), keepDims, new ScalarTypeOptional()));
    }

    public static TorchTensor mean(TorchTensor x, boolean keepDims, int... axes) {
        return new TorchTensor(torch.mean(x.value(), all(x, axes), keepDims, new ScalarTypeOptional()));
    }

    public static TorchTensor amax(TorchTensor x, boolean keepDims, int... axes) {
        return new TorchTensor(torch.amax(x.value(), all(x, axes), keepDims));
    }

    /** {@code torch.max(x, dim).values}. */
    public static TorchTensor maxAlong(TorchTensor x, int axis) {
        return new TorchTensor(torch.max(x.value(), (long) axis).get0());
    }

    public static TorchTensor amin(TorchTensor x, boolean keepDims, int... axes) {
        return new TorchTensor(torch.amin(x.value(), all(x, axes), keepDims));
    }

    public static TorchTensor logsumexp(TorchTensor x, boolean keepDims, int... axes) {
        return new TorchTensor(torch.logsumexp(x.value(), all(x, axes), keepDims));
    }

    public static TorchTensor var(TorchTensor x, double correction, boolean keepDims, int... axes) {
        long[] every = all(x, axes);
        return new TorchTensor(torch.var(
                x.value(),
                new LongArrayRefOptional(new LongArrayRef(new LongPointer(every), every.length)),
                new ScalarOptional(new Scalar(correction)),
                keepDims));
    }

    /** The Euclidean norm. */
    public static TorchTensor norm(TorchTensor x, boolean keepDims, int... axes) {
        return new TorchTensor(
                torch.linalg_vector_norm(x.value(), new Scalar(2.0), all(x, axes), keepDims, new ScalarTypeOptional()));
    }

    public static TorchTensor any(TorchTensor x, boolean keepDims, int... axes) {
        return new TorchTensor(torch.any(x.value(), all(x, axes), keepDims));
    }

    public static TorchTensor all(TorchTensor x, boolean keepDims, int... axes) {
        return new TorchTensor(torch.all(x.value(), all(x, axes), keepDims));
    }

    public static TorchTensor argmax(TorchTensor x, boolean keepDims, int... axis) {
        return new TorchTensor(torch.argmax(x.value(), optional(axis), keepDims));
    }

    public static TorchTensor argmin(TorchTensor x, boolean keepDims, int... axis) {
        return new TorchTensor(torch.argmin(x.value(), optional(axis), keepDims));
    }

    static TensorVector vector(List<TorchTensor> tensors) {
        return new TensorVector(tensors.stream().map(TorchTensor::value).toArray(Tensor[]::new));
    }

    private static LongOptional optional(int... axis) {
        return axis.length == 0 ? new LongOptional() : new LongOptional(axis[0]);
    }

    private static long[] all(TorchTensor x, int... axes) {
        if (axes.length > 0) {
            return TorchTensor.longs(axes);
        }
        long[] every = new long[(int) x.value().dim()];
        Arrays.setAll(every, axis -> axis);
        return every;
    }
}
