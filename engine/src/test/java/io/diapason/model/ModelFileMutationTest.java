package io.diapason.model;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to a file, loading ends soon, in a model or in a sentence. */
class ModelFileMutationTest {
    private static final int MUTATIONS = Boolean.getBoolean("diapason.full") ? 50_000 : 2_000;

    @TempDir
    Path folder;

    @Test
    void aMutatedFileLoadsAsItWasOrIsRefused() {
        mutate(ModelFixtures.classifier(), false);
    }

    @Test
    void aFileWithMutatedEntriesLoadsOrIsRefused() {
        mutate(ModelFixtures.classifier(), true);
        mutate(ModelFixtures.normalised(), true);
    }

    private void mutate(TabularModel mutated, boolean withinEntries) {
        assertTimeoutPreemptively(Duration.ofMinutes(10), () -> {
            try (TabularModel model = mutated) {
                Path file = folder.resolve("m.diapason");
                Files.deleteIfExists(file);
                model.save(file);
                byte[] valid = Files.readAllBytes(file);
                byte[] json = ModelFixtures.json(file).getBytes(StandardCharsets.UTF_8);
                byte[] weights = ModelFixtures.entry(file, "weights.safetensors");
                int refused = 0;
                for (long seed = 0; seed < MUTATIONS; seed++) {
                    Random random = new Random(seed);
                    if (!withinEntries) {
                        Files.write(file, mutated(valid, random));
                    } else if (random.nextBoolean()) {
                        ModelFixtures.zip(file, "model.json", mutated(json, random), "weights.safetensors", weights);
                    } else {
                        ModelFixtures.zip(file, "model.json", json, "weights.safetensors", mutated(weights, random));
                    }
                    refused += loadsOrIsRefused(file, model, withinEntries, "seed " + seed) ? 0 : 1;
                }
                assertTrue(refused > MUTATIONS / 3, "refused only " + refused);
            }
        });
    }

    /** Raw mutations that load have touched neither the document nor the weights: the checksums say so. */
    private static boolean loadsOrIsRefused(Path file, TabularModel model, boolean withinEntries, String message) {
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        boolean loads = true;
        try (TabularModel loaded = TabularModel.load(file)) {
            if (!withinEntries) {
                ModelFixtures.assertSamePredictions(model, loaded, message);
            }
        } catch (ModelFileException e) {
            loads = false;
            String text = e.getMessage();
            assertTrue(text.startsWith(file + ": "), message + ": " + text);
            assertTrue(text.length() < file.toString().length() + 500, message + ": " + text);
        } catch (RuntimeException | Error e) {
            fail(message, e);
        }
        // Of the thread's own time, which other work on the machine does not lengthen.
        long millis = (threads.getCurrentThreadCpuTime() - start) / 1_000_000;
        assertTrue(millis < 1_000, message + ": took " + millis + " ms");
        return loads;
    }

    private static byte[] mutated(byte[] valid, Random random) throws IOException {
        byte[] bytes = valid.clone();
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(6)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> {
                for (int i = random.nextInt(8); i >= 0; i--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
            }
            case 2 -> bytes = Arrays.copyOf(bytes, at);
            case 3 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(8)), (byte) -1);
            case 4 -> { // a piece copied over another
                int length = 1 + random.nextInt(Math.min(64, bytes.length - at));
                System.arraycopy(valid, random.nextInt(valid.length - length + 1), bytes, at, length);
            }
            default -> { // a piece left out, or twice
                int length = random.nextInt(Math.min(64, bytes.length - at));
                int from = random.nextBoolean() ? at + length : Math.max(0, at - length);
                bytes = Arrays.copyOf(bytes, at + valid.length - from);
                System.arraycopy(valid, from, bytes, at, valid.length - from);
            }
        }
        // Digits become other digits now and then: JSON that stays JSON.
        if (random.nextInt(4) == 0 && bytes.length > 0) {
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] >= '0' && bytes[i] <= '9' && random.nextInt(20) == 0) {
                    bytes[i] = (byte) ('0' + random.nextInt(10));
                }
            }
        }
        return bytes;
    }
}
