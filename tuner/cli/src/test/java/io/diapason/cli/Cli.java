package io.diapason.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Runs commands in this process, and makes the tables they read. */
final class Cli {
    static final Path WINE = Path.of(System.getProperty("basedir", ".")).resolve("../../examples/wine.csv");

    private Cli() {}

    /** What a command printed and returned. */
    record Result(int code, String out, String err) {
        JsonNode json() {
            return JsonMapper.shared().readTree(out);
        }

        /** The object without what a second run does not repeat. */
        ObjectNode jsonButSeconds() {
            ObjectNode object = (ObjectNode) json();
            object.remove("seconds");
            return object;
        }
    }

    static Result run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                args,
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    static Path write(Path file, String text) throws IOException {
        return Files.writeString(file, text);
    }

    /** Forty rows of x, y, the word {@code class} that x alone decides, and the number {@code price}. */
    static String table() {
        Random random = new Random(7);
        StringBuilder text = new StringBuilder("x,y,class,price\n");
        for (int row = 0; row < 40; row++) {
            double x = random.nextDouble();
            double y = random.nextDouble();
            text.append(String.format(
                    Locale.ROOT, "%.3f,%.3f,%s,%.3f%n", x, y, row % 2 == 0 ? "low" : "high", 3 * x + y + row % 2));
        }
        return text.toString();
    }
}
