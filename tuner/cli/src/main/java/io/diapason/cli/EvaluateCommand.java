package io.diapason.cli;

import io.diapason.data.Table;
import io.diapason.metric.Scores;
import io.diapason.model.TabularModel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason evaluate}: how good a model is on a table that has its target. */
@Command(
        name = "evaluate",
        description =
                "Says how good a model is on a table: every metric of its task, over the rows that have a target.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "Example:", "  diapason evaluate wine.diapason held-out.csv"})
final class EvaluateCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "MODEL.diapason", description = "A model that tune or train saved.")
    private Path model = Path.of("");

    @Parameters(
            index = "1",
            paramLabel = "DATA.csv",
            description = "A table with the columns that the model was trained on, and the target.")
    private Path data = Path.of("");

    @Option(names = "--json", description = "Prints one JSON object, and nothing else, to standard output.")
    private boolean json;

    EvaluateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (TabularModel trained = TabularModel.load(model)) {
            Table table = Table.readCsv(data);
            Scores scores = trained.evaluate(table);
            int without = table.rows() - scores.rows();
            if (without > 0) {
                console.warning(Text.count(without, "row") + " of " + table.name() + " without a value of the target «"
                        + trained.target() + "» left out");
            }
            String task = trained.task().name().toLowerCase(Locale.ROOT);
            if (json) {
                Map<String, Object> object = new LinkedHashMap<>();
                object.put("task", task);
                object.put("target", trained.target());
                object.put("rows", scores.rows());
                object.put("scores", Json.scores(scores));
                object.put("model", model.toString());
                console.out().println(Json.write(object));
            } else {
                console.out()
                        .println(task + " of «" + trained.target() + "» on " + Text.count(scores.rows(), "row") + " of "
                                + table.name());
                SearchReport.printScores(console.out(), scores);
            }
        }
        return ExitCode.DONE;
    }
}
