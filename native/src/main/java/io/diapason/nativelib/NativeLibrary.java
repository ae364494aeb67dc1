package io.diapason.nativelib;

import io.diapason.nativelib.generated.Kernels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/** The native library in this process: whether it can be used, and which instruction set it runs. */
public final class NativeLibrary {
    private NativeLibrary() {}

    /**
     * Loads the library, once; later calls return at once.
     *
     * @throws NativeLoadException when it is not there for this platform, cannot be loaded, has another ABI than this
     *     class, or {@code DIAPASON_ISA} asks for what this machine lacks
     */
    public static void load() {
        if (LibraryExtractor.resource() == null) {
            throw new NativeLoadException(
                    "native library: this build has none for " + Loader.getPlatform()
                            + "; build Diapason on this machine"
                            + " with mvn install, or add the artifact diapason-native of this platform",
                    null);
        }
        try {
            int abi = Kernels.dp_abi_version();
            if (abi != Kernels.DP_ABI_VERSION) {
                throw new NativeLoadException(
                        "native library: its ABI version must be " + Kernels.DP_ABI_VERSION + ", got " + abi
                                + "; use the same version of diapason-native and diapason-engine",
                        null);
            }
            if (Kernels.dp_isa_requested_invalid() != 0) {
                throw new NativeLoadException(
                        "native library: DIAPASON_ISA must name an instruction set of this machine ("
                                + String.join(", ", instructionSets()) + "), got " + System.getenv("DIAPASON_ISA"),
                        null);
            }
        } catch (LinkageError e) {
            // The extractor runs inside Kernels' static initialiser, which hides what it threw: asked again here, it
            // fails with its own sentence, or it is not what failed.
            LibraryExtractor.addFolderTo(new ArrayList<>());
            throw new NativeLoadException(
                    "native library: " + LibraryExtractor.FILE + " for " + Loader.getPlatform() + " cannot be loaded ("
                            + reason(e)
                            + "); it needs glibc and libstdc++, and a cache folder without noexec (diapason.cache)",
                    e);
        }
    }

    /** What the innermost failure said: a failed static initialiser has no message of its own. */
    private static @Nullable String reason(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure.getMessage() : reason(cause);
    }

    /**
     * Where the library that is in use lies.
     *
     * @return the file that this process loaded
     * @throws NativeLoadException as {@link #load}
     */
    public static Path file() {
        load();
        String loaded = Loader.getLoadedLibraries().get("jnidiapason");
        if (loaded == null) {
            throw new NativeLoadException(
                    "native library: it must be known where it was loaded from, got " + Loader.getLoadedLibraries(),
                    null);
        }
        return Path.of(loaded);
    }

    /**
     * The instruction sets that this machine can run, best last.
     *
     * @return names as {@code DIAPASON_ISA} takes them
     */
    public static List<String> instructionSets() {
        return java.util.stream.IntStream.of(Kernels.DP_ISA_PORTABLE, Kernels.DP_ISA_AVX2, Kernels.DP_ISA_AVX512)
                .filter(isa -> Kernels.dp_isa_supported(isa) != 0)
                .mapToObj(NativeLibrary::name)
                .toList();
    }

    /**
     * The instruction set in use.
     *
     * @return {@code portable}, {@code avx2} or {@code avx512}
     */
    public static String instructionSet() {
        return name(Kernels.dp_isa_current());
    }

    private static String name(int isa) {
        return isa == Kernels.DP_ISA_AVX512 ? "avx512" : isa == Kernels.DP_ISA_AVX2 ? "avx2" : "portable";
    }
}
