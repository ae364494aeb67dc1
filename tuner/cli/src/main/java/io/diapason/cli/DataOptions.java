package io.diapason.cli;

import io.diapason.data.Table;
import io.diapason.data.TaskChoice;
import io.diapason.tabular.TestPart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is learned from, and what is to be predicted. */
final class DataOptions {
    @Parameters(
            index = "0",
            paramLabel = "DATA.csv",
            description = "The table: CSV in UTF-8, the first line naming the columns.")
    private Path data = Path.of("");

    @Option(names = "--target", required = true, paramLabel = "COLUMN", description = "The column to predict.")
    private String target = "";

    @Option(
            names = "--task",
            paramLabel = "auto|classification|regression",
            converter = Converters.Task.class,
            description = "What to predict; auto (the default) asks the target's values, and says so.")
    private TaskChoice task = TaskChoice.AUTO;

    @Option(
            names = "--drop",
            split = ",",
            paramLabel = "COLUMN",
            description = "Columns to leave out, with commas between or one option each.")
    private List<String> drop = new ArrayList<>();

    @Option(
            names = "--test",
            paramLabel = "FRACTION|FILE|none",
            description =
                    "The rows that judge the winner, once, and are never searched on: a part of the table (default"
                            + " 0.2), another CSV file, or none.")
    private String test = "0.2";

    Path data() {
        return data;
    }

    String target() {
        return target;
    }

    TaskChoice task() {
        return task;
    }

    List<String> drop() {
        return drop;
    }

    /** The test part; reads the file when there is one. */
    TestPart test() {
        if (test.equals("none")) {
            return new TestPart.None();
        }
        if (test.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?")) {
            double fraction = Double.parseDouble(test);
            if (!(fraction > 0 && fraction < 1)) {
                throw new UsageException(
                        "--test: must be a fraction above 0 and below 1, a CSV file or none, got «" + test + "»");
            }
            return new TestPart.Fraction(fraction);
        }
        Path other = Path.of(test);
        if (Files.exists(other) && Files.exists(data) && isSameFile(other, data)) {
            throw new UsageException("--test: must be another file than the one that is learned from, got " + test);
        }
        return new TestPart.Other(Table.readCsv(other));
    }

    private static boolean isSameFile(Path a, Path b) {
        try {
            return Files.isSameFile(a, b);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the model goes when nothing is said: the table's name, in the current folder. */
    Path defaultModel() {
        Path file = data.getFileName();
        String name = file == null ? "" : file.toString();
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        return Path.of((stem.isEmpty() ? "model" : stem) + ".diapason");
    }
}
