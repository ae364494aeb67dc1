package io.diapason.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is kept of a search, and how it speaks. */
final class OutputOptions {
    @Option(
            names = "--model",
            paramLabel = "OUT.diapason",
            description = "Where the model is saved (default: the table's name, in the current folder). A file there is"
                    + " replaced only if Diapason wrote it.")
    private @Nullable Path model;

    @Option(names = "--json", description = "Prints one JSON object, and nothing else, to standard output.")
    private boolean json;

    @Option(names = "--plain", description = "Shows progress as lines even in a terminal.")
    private boolean plain;

    Path model(DataOptions data) {
        return model == null ? data.defaultModel() : model;
    }

    boolean json() {
        return json;
    }

    boolean plain() {
        return plain;
    }
}
