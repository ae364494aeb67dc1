package io.diapason.benchmarks;

import io.diapason.benchmarks.guard.Memory;
import io.diapason.nativelib.NativeLibrary;
import io.diapason.nativelib.generated.Kernels;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;

/** Time of an activation with dropout in one pass, as a replayed step has it, in us; and of its gradient. */
public class ActivationDropout extends EngineBenchmark {
    private static final float RATE = 0.2f;

    /** Functions that a replayed step joins with dropout. */
    public enum Joined {
        /** max(x, 0). */
        RELU(Kernels.DP_RELU),
        /** tanh. */
        TANH(Kernels.DP_TANH),
        /** The exact GELU. */
        GELU(Kernels.DP_GELU),
        /** x · sigmoid(x). */
        SILU(Kernels.DP_SILU),
        /** x · tanh(softplus(x)). */
        MISH(Kernels.DP_MISH);

        private final int code;

        Joined(int code) {
            this.code = code;
        }
    }

    /** Which function. */
    @Param
    Joined function;

    /** Elements of the operand. */
    @Param({"8192", "262144"})
    int elements;

    private final Memory memory = new Memory();
    private FloatPointer x;
    private FloatPointer activated;
    private FloatPointer y;
    private FloatPointer dx;
    private BytePointer kept;
    private long stream;

    /** A benchmark without data. */
    public ActivationDropout() {}

    /** Makes the operands, and a mask for the gradient. */
    @Setup
    public void setup() {
        NativeLibrary.load();
        x = memory.floats(elements);
        activated = memory.floats(elements);
        y = memory.floats(elements);
        dx = memory.floats(elements);
        kept = new BytePointer(memory.floats(elements / 32 + 1));
        forward();
    }

    /** Frees them. */
    @TearDown
    public void free() {
        memory.close();
    }

    /**
     * Activation and dropout with a fresh mask.
     *
     * @return the kernel's status
     */
    @Benchmark
    public int forward() {
        return Kernels.dp_activation_dropout(
                function.code, Kernels.DP_FLOAT32, 0, 0, elements, RATE, 1, stream++, x, activated, y, kept);
    }

    /**
     * The gradient, with the mask of the forward pass.
     *
     * @return the kernel's status
     */
    @Benchmark
    public int backward() {
        return Kernels.dp_activation_dropout_backward(
                function.code, Kernels.DP_FLOAT32, 0, 0, elements, RATE, kept, x, activated, y, dx);
    }

    static Work work(BenchmarkParams params) {
        return Work.elements(Integer.parseInt(params.getParam("elements")));
    }
}
