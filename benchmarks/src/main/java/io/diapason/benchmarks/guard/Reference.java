package io.diapason.benchmarks.guard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.annotation.Cast;
import org.bytedeco.javacpp.annotation.Const;
import org.bytedeco.javacpp.annotation.NoException;
import org.bytedeco.javacpp.annotation.Platform;

/** The functions of {@code reference.h}, which says what they do. */
@Platform(include = "reference.h", compiler = "cpp17", library = "jnireference")
@NoException
public final class Reference {
    static {
        load();
    }

    private Reference() {}

    /**
     * From a file of this process alone. JavaCPP's own cache would tell libraries apart by size and date, which of two
     * builds are the same.
     */
    private static void load() {
        String resource = Loader.getPlatform() + "/libjnireference.so";
        try (InputStream library = Reference.class.getResourceAsStream(resource)) {
            if (library == null) {
                throw new UnsatisfiedLinkError("reference kernels: this build must have " + resource + ", got none");
            }
            Path file = Files.createTempFile("diapason-reference", ".so");
            try {
                Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
                System.load(file.toString());
            } finally {
                Files.delete(file); // what is mapped stays
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // The names are the header's, by which JavaCPP finds them.

    static native void reference_gemm(
            int isa,
            int transposeA,
            long m,
            long n,
            long k,
            @Const FloatPointer a,
            @Const FloatPointer b,
            FloatPointer c);

    static native void reference_relu(int isa, long n, @Const FloatPointer x, FloatPointer y);

    static native void reference_relu_backward(
            int isa, long n, @Const FloatPointer x, @Const FloatPointer dy, FloatPointer dx);

    static native void reference_tanh(int isa, long n, @Const FloatPointer x, FloatPointer y);

    static native void reference_gelu(int isa, long n, @Const FloatPointer x, FloatPointer y);

    static native void reference_dropout(
            int isa,
            long n,
            @Cast("uint32_t") int threshold,
            float floor,
            float scale,
            @Cast("uint64_t") long seed,
            @Cast("uint64_t") long stream,
            @Const FloatPointer x,
            FloatPointer y);

    static native void reference_dropout_kept(
            int isa,
            long n,
            float scale,
            @Cast("const uint8_t*") BytePointer kept,
            @Const FloatPointer x,
            FloatPointer y);

    static native float reference_cross_entropy(
            int isa,
            long rows,
            @Const FloatPointer logits,
            @Cast("const int64_t*") LongPointer targets,
            FloatPointer dlogits);

    static native void reference_adam(
            int isa,
            long n,
            FloatPointer p,
            @Const FloatPointer g,
            FloatPointer m,
            FloatPointer v,
            float stepSize,
            float beta1,
            float beta2,
            float inverseCorrection,
            float epsilon);

    static native void reference_sgd(
            int isa,
            long n,
            FloatPointer p,
            @Const FloatPointer g,
            FloatPointer velocity,
            float learningRate,
            float momentum);

    static native void reference_gather(
            int isa,
            long rows,
            long columns,
            @Cast("const int64_t*") LongPointer index,
            @Const FloatPointer x,
            FloatPointer y);

    static native void reference_sum_rows(int isa, long rows, long columns, @Const FloatPointer x, FloatPointer y);

    static native double reference_peak(int isa, long repetitions, float factor, FloatPointer out);

    /**
     * What one core does of multiply-adds in single precision, with everything in registers: the best of some calls of
     * a few tenths of a millisecond.
     *
     * @param isa an instruction set by its code in {@code diapason.h}
     * @return 10⁹ floating point operations a second
     */
    public static double peakGflops(int isa) {
        try (FloatPointer out = new FloatPointer(new float[64])) {
            double best = 0;
            for (int call = 0; call < 100; call++) {
                long start = System.nanoTime();
                double operations = reference_peak(isa, 50_000, 0.5f, out);
                best = Math.max(best, operations / (System.nanoTime() - start));
            }
            return best;
        }
    }
}
