package io.diapason.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diapason.tuner.study.Cancellation;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class InterruptsTest {
    @TempDir
    private Path folder;

    private Process child;

    @Test
    void firstCtrlCStopsTheSearchAndTheSecondEndsTheProcess() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        Cancellation cancellation = new Cancellation();
        AtomicInteger ended = new AtomicInteger();
        Interrupts interrupts = new Interrupts(cancellation, new Console(stream, stream), ended::incrementAndGet);
        assertFalse(cancellation.isCancelled());
        interrupts.interrupt();
        assertTrue(cancellation.isCancelled());
        assertEquals(0, ended.get());
        interrupts.interrupt();
        assertEquals(1, ended.get());
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("note: stopping: "));
    }

    /**
     * Starts a search without an end in a process of its own; the signal's default action is restored, as Maven may
     * ignore it.
     */
    private Process endlessSearch(Path model, String... more) throws IOException {
        boolean canReset = new ProcessBuilder("env", "--default-signal=INT", "true")
                        .redirectErrorStream(true)
                        .start()
                        .onExit()
                        .join()
                        .exitValue()
                == 0;
        assumeTrue(canReset, "env --default-signal is missing, so Ctrl-C cannot be tried: coreutils before 8.31");
        List<String> command = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT",
                System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.diapason.cli.Main",
                "tune",
                Cli.WINE.toString(),
                "--target",
                "cultivar",
                "--trials",
                "1000000",
                "--workers",
                "1",
                "--model",
                model.toString()));
        command.addAll(List.of(more));
        child = new ProcessBuilder(command).start();
        return child;
    }

    /** Whatever a test waited for in vain, its process ends with it. */
    @AfterEach
    void endChild() {
        if (child != null) {
            child.destroyForcibly();
        }
    }

    private static void interrupt(Process process) throws IOException {
        assertEquals(
                0,
                new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                        .start()
                        .onExit()
                        .join()
                        .exitValue());
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void ctrlCSavesTheBestOfWhatFinished() throws Exception {
        Path model = folder.resolve("m.diapason");
        Process process = endlessSearch(model, "--epochs", "2", "--json");
        try (BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
            // The first line of progress after the start comes after five seconds of finished trials.
            while (!String.valueOf(err.readLine()).startsWith("trial ")) {
                assertTrue(process.isAlive(), "the search ended by itself");
            }
            interrupt(process);
            String rest = String.join("\n", err.lines().toList());
            assertTrue(process.waitFor(30, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue(), rest);
            assertTrue(rest.contains("note: stopping: the best trial so far is trained again"), rest);
            assertTrue(rest.contains("note: the search was stopped before trial "), rest);
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(out.contains("\"task\":\"classification\""), out);
        } finally {
            process.destroyForcibly();
        }
        assertTrue(Files.size(model) > 0);
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void ctrlCBeforeAnyTrialHasFinishedEndsWith130AndNoModel() throws Exception {
        Path model = folder.resolve("m.diapason");
        Process process = endlessSearch(model, "--epochs", "1000000", "--patience", "0");
        try (BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
            while (!String.valueOf(err.readLine()).startsWith("trial 0/1000000, no ")) {
                assertTrue(process.isAlive(), "the search ended by itself");
            }
            interrupt(process);
            String rest = String.join("\n", err.lines().toList());
            assertTrue(process.waitFor(30, TimeUnit.SECONDS));
            assertEquals(130, process.exitValue(), rest);
            assertTrue(
                    rest.endsWith(
                            "diapason: search: broken off by Ctrl-C before a trial had finished, so there is no model"),
                    rest);
        } finally {
            process.destroyForcibly();
        }
        assertFalse(Files.exists(model));
    }
}
