package io.diapason.peers;

import static io.diapason.nativelib.generated.Kernels.DP_FLOAT32;
import static io.diapason.nativelib.generated.Kernels.DP_OK;
import static io.diapason.nativelib.generated.Kernels.dp_gemm;
import static io.diapason.nativelib.generated.Kernels.dp_isa_current;

import io.diapason.benchmarks.compare.ProductShape;
import io.diapason.benchmarks.guard.Memory;
import io.diapason.benchmarks.guard.Reference;
import io.diapason.benchmarks.measure.Answer;
import io.diapason.nativelib.NativeLibrary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.mkl.global.mkl_rt;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * Times products of matrices by our kernels, MKL and OpenBLAS in turns, over the same operands in one process:
 * {@code Products TURNS}.
 */
final class Products {
    private static final int ROW_MAJOR = 101;
    private static final int AS_IS = 111;
    private static final int TRANSPOSED = 112;
    private static final double TURN = 200_000; // ns

    private Products() {}

    public static void main(String[] arguments) {
        int turns = Integer.parseInt(arguments[0]);
        NativeLibrary.load();
        bind();
        Map<String, Object> answer = new LinkedHashMap<>();
        List<Double> peaks = new ArrayList<>();
        for (ProductShape shape : turns == 0 ? List.<ProductShape>of() : ProductShape.ALL) {
            answer.put(shape.name(), times(shape, turns));
            peaks.add(Reference.peakGflops(dp_isa_current()));
        }
        answer.put(
                "peak_gflops",
                peaks.stream().mapToDouble(Double::doubleValue).max().orElse(0));
        answer.put(
                "settings", List.of("kernels for " + NativeLibrary.instructionSet(), TorchSettings.mappedProducts()));
        Answer.print(answer);
        System.exit(0);
    }

    /**
     * Both libraries export {@code cblas_sgemm}, and MKL's preset makes its own global: a call by the other preset must
     * have been bound before. Whoever starts this sees by MKL_VERBOSE that of these two products MKL made the second
     * alone.
     */
    private static void bind() {
        try (Memory memory = new Memory()) {
            FloatPointer a = memory.floats(256);
            FloatPointer c = memory.floats(256);
            openblas_nolapack.cblas_sgemm(ROW_MAJOR, AS_IS, AS_IS, 11, 11, 11, 1, a, 11, a, 11, 0, c, 11);
            mkl_rt.cblas_sgemm(ROW_MAJOR, AS_IS, AS_IS, 13, 13, 13, 1, a, 13, a, 13, 0, c, 13);
        }
    }

    private static Map<String, List<Double>> times(ProductShape shape, int turns) {
        int m = shape.m();
        int n = shape.n();
        int k = shape.k();
        boolean ta = shape.transposeA();
        boolean tb = shape.transposeB();
        int opA = ta ? TRANSPOSED : AS_IS;
        int opB = tb ? TRANSPOSED : AS_IS;
        try (Memory memory = new Memory()) {
            FloatPointer a = memory.floats((long) m * k);
            FloatPointer b = memory.floats((long) k * n);
            FloatPointer c = memory.floats((long) m * n);
            Map<String, Runnable> contestants = new LinkedHashMap<>();
            contestants.put("ours", () -> {
                if (dp_gemm(DP_FLOAT32, 1, ta ? 1 : 0, tb ? 1 : 0, m, n, k, a, 0, b, 0, null, 0, c) != DP_OK) {
                    throw new IllegalStateException("products: ours must do its work");
                }
            });
            contestants.put(
                    "MKL",
                    () -> mkl_rt.cblas_sgemm(ROW_MAJOR, opA, opB, m, n, k, 1, a, ta ? m : k, b, tb ? k : n, 0, c, n));
            contestants.put(
                    "OpenBLAS",
                    () -> openblas_nolapack.cblas_sgemm(
                            ROW_MAJOR, opA, opB, m, n, k, 1, a, ta ? m : k, b, tb ? k : n, 0, c, n));
            Map<String, Integer> calls = new LinkedHashMap<>();
            Map<String, List<Double>> times = new LinkedHashMap<>();
            contestants.forEach((name, product) -> {
                calls.put(name, (int) Math.max(1, TURN / microseconds(product, 30) / 1e3));
                times.put(name, new ArrayList<>());
            });
            for (int turn = 0; turn < turns; turn++) {
                contestants.forEach((name, product) -> {
                    product.run();
                    times.computeIfAbsent(name, none -> new ArrayList<>())
                            .add(microseconds(product, calls.getOrDefault(name, 1)));
                });
            }
            return times;
        }
    }

    private static double microseconds(Runnable product, int calls) {
        long start = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            product.run();
        }
        return (System.nanoTime() - start) / 1e3 / calls;
    }
}
