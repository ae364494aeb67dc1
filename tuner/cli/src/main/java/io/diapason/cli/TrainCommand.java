package io.diapason.cli;

import io.diapason.data.Table;
import io.diapason.model.ModelFile;
import io.diapason.tabular.TuningConfig;
import io.diapason.tuner.space.SearchSpace;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code diapason train}: one fixed configuration, through the same pipeline as a search. */
@Command(
        name = "train",
        description =
                "Trains one network of fixed hyperparameters on a table: a part of the rows decides when to stop, then"
                        + " it is trained again on all but the test rows, tested once and saved.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Ctrl-C before the network is trained ends with exit code 130 and saves nothing.",
            "",
            "Example:",
            "  diapason train wine.csv --target cultivar --set hidden=128,64 --set lr=1e-3"
        })
final class TrainCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private DataOptions data = new DataOptions();

    @Mixin
    private FitOptions fit = new FitOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    TrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Path model = output.model(data);
        ModelFile.requireWritable(model);
        TuningConfig config = fit.addTo(TuningConfig.target(data.target()))
                .drop(data.drop())
                .task(data.task())
                .space(new SearchSpace(List.of()))
                .trials(1)
                .test(data.test())
                .build();
        return new Search(
                        console, Search.prepare(Table.readCsv(data.data()), config, null), fit.device(), model, output)
                .run(false);
    }
}
