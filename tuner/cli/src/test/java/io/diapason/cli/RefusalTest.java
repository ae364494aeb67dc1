package io.diapason.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.metric.Metric;
import io.diapason.tabular.Hyperparameter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong usage and bad input: exit code 2, one sentence with its place, nothing on standard output, no file touched. */
final class RefusalTest {
    @TempDir
    private static Path folder;

    private static byte[] trained;

    @BeforeAll
    static void makeFiles() throws IOException {
        String table = Cli.table();
        file("good.csv", table);
        file("empty.csv", "");
        file("header.csv", "x,y,class,price\n");
        file("ragged.csv", table + "1,2,low\n");
        Files.write(folder.resolve("latin.csv"), (table + "1,2,\u00e9,3\n").getBytes(StandardCharsets.ISO_8859_1));
        file("one.csv", table.replace("high", "low"));
        file("infinite.csv", table + "1,2,low,inf\n");
        file("single.csv", table + "1,2,other,3\n");
        file("missing.csv", table.replaceAll("(low|high)", ""));
        file("lacking.csv", "x,class,price\n0.5,low,2\n");
        file("foreign.txt", "not a model\n");
        file("unknown.json", "{\"lrr\":[0.1,0.2]}");
        file("reversed.json", "{\"lr\":{\"type\":\"float\",\"low\":1,\"high\":0.1}}");
        file("broken.json", "{\"lr\":");
        file("negative.json", "{\"lr\":[-1,0.1]}");
        Files.createDirectory(folder.resolve("sub"));
        Cli.Result result = Cli.run(
                "train", at("good.csv"), "--target", "class", "--epochs", "1", "--model", at("trained.diapason"));
        assertEquals(0, result.code(), result.err());
        trained = Files.readAllBytes(folder.resolve("trained.diapason"));
        Files.write(folder.resolve("cut.diapason"), Arrays.copyOf(trained, trained.length / 2));
    }

    private static void file(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static String at(String name) {
        return folder.resolve(name).toString();
    }

    /** Words with an @ before them are files of the test's folder. */
    private static String[] args(String line) {
        return Arrays.stream(line.split(" "))
                .map(word -> word.startsWith("@") ? at(word.substring(1)) : word)
                .toArray(String[]::new);
    }

    private static void refused(String sentence, String... args) {
        Cli.Result result = Cli.run(args);
        String errors = String.join(
                "\n",
                result.err()
                        .lines()
                        .filter(line -> !line.startsWith("note: ") && !line.startsWith("warning: "))
                        .toList());
        assertEquals("diapason: " + sentence.replace("@", folder + "/"), errors);
        assertEquals(2, result.code());
        assertEquals("", result.out());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            @none.csv --target class      | @none.csv: must be a CSV file, but no such file exists
            @sub --target class           | @sub: must be a CSV file, got a folder
            @good.csv --target clas       | target: must name a column, got «clas»; did you mean «class»?
            @empty.csv --target class     | empty.csv: must begin with a header line, got an empty file
            @header.csv --target class    | header.csv: must have rows below its header, got none
            @ragged.csv --target class    | ragged.csv line 42: must have 4 cells as the header has, got 3
            @latin.csv --target class     | latin.csv line 42: must be UTF-8 text, got bytes that are not; save the file as UTF-8
            @one.csv --target class       | one.csv: target «class» must have at least 2 classes, got only «low»
            @infinite.csv --target price  | infinite.csv line 42: column «price» must hold finite numbers, got «inf»
            @infinite.csv --target class  | infinite.csv line 42: column «price» must hold finite numbers, got «inf»
            @single.csv --target class    | single.csv line 42: class «other» of the target «class» must have at least 2 rows, got 1; leave such rows out or join classes
            @missing.csv --target class   | missing.csv: target «class» must have a value in some row, got none in 40
            @good.csv --target class --task regression | good.csv line 2: target «class» must hold numbers for regression, got «low»
            @good.csv --target class --drop class      | drop: must name columns other than the target, got «class»
            @good.csv --target class --drop pric       | drop: must name a column, got «pric»; did you mean «price»?
            @good.csv                                  | --target: must be given, got none; see diapason tune --help
            @good.csv --target class --trials 0        | --trials: must be a whole number of at least 1, got «0»
            @good.csv --target class --trials many     | --trials: must be a whole number of at least 1, got «many»
            @good.csv --target class --workers 0       | --workers: must be a whole number of at least 1, got «0»
            @good.csv --target class --parallelism 0   | --parallelism: must be a whole number of at least 1, got «0»
            @good.csv --target class --epochs 0        | --epochs: must be a whole number of at least 1, got «0»
            @good.csv --target class --patience -1     | --patience: must be a whole number of at least 0, got «-1»
            @good.csv --target class --seed x          | --seed: must be a whole number of at most 18 digits, got «x»
            @good.csv --target class --seed            | --seed: must have a value (S), got none
            @good.csv --target class --seed 1 --seed 2 | --seed: must be given once, got it twice
            @good.csv --target class --json=1          | --json: must have no value, got one
            @good.csv --target class --trails 5        | tune: must have known options only, got «--trails»; did you mean «--trials»?
            @good.csv --target class --pruner=none     | tune: must have known options only, got «--pruner»; known are: --target, --task, --drop, --test, --sampler, --trials, --time, --parallelism, --workers, --space, --set, --metric, --epochs, --patience, --seed, --device, --model, --json, --plain, --help, --version, --verbose
            @good.csv --target class more.csv          | tune: must have no further argument beside options, got «more.csv»; quote an argument that has blanks
            @good.csv --target class --device cuda     | --device: must be auto or cpu, got «cuda»
            @good.csv --target class --sampler tpe     | --sampler: must be auto, grid or random, got «tpe»
            @good.csv --target class --task guess      | --task: must be auto, classification or regression, got «guess»
            @good.csv --target class --time abc        | --time: must be a time with its unit, such as 90s, 10m or 1h30m, got «abc»
            @good.csv --target class --time 0s         | --time: must be a time with its unit, such as 90s, 10m or 1h30m, got «0s»
            @good.csv --target class --time 10         | --time: must be a time with its unit, such as 90s, 10m or 1h30m, got «10»
            @good.csv --target class --test 1.5        | --test: must be a fraction above 0 and below 1, a CSV file or none, got «1.5»
            @good.csv --target class --test 0          | --test: must be a fraction above 0 and below 1, a CSV file or none, got «0»
            @good.csv --target class --test @none.csv  | @none.csv: must be a CSV file, but no such file exists
            @good.csv --target class --test @lacking.csv | lacking.csv: must have every column that was learned from, got none named «y»; did you mean «x»?
            @good.csv --target class --metric rmse     | metric: must name a metric of classification, got «rmse»; known are: accuracy, balanced_accuracy, precision, recall, f1, roc_auc, log_loss
            @good.csv --target price --metric f1       | metric: must name a metric of regression, got «f1»; known are: rmse, mae, r2
            @good.csv --target class --metric acuracy  | --metric: must name a metric, got «acuracy»; did you mean «accuracy»?
            @good.csv --target class --set lr          | --set: must be NAME=VALUE, such as lr=1e-3, got «lr»
            @good.csv --target class --set =3          | --set: must be NAME=VALUE, such as lr=1e-3, got «=3»
            @good.csv --target class --set lr=         | --set: must be NAME=VALUE, such as lr=1e-3, got «lr=»
            @good.csv --target class --set lrr=1       | --set: parameter: must name a hyperparameter, got «lrr»; did you mean «lr»?
            @good.csv --target class --set lr=-1       | --set: parameter lr: must be a number above 0, got -1
            @good.csv --target class --set lr=fast     | --set: parameter lr: must be a number above 0, got "fast"
            @good.csv --target class --set lr=1 --set lr=2 | --set: every name must be given once, got «lr» twice
            @good.csv --target class --set hidden=8 --set units=8 | parameter hidden: must not stand beside layers or units, got both; hidden names each layer's units, layers and units make all layers equal
            @good.csv --target class --space @none.json     | --space: must be a JSON file, but there is none at @none.json
            @good.csv --target class --space @sub           | --space: must be a JSON file, got the folder @sub
            @good.csv --target class --space @unknown.json  | unknown.json: parameter: must name a hyperparameter, got «lrr»; did you mean «lr»?
            @good.csv --target class --space @reversed.json | reversed.json: parameter lr: low must be at most high, got low 1.0 and high 0.1
            @good.csv --target class --space @negative.json | negative.json: parameter lr: must be a number above 0, got -1
            @good.csv --target class --space @broken.json   | broken.json line 1 column 7: must be JSON, got unexpected end-of-input within/between Object entries
            @good.csv --target class --sampler grid    | --sampler grid: a grid of more than 10,000 points must be given --trials, got 3,375,000 points; an even part of the grid is tried then
            """)
    void tuneRefusesBadInputAndTouchesNoModel(String line, String sentence) throws IOException {
        Path absent = folder.resolve("absent.diapason");
        Path old = Files.write(folder.resolve("old.diapason"), trained);
        for (Path model : List.of(absent, old)) {
            List<String> args = new ArrayList<>(List.of("tune", "--model", model.toString()));
            args.addAll(List.of(args(line)));
            refused(sentence, args.toArray(new String[0]));
        }
        assertFalse(Files.exists(absent));
        assertArrayEquals(trained, Files.readAllBytes(old));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            @none/m.diapason     | @none/m.diapason: must be in a folder that exists, got none at @none; make the folder first
            @sub                 | @sub: must be the name of a file to write, got a folder
            @good.csv/m.diapason | @good.csv/m.diapason: must be in a folder that exists, got a file at @good.csv; make the folder first
            @foreign.txt         | @foreign.txt: must be a new file or a Diapason model to replace, got a file that Diapason did not write; choose another name
            """)
    void tuneRefusesAPlaceWhereNoModelCanBeSavedBeforeItReadsTheTable(String model, String sentence)
            throws IOException {
        refused(sentence, args("tune @none.csv --target class --model " + model));
        assertEquals("not a model\n", Files.readString(folder.resolve("foreign.txt")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            @none.diapason @good.csv       | @none.diapason: must be a model file, got none
            @cut.diapason @good.csv        | @cut.diapason: must end as zip files do, got one that is cut off or goes on
            @foreign.txt @good.csv         | @foreign.txt: must be a Diapason model, got a file that is no zip
            @trained.diapason @none.csv    | @none.csv: must be a CSV file, but no such file exists
            @trained.diapason @lacking.csv | lacking.csv: must have every column that was learned from, got none named «y»; did you mean «x»?
            @trained.diapason @ragged.csv  | ragged.csv line 42: must have 4 cells as the header has, got 3
            @trained.diapason @infinite.csv | infinite.csv line 42: column «price» must hold finite numbers, got «inf»
            """)
    void predictAndEvaluateRefuseBadModelsAndTables(String line, String sentence) throws IOException {
        refused(sentence, args("evaluate " + line));
        refused(sentence, args("predict " + line));
        Path out = folder.resolve("out.csv");
        refused(sentence, args("predict " + line + " -o @out.csv"));
        assertFalse(Files.exists(out));
        Files.writeString(out, "old");
        refused(sentence, args("predict " + line + " -o @out.csv"));
        assertEquals("old", Files.readString(out));
        Files.delete(out);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            @none/out.csv     | --output: its folder must exist, got none at @none for @none/out.csv
            @sub              | --output: must be a file, got the folder @sub
            @good.csv/out.csv | --output: its folder must exist, got none at @good.csv for @good.csv/out.csv
            """)
    void predictRefusesAPlaceWhereNoFileCanBeWritten(String out, String sentence) {
        refused(sentence, args("predict @trained.diapason @good.csv -o " + out));
    }

    @Test
    void aClassThatTheModelDoesNotKnowIsRefusedWhereItStands() throws IOException {
        Path data = Cli.write(folder.resolve("strange.csv"), Cli.table() + "1,2,other,3\n");
        refused(
                "strange.csv line 42: target «class» must be one of high, low, got «other»",
                "evaluate",
                at("trained.diapason"),
                data.toString());
    }

    @Test
    void aCommandMustBeNamedAndKnown() {
        refused("command: must be tune, train, predict, evaluate or doctor, got none; see diapason --help");
        refused("command: must be a known one, got «tun»; did you mean «tune»?", "tun");
        refused("DATA.csv: must be given, got none; see diapason predict --help", "predict", "m.diapason");
        refused(
                "train: must have known options only, got «--trials»; known are: --target, --task, --drop, --test, --set,"
                        + " --metric, --epochs, --patience, --seed, --device, --model, --json, --plain, --help, --version,"
                        + " --verbose",
                "train",
                at("good.csv"),
                "--trials",
                "3",
                "--target",
                "class");
    }

    @Test
    void helpOfEveryCommandGoesToStandardOutput() {
        for (String command : List.of("tune", "train", "predict", "evaluate", "doctor")) {
            Cli.Result result = Cli.run(command, "--help");
            assertEquals(0, result.code());
            assertEquals("", result.err());
            assertTrue(result.out().startsWith("Usage: diapason " + command + " "), result.out());
        }
        String help = Cli.run("tune", "--help").out();
        assertTrue(help.contains("Ctrl-C ends the search"), help);
        for (Hyperparameter hyperparameter : Hyperparameter.values()) {
            assertTrue(help.matches("(?s).*\\b" + hyperparameter.label() + "\\b.*"), hyperparameter.label());
        }
        for (Metric metric : Metric.values()) {
            assertTrue(help.matches("(?s).*\\b" + metric.label() + "\\b.*"), metric.label());
        }
        assertTrue(Cli.run("--version").out().matches("diapason \\d+\\.\\d+\\.\\d+\\S*\n"));
    }
}
