package io.diapason.benchmarks.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.benchmarks.measure.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FloorsTest {
    private static final Path COMMITTED = Path.of("guard-floors.txt");

    @Test
    void calibratedFloorsComeBackFromTheirFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("floors.txt");
        Floors.read(file)
                .calibrated("avx2", "Vendor-1-2", Map.of("adam", ratio(1.0)))
                .write(file);

        Floors floors = Floors.read(file);

        assertTrue(floors.knows("avx2", "Vendor-1-2"));
        assertFalse(floors.knows("avx512", "Vendor-1-2"));
        assertEquals(0.88, floors.floor("avx2", "Vendor-1-2", "adam").orElseThrow(), 1e-3);
    }

    @Test
    void aKernelMadeTwentyPerCentSlowerIsBelowItsFloor() {
        Floors floors = Floors.of(List.of()).calibrated("avx2", "Vendor-1-2", Map.of("adam", ratio(1.5)));

        assertTrue(1.5 / 1.2 < floors.floor("avx2", "Vendor-1-2", "adam").orElseThrow());
    }

    @Test
    void anotherProcessorTakesALowerFloorThanTheSlowestKind() {
        Floors floors = Floors.of(List.of())
                .calibrated("avx2", "Vendor-1-2", Map.of("adam", ratio(1.5)))
                .calibrated("avx2", "Vendor-1-3", Map.of("adam", ratio(1.0)));

        assertEquals(0.6, floors.floor("avx2", "Other-9-9", "adam").orElseThrow(), 1e-12);
        assertEquals(1.32, floors.floor("avx2", "Vendor-1-2", "adam").orElseThrow(), 1e-12);
    }

    @Test
    void calibratingAgainReplacesWhatWasMeasured() {
        Floors floors = Floors.of(List.of())
                .calibrated("avx2", "Vendor-1-2", Map.of("adam", ratio(1.5), "gone", ratio(1.0)))
                .calibrated("avx2", "Vendor-1-2", Map.of("adam", ratio(2.0)));

        assertEquals(1.76, floors.floor("avx2", "Vendor-1-2", "adam").orElseThrow(), 1e-12);
        assertEquals(OptionalDouble.empty(), floors.floor("avx2", "Vendor-1-2", "gone"));
    }

    @Test
    void aLineOfAnotherFormIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Floors.Floor.parse("avx2 adam 1.0"));
    }

    @Test
    void theCommittedTableHasEveryHotKernelOfEachSet() throws IOException {
        Floors floors = Floors.read(COMMITTED);

        assertTrue(Files.exists(COMMITTED));
        for (String set : List.of("portable", "avx2", "avx512")) {
            Arrays.stream(HotKernel.values())
                    .forEach(kernel -> assertTrue(
                            floors.floor(set, "Other-9-9", kernel.title()).orElse(0) > 0,
                            "a floor of " + kernel.title() + " for " + set));
        }
    }

    private static Summary ratio(double median) {
        return Summary.of(List.of(median));
    }
}
