package io.diapason.cli;

import io.diapason.data.Table;
import io.diapason.model.Predictions;
import io.diapason.model.TabularModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason predict}: a table's rows with a model's predictions beside them. */
@Command(
        name = "predict",
        description = "Writes the rows of a table as they are, with the column prediction, and for classes one column"
                + " p_CLASS a class with its probability.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "Example:", "  diapason predict wine.diapason new.csv -o predicted.csv"})
final class PredictCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "MODEL.diapason", description = "A model that tune or train saved.")
    private Path model = Path.of("");

    @Parameters(
            index = "1",
            paramLabel = "DATA.csv",
            description = "A table with the columns that the model was trained on; the target may be missing.")
    private Path data = Path.of("");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT.csv",
            description = "Where the rows go, whole or not at all (default: standard output).")
    private @Nullable Path output;

    PredictCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (output != null) {
            for (Path read : List.of(model, data)) {
                if (Files.exists(output) && Files.exists(read) && Files.isSameFile(output, read)) {
                    throw new UsageException("-o: must be another file than those that are read, got " + output);
                }
            }
            PredictionFile.requireWritable(output);
        }
        try (TabularModel trained = TabularModel.load(model);
                ReadTwice rows = ReadTwice.of(data)) {
            Table table = Table.readCsv(rows.file());
            PredictedRows predicted = new PredictedRows(rows.file(), table);
            predicted.requireNewColumns(trained);
            Predictions predictions = trained.predict(table);
            if (output == null) {
                predicted.write(predictions, console.out());
            } else {
                PredictionFile.write(output, out -> predicted.write(predictions, out));
                console.err().println(Text.count(table.rows(), "row") + " predicted to " + output);
            }
        }
        return ExitCode.DONE;
    }
}
