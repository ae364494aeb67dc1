package io.diapason.nativelib;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diapason.nativelib.generated.Kernels;
import java.util.stream.Stream;

/** The instruction sets of {@code diapason.h}, for tests that run on each one that this machine has. */
enum Isa {
    PORTABLE(Kernels.DP_ISA_PORTABLE),
    AVX2(Kernels.DP_ISA_AVX2),
    AVX512(Kernels.DP_ISA_AVX512);

    private final int code;

    Isa(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Stream<Isa> supported() {
        return Stream.of(values()).filter(isa -> Kernels.dp_isa_supported(isa.code) == 1);
    }

    /** Makes this set the one in use until the result is closed, which brings back the one before. */
    Selection select() {
        int before = Kernels.dp_isa_current();
        assertEquals(Kernels.DP_OK, Kernels.dp_isa_select(code()));
        assertEquals(code(), Kernels.dp_isa_current());
        return () -> assertEquals(Kernels.DP_OK, Kernels.dp_isa_select(before));
    }

    /** Ends the use of a set. */
    interface Selection extends AutoCloseable {
        @Override
        void close();
    }
}
