package io.diapason.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeType;

final class TuneCommandTest {
    @TempDir
    private Path folder;

    private Cli.Result tune(Path data, String... more) {
        List<String> args = new ArrayList<>(List.of("tune", data.toString()));
        args.addAll(List.of(more));
        return Cli.run(args.toArray(new String[0]));
    }

    private Cli.Result wine(String... more) {
        List<String> args = new ArrayList<>(List.of(
                "--target",
                "cultivar",
                "--trials",
                "6",
                "--epochs",
                "8",
                "--seed",
                "3",
                "--metric",
                "accuracy",
                "--model",
                model().toString()));
        args.addAll(List.of(more));
        return tune(Cli.WINE, args.toArray(new String[0]));
    }

    private Path model() {
        return folder.resolve("wine.diapason");
    }

    @Test
    void wineIsTunedTestedSavedAndTheNextCommandIsNamed() {
        Cli.Result result = wine();
        assertEquals(0, result.code(), result.err());
        List<String> lines = result.out().lines().toList();
        assertEquals("task    classification of «cultivar», 3 classes", lines.get(0));
        assertEquals("rows    114 training, 28 validation, 36 test", lines.get(1));
        assertTrue(lines.get(2).startsWith("trials  6 complete, 0 failed; "), lines.get(2));
        assertTrue(result.out().contains("\nthe best on the validation rows\n  trial  accuracy  epochs  parameters\n"));
        long best = result.out()
                .lines()
                .filter(line -> line.matches(" +\\d+ +[01]\\.\\d{4} +\\d+  layers=.*"))
                .count();
        assertEquals(5, best, result.out());
        assertTrue(result.out().contains(", trained again on 142 rows, on 36 rows it never saw\n  accuracy "));
        assertTrue(result.out().contains("\n  log_loss "));
        assertTrue(result.out().contains("\nmodel   " + model() + "\n"));
        assertTrue(result.out().endsWith("use it  ./diapason predict " + model() + " NEW.csv -o PREDICTED.csv\n"));
        assertTrue(Files.isRegularFile(model()));
        List<String> notes = result.err().lines().toList();
        assertEquals("note: target «cultivar» holds words, so the task is classification", notes.get(0));
        assertTrue(notes.get(1).startsWith("note: columns: 13 numeric (alcohol, malic_acid, "), result.err());
        assertTrue(notes.get(2).startsWith("search: 6 trials, "), result.err());
        assertTrue(notes.get(notes.size() - 1).startsWith("trial 6/6, best accuracy "), result.err());
        assertFalse(result.out().contains("\u001b"), "no colour where there is no terminal");
    }

    @Test
    void jsonIsOneObjectOfTheContractsNames() {
        Cli.Result result = wine("--json");
        assertEquals(0, result.code(), result.err());
        JsonNode json = result.json();
        assertEquals(
                List.of(
                        "study",
                        "task",
                        "metric",
                        "direction",
                        "trials",
                        "best",
                        "test",
                        "seconds",
                        "epochs",
                        "device",
                        "model"),
                List.copyOf(json.propertyNames()));
        assertTrue(json.get("study").isNull());
        assertEquals("classification", json.get("task").asString());
        assertEquals("accuracy", json.get("metric").asString());
        assertEquals("maximize", json.get("direction").asString());
        assertEquals(
                "{\"complete\":6,\"pruned\":0,\"failed\":0}", json.get("trials").toString());
        assertEquals(
                List.of("number", "value", "params"),
                List.copyOf(json.get("best").propertyNames()));
        assertEquals(
                JsonNodeType.NUMBER, json.get("best").get("params").get("lr").getNodeType());
        assertEquals(7, json.get("test").size());
        assertTrue(json.get("seconds").asDouble() > 0);
        assertTrue(json.get("epochs").asInt() >= 6 && json.get("epochs").asInt() <= 48);
        assertEquals("cpu", json.get("device").asString());
        assertEquals(model().toString(), json.get("model").asString());
        assertEquals(1, result.out().lines().count());
    }

    @Test
    void sameSeedGivesTheSameJsonButSecondsOnAnyNumberOfWorkers() throws IOException {
        Cli.Result first = wine("--json", "--workers", "1");
        byte[] model = Files.readAllBytes(model());
        Cli.Result again = wine("--json", "--workers", "1");
        Cli.Result two = wine("--json", "--workers", "2");
        assertEquals(0, first.code(), first.err());
        assertEquals(first.jsonButSeconds(), again.jsonButSeconds());
        assertEquals(first.jsonButSeconds(), two.jsonButSeconds());
        assertEquals(-1, java.util.Arrays.mismatch(model, Files.readAllBytes(model())), "models differ");
    }

    @Test
    void anotherSeedGivesAnotherResult() {
        List<JsonNode> params = new ArrayList<>();
        for (String seed : List.of("1", "-2")) {
            Cli.Result result = tune(
                    Cli.WINE,
                    "--target",
                    "cultivar",
                    "--trials",
                    "1",
                    "--epochs",
                    "1",
                    "--seed",
                    seed,
                    "--json",
                    "--model",
                    model().toString());
            assertEquals(0, result.code(), result.err());
            params.add(result.json().get("best").get("params"));
        }
        assertFalse(params.get(0).equals(params.get(1)), params.toString());
    }

    @Test
    void gridIsRunWholeAndItsSizeIsSaidBefore() throws IOException {
        Path data = Cli.write(folder.resolve("t.csv"), Cli.table());
        Path space = Cli.write(
                folder.resolve("space.json"), "{\"lr\":[0.01,0.1],\"layers\":{\"type\":\"int\",\"low\":0,\"high\":2}}");
        Cli.Result result = tune(
                data,
                "--target",
                "price",
                "--sampler",
                "grid",
                "--space",
                space.toString(),
                "--epochs",
                "2",
                "--model",
                model().toString(),
                "--json");
        assertEquals(0, result.code(), result.err());
        assertEquals(6, result.json().get("trials").get("complete").asInt());
        assertEquals("minimize", result.json().get("direction").asString());
        int size = result.err().indexOf("note: the grid has 6 points, of which all are tried\n");
        assertTrue(size >= 0 && size < result.err().indexOf("\nsearch: 6 trials, "), result.err());
    }

    @Test
    void gridOfFewerTrialsIsAnEvenPart() throws IOException {
        Path data = Cli.write(folder.resolve("t.csv"), Cli.table());
        Cli.Result result = tune(
                data,
                "--target",
                "price",
                "--sampler",
                "grid",
                "--trials",
                "2",
                "--epochs",
                "1",
                "--model",
                model().toString(),
                "--json");
        assertEquals(0, result.code(), result.err());
        assertEquals(2, result.json().get("trials").get("complete").asInt());
        assertTrue(result.err().contains(" points, of which 2 are tried\n"), result.err());
    }

    @Test
    void trialsThatDivergeAreCountedWithTheirReason() throws IOException {
        Path data = Cli.write(folder.resolve("t.csv"), Cli.table());
        Path space = Cli.write(folder.resolve("space.json"), "{\"lr\":[1e-3,1e30],\"optimizer\":[\"sgd\"]}");
        Cli.Result result = tune(
                data,
                "--target",
                "price",
                "--sampler",
                "grid",
                "--space",
                space.toString(),
                "--epochs",
                "2",
                "--model",
                model().toString());
        assertEquals(0, result.code(), result.err());
        assertTrue(result.out().contains("trials  1 complete, 1 failed; "), result.out());
        assertTrue(
                result.out().contains("\n        1 failed with: training: the loss must stay finite, got "),
                result.out());
    }

    @Test
    void aSearchWithoutAnyValueFailsAndLeavesTheOldModel() throws IOException {
        Path data = Cli.write(folder.resolve("t.csv"), Cli.table());
        assertEquals(
                0,
                tune(data, "--target", "class", "--trials", "1", "--epochs", "1", "--model", model().toString())
                        .code());
        byte[] old = Files.readAllBytes(model());
        Cli.Result result = tune(
                data,
                "--target",
                "price",
                "--trials",
                "2",
                "--set",
                "lr=1e30",
                "--set",
                "optimizer=sgd",
                "--model",
                model().toString());
        assertEquals(1, result.code());
        assertEquals("", result.out());
        assertTrue(
                result.err()
                        .contains(
                                "diapason: tuning: at least one trial must be complete, got none of 2 (trial 0: training: the loss must stay finite, got "),
                result.err());
        assertFalse(result.err().contains("\tat "), result.err());
        assertEquals(-1, java.util.Arrays.mismatch(old, Files.readAllBytes(model())));
    }

    @Test
    void verboseAddsTheStackTrace() throws IOException {
        Cli.Result result = tune(folder.resolve("none.csv"), "--target", "x", "--verbose");
        assertEquals(2, result.code());
        assertTrue(result.err().contains("\tat io.diapason."), result.err());
    }

    @Test
    void testRowsMayComeFromAnotherFileOrNotAtAll() throws IOException {
        Path data = Cli.write(folder.resolve("t.csv"), Cli.table());
        Path test = Cli.write(folder.resolve("test.csv"), Cli.table());
        String[] common = {"--target", "price", "--trials", "1", "--epochs", "1", "--model", model().toString()};
        Cli.Result other = tune(data, with(common, "--test", test.toString()));
        assertTrue(other.out().contains("rows    32 training, 8 validation, 40 test\n"), other.out() + other.err());
        Cli.Result none = tune(data, with(common, "--test", "none", "--json"));
        assertTrue(none.json().get("test").isNull(), none.out());
        Cli.Result text = tune(data, with(common, "--test", "none"));
        assertTrue(
                text.out()
                        .contains("kept: trial 0, trained again on 40 rows; there are no test rows, so nothing says how"
                                + " good it is on new ones\n"),
                text.out());
    }

    private static String[] with(String[] args, String... more) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of(more));
        return all.toArray(new String[0]);
    }

    @Test
    void aColumnOfMissingCellsIsRefused() throws IOException {
        String text = Cli.table().replaceAll("(?m)^(?=[0-9])", ",").replaceFirst("x,", "empty,x,");
        Path data = Cli.write(folder.resolve("t.csv"), text);
        Cli.Result result =
                tune(data, "--target", "class", "--trials", "1", "--epochs", "1", "--model", model().toString());
        assertEquals(2, result.code(), result.err());
        assertEquals(
                "diapason: t.csv: column «empty» must have a value in some row, got none in 40; leave it out with --drop"
                        + " empty\n",
                result.err());
    }

    @Test
    void aNumericTargetThatIsNotANumberIsRefusedWithItsPlace() throws IOException {
        Path data = Cli.write(folder.resolve("t.csv"), Cli.table() + "0.1,0.2,low,NaN\n");
        Cli.Result result =
                tune(data, "--target", "price", "--trials", "1", "--epochs", "1", "--model", model().toString());
        assertEquals(2, result.code(), result.err());
        assertEquals(
                "diapason: t.csv line 42: target «price» must hold a number in every row, got a missing cell; take out"
                        + " the rows without one\n",
                result.err());
    }

    @Test
    void timeEndsTheSearchAndIsSaid() throws IOException {
        Path data = Cli.write(folder.resolve("t.csv"), Cli.table());
        Cli.Result result = tune(
                data,
                "--target",
                "price",
                "--trials",
                "1000000",
                "--time",
                "3s",
                "--model",
                model().toString(),
                "--json");
        assertEquals(0, result.code(), result.err());
        int finished = result.json().get("trials").get("complete").asInt()
                + result.json().get("trials").get("failed").asInt();
        assertTrue(finished >= 1 && finished < 1_000_000, result.out());
        assertTrue(
                result.err().contains("note: the time of 3.0 s was over before trial " + finished + "\n"),
                result.err());
    }

    @Test
    void trainIsATuningOfOneTrialWithoutATableOfTheBest() throws IOException {
        Path data = Cli.write(folder.resolve("t.csv"), Cli.table());
        Cli.Result result = Cli.run(
                "train",
                data.toString(),
                "--target",
                "class",
                "--set",
                "hidden=8,4",
                "--set",
                "lr=1e-2",
                "--epochs",
                "3",
                "--model",
                model().toString());
        assertEquals(0, result.code(), result.err());
        assertTrue(result.out().contains("\nfixed   hidden=8,4 lr=0.01; 3 epochs in "), result.out());
        assertTrue(result.out().contains("\ntest of the network, trained again on 32 rows, on 8 rows it never saw\n"));
        assertFalse(result.out().contains("the best on"), result.out());
        Cli.Result json = Cli.run(
                "train",
                data.toString(),
                "--target",
                "class",
                "--set",
                "hidden=8,4",
                "--set",
                "lr=1e-2",
                "--epochs",
                "3",
                "--model",
                model().toString(),
                "--json");
        assertEquals(
                "{\"hidden\":[8,4],\"lr\":0.01}",
                json.json().get("best").get("params").toString());
    }

    @Test
    void theModelIsNamedAfterTheTable() {
        DataOptions data = new DataOptions();
        new CommandLine(CommandSpec.forAnnotatedObject(data)).parseArgs("some/where/wine.data.csv", "--target", "x");
        assertEquals(Path.of("wine.data.diapason"), data.defaultModel());
    }
}
