package io.diapason.parity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code target/parity/report.md}: a row a family, whichever of them have run. */
final class Report {
    private Report() {}

    static void write(String family, String row) {
        Path folder = Path.of(System.getProperty("parity.report", "target/parity"));
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(family + ".row"), row + "\n");
            List<String> lines = new ArrayList<>(List.of(
                    "| family | cases | tensors | float32: error / allowance | of the largest entry | by libtorch's own error"
                            + " | float64: of the largest entry | by libtorch's digits |",
                    "|---|---:|---:|---:|---:|---:|---:|---:|"));
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(f -> f.toString().endsWith(".row"))
                        .sorted()
                        .toList()) {
                    lines.addAll(Files.readAllLines(file));
                }
            }
            Files.write(folder.resolve("report.md"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
