package io.diapason.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void allIsEveryBenchmark() {
        Options options = Options.of(List.of("all", "--data", "digits.csv", "--json", "out.json"));

        assertEquals(List.of("steps", "gemm", "job", "guard"), options.names());
        assertEquals(Path.of("out.json"), options.json());
    }

    @Test
    void chosenLinesOfStepsAreRun() {
        Options options = Options.of(List.of("steps", "--only", "A,C-no-dropout", "--rounds", "2"));

        assertEquals(
                List.of("A", "C-no-dropout"),
                options.lines().stream().map(Steps.Line::name).toList());
        assertEquals(2, options.rounds(5));
    }

    @Test
    void wrongArgumentsAreSentences() {
        assertRefused("got samplers", "samplers");
        assertRefused("got none", "--json", "x");
        assertRefused("--rounds: must be", "steps", "--rounds", "0");
        assertRefused("--only: must be of A, B", "steps", "--only", "Z");
        assertRefused("must be followed by a value", "steps", "--json");
        assertRefused("an option must be", "steps", "--fast", "1");
    }

    private static void assertRefused(String part, String... arguments) {
        String message = assertThrows(UsageException.class, () -> Options.of(List.of(arguments)))
                .getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void theScriptRefusesBeforeItBuilds() throws IOException, InterruptedException {
        assertEquals(
                "benchmarks/run: a benchmark must be one of: steps gemm job guard all; got samplers\n",
                script("samplers"));
        assertEquals("benchmarks/run: a benchmark must be one of: steps gemm job guard all; got none\n", script());
        assertTrue(script("job").contains("got none; scikit-learn makes one"));
        assertTrue(script("job", "--data", "none.csv").contains("got none.csv; scikit-learn makes one"));
    }

    /** What the script says, which ends with 2. */
    private static String script(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", "run"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(2, process.waitFor(), output);
        return output;
    }
}
