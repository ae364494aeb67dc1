package io.diapason.benchmarks;

import io.diapason.benchmarks.guard.Memory;
import io.diapason.nativelib.NativeLibrary;
import io.diapason.nativelib.generated.Kernels;
import org.bytedeco.javacpp.FloatPointer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * Time of one product of matrices by the native kernel alone, in us: {@code C[m, n] = op(A) op(B)}, k between. The
 * defaults are the second layer of shape B of {@link Step}, forward (NN) and, with other sizes, its gradients (TN, NT).
 */
public class Gemm extends EngineBenchmark {
    /** Whether A and B lie transposed: {@code NN}, {@code TN} or {@code NT}. */
    @Param({"NN", "TN", "NT"})
    String transpose;

    /** Rows of C. */
    @Param("64")
    int m;

    /** Columns of C. */
    @Param("128")
    int n;

    /** Terms of a sum. */
    @Param("128")
    int k;

    private final Memory memory = new Memory();
    private int transposeA;
    private int transposeB;
    private FloatPointer a;
    private FloatPointer b;
    private FloatPointer c;

    /** A benchmark without data. */
    public Gemm() {}

    /** Makes the matrices. */
    @Setup
    public void setup() {
        NativeLibrary.load();
        transposeA = transpose.charAt(0) == 'T' ? 1 : 0;
        transposeB = transpose.charAt(1) == 'T' ? 1 : 0;
        a = memory.floats((long) m * k);
        b = memory.floats((long) k * n);
        c = memory.floats((long) m * n);
    }

    /** Frees the matrices. */
    @TearDown
    public void free() {
        memory.close();
    }

    /**
     * One product.
     *
     * @return the kernel's status
     */
    @Benchmark
    public int multiply() {
        return Kernels.dp_gemm(Kernels.DP_FLOAT32, 1, transposeA, transposeB, m, n, k, a, 0, b, 0, null, 0, c);
    }

    static Work work(BenchmarkParams params) {
        return Work.flops(2.0
                * Integer.parseInt(params.getParam("m"))
                * Integer.parseInt(params.getParam("n"))
                * Integer.parseInt(params.getParam("k")));
    }
}
