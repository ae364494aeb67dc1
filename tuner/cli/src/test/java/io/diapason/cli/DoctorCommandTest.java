package io.diapason.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class DoctorCommandTest {
    /**
     * JDK 24 and newer warn, on the child's output, about native access that is not granted; older ones need nothing.
     */
    private static final String NATIVE_ACCESS =
            Runtime.version().feature() >= 24 ? "--enable-native-access=ALL-UNNAMED" : "-Xshare:auto";

    @Test
    void aHealthyMachineIsDescribed() {
        Cli.Result result = Cli.run("doctor", "--json");
        assertEquals(0, result.code(), result.err());
        JsonNode json = result.json();
        assertTrue(json.get("healthy").asBoolean());
        assertTrue(json.get("matmul_gflops").asDouble() > 0);
        assertTrue(Files.isRegularFile(Path.of(json.get("native_library").asString())));
        assertTrue(json.get("instruction_sets")
                .toString()
                .contains(json.get("instruction_set").toString()));
        assertEquals(
                Runtime.getRuntime().availableProcessors(), json.get("cores").asInt());
        Cli.Result text = Cli.run("doctor");
        assertEquals(0, text.code(), text.err());
        assertTrue(text.out().endsWith("\nall is well\n"), text.out());
        assertTrue(text.out().contains(" GF/s on one core: "), text.out());
    }

    @Test
    void aLibraryThatRefusesItsInstructionSetIsReportedWithWhatHelps() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC",
                NATIVE_ACCESS,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.diapason.cli.Main",
                "doctor");
        builder.environment().put("DIAPASON_ISA", "abacus");
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, process.waitFor(), err);
        assertTrue(out.contains("library   BROKEN: see below\n") && out.endsWith("1 problem:\n"), out);
        assertTrue(
                err.startsWith("diapason: native library: DIAPASON_ISA must name an instruction set of this machine"),
                err);
        assertTrue(err.endsWith("got abacus\n"), err);
    }

    @Test
    void aLibraryThatCannotBeExtractedIsReportedWithWhatHelps() throws Exception {
        // From classes the library is used where it lies, so a jar of it is made, as users have.
        Path folder = Files.createTempDirectory("diapason-doctor");
        Path jar = folder.resolve("native.jar");
        Path classes = Path.of(io.diapason.nativelib.NativeLibrary.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        if (Files.isDirectory(classes)) {
            assertEquals(
                    0,
                    java.util.spi.ToolProvider.findFirst("jar")
                            .orElseThrow()
                            .run(System.out, System.err, "cf", jar.toString(), "-C", classes.toString(), "."));
            path = jar + java.io.File.pathSeparator + path;
        }
        ProcessBuilder builder = new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC",
                NATIVE_ACCESS,
                "-Djava.io.tmpdir=/proc/none",
                "-Ddiapason.cache=/proc/none",
                "-cp",
                path,
                "io.diapason.cli.Main",
                "doctor");
        Process process = builder.start();
        process.getInputStream().readAllBytes();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, process.waitFor(), err);
        assertTrue(
                err.contains("diapason: native library: it must be extracted once, but no folder could be written ("),
                err);
        assertTrue(err.endsWith("; name one with -Ddiapason.cache=FOLDER or DIAPASON_CACHE\n"), err);
        Files.deleteIfExists(jar);
        Files.delete(folder);
    }
}
