package io.diapason.cli;

import io.diapason.data.Table;
import io.diapason.model.ModelFile;
import io.diapason.tabular.Tuning;
import io.diapason.tabular.TuningConfig;
import io.diapason.tuner.sampler.GridSampler;
import io.diapason.tuner.sampler.RandomSampler;
import io.diapason.tuner.space.SearchSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code diapason tune}: from a table to a tuned, tested and saved model. */
@Command(
        name = "tune",
        description =
                "Tunes a network on a table: splits the rows, searches hyperparameters, trains the winner again, tests"
                        + " it once and saves it.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Ctrl-C ends the search: trials under way are broken off, those that finished count, and the best of them is"
                    + " trained again, tested and saved, with exit code 0; before any has finished there is nothing to"
                    + " save, and the exit code is 130. A second Ctrl-C ends at once with exit code 130.",
            "",
            "Example:",
            "  diapason tune wine.csv --target cultivar --trials 50 --seed 1"
        })
final class TuneCommand implements Callable<Integer> {
    private static final long LARGEST_GRID = 10_000;

    private final Console console;

    @Mixin
    private DataOptions data = new DataOptions();

    @Option(
            names = "--sampler",
            paramLabel = "auto|grid|random",
            converter = Converters.Sampler.class,
            description = "Who decides each trial: random (auto, the default) or every point of a grid.")
    private Converters.SamplerOption sampler = Converters.SamplerOption.AUTO;

    @Option(
            names = "--trials",
            paramLabel = "N",
            converter = Converters.Count.class,
            description = "How many trials (default " + TuningConfig.DEFAULT_TRIALS + "; of a grid, all of it).")
    private @Nullable Integer trials;

    @Option(
            names = "--time",
            paramLabel = "10m",
            converter = Converters.Time.class,
            description = "Starts no trial after this time: numbers with ms, s, m, h or d, such as 90s or 1h30m.")
    private @Nullable Duration time;

    @Option(
            names = "--parallelism",
            paramLabel = "P",
            converter = Converters.Count.class,
            description =
                    "Trial n is decided from the results of trials 0 to n-P only (default: a tenth of the trials, at"
                            + " least 8, at most 64). Part of the study: another P may give other trials.")
    private @Nullable Integer parallelism;

    @Option(
            names = "--workers",
            paramLabel = "W",
            converter = Converters.Count.class,
            description = "How many trials run at once (default: the machine's cores). Never changes a result.")
    private @Nullable Integer workers;

    @Option(
            names = "--space",
            paramLabel = "SPACE.json",
            description = "What is searched, instead of the default space.")
    private @Nullable Path space;

    @Mixin
    private FitOptions fit = new FitOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    TuneCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Path model = output.model(data);
        ModelFile.requireWritable(model);
        TuningConfig.Builder config = config();
        Table table = Table.readCsv(data.data());
        Tuning tuning = Search.prepare(table, config.build(), space);
        if (sampler == Converters.SamplerOption.GRID) {
            tuning = grid(table, config, tuning);
        }
        return new Search(console, tuning, fit.device(), model, output).run(true);
    }

    private TuningConfig.Builder config() throws IOException {
        TuningConfig.Builder config = fit.addTo(TuningConfig.target(data.target()))
                .drop(data.drop())
                .task(data.task())
                .space(readSpace())
                .sampler(sampler == Converters.SamplerOption.GRID ? new GridSampler() : new RandomSampler())
                .time(time)
                .test(data.test());
        if (trials != null) {
            config.trials(trials);
        }
        if (parallelism != null) {
            config.parallelism(parallelism);
        }
        if (workers != null) {
            config.workers(workers);
        }
        return config;
    }

    /** A grid knows its size only once its space is known; without a number of trials it is run whole. */
    private Tuning grid(Table table, TuningConfig.Builder config, Tuning tuning) {
        long size = new GridSampler().size(tuning.space());
        if (trials != null) {
            console.note(String.format(
                    Locale.ROOT, "the grid has %s, of which %,d are tried", points(size), Math.min(trials, size)));
            return tuning;
        }
        if (size > LARGEST_GRID) {
            throw new UsageException(String.format(
                    Locale.ROOT,
                    "--sampler grid: a grid of more than %,d points must be given --trials, got %s; an even part of the"
                            + " grid is tried then",
                    LARGEST_GRID,
                    points(size)));
        }
        console.note("the grid has " + points(size) + ", of which all are tried");
        return Search.prepare(table, config.trials((int) size).build(), space);
    }

    private static String points(long size) {
        return size == Long.MAX_VALUE ? "2^63 points or more" : String.format(Locale.ROOT, "%,d points", size);
    }

    private @Nullable SearchSpace readSpace() throws IOException {
        if (space == null) {
            return null;
        }
        if (!Files.exists(space)) {
            throw new UsageException("--space: must be a JSON file, but there is none at " + space);
        }
        if (Files.isDirectory(space)) {
            throw new UsageException("--space: must be a JSON file, got the folder " + space);
        }
        return SearchSpace.read(space);
    }
}
