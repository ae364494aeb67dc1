package io.diapason.nativelib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The kernels' own C++ tests under AddressSanitizer and UndefinedBehaviorSanitizer. What was built stays in the target
 * folder, so that only the first run after a change of the kernels takes the compiler's minute.
 */
class SanitizerTest {
    @Test
    void theKernelsPassTheirTestsUnderTheSanitizers() throws Exception {
        Path build = Path.of("target", "native-sanitized").toAbsolutePath();
        Path log = Files.createDirectories(build).resolve("output.txt");
        ProcessBuilder tests = new ProcessBuilder("sh", "src/test/cpp/run.sh", build.toString(), "sanitize")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        if (Draws.FULL) {
            tests.environment().put("DIAPASON_TEST_FULL", "1");
        }
        Process process = tests.start();
        boolean ended = process.waitFor(9, TimeUnit.MINUTES);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        String output = Files.readString(log, StandardCharsets.UTF_8).strip();
        assertTrue(ended, "the tests must end within 9 minutes:\n" + output);
        assertEquals(0, process.exitValue(), output);
        String lastLine = output.substring(output.lastIndexOf('\n') + 1);
        Matcher totals = Pattern.compile("([0-9]+) passed, ([0-9]+) failed").matcher(lastLine);
        assertTrue(totals.matches(), "the last line must give the totals:\n" + output);
        assertTrue(Integer.parseInt(totals.group(1)) > 0, output);
        assertEquals(0, Integer.parseInt(totals.group(2)), output);
    }
}
