package io.diapason.nativelib;

import io.diapason.nativelib.generated.Kernels;

/** A child JVM of {@link LibraryExtractorTest}: loads the library, computes once, and prints what it found. */
final class KernelProbe {
    private KernelProbe() {}

    public static void main(String[] arguments) {
        try {
            NativeLibrary.load();
        } catch (NativeLoadException e) {
            System.out.println("refused: " + e.getMessage());
            return;
        }
        Floats x = Floats.of(1, -2, 3);
        Floats sum = Floats.zeros(1);
        int status = FloatKernels.reduce(Kernels.DP_SUM_SQUARES, 3, x.pointer(), sum.pointer());
        System.out.println(
                "status " + status + ", sum of squares " + sum.values()[0] + ", set " + NativeLibrary.instructionSet());
    }
}
