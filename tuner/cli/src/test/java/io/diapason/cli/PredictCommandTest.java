package io.diapason.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.diapason.data.Table;
import io.diapason.model.Predictions;
import io.diapason.model.TabularModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class PredictCommandTest {
    @TempDir
    private static Path shared;

    private static Path wineModel;
    private static Path priceModel;

    @TempDir
    private Path folder;

    @BeforeAll
    static void train() throws IOException {
        wineModel = shared.resolve("wine.diapason");
        priceModel = shared.resolve("price.diapason");
        Path data = Cli.write(shared.resolve("t.csv"), Cli.table());
        for (String[] args : List.of(
                new String[] {
                    "train", Cli.WINE.toString(), "--target", "cultivar", "--epochs", "5", "--model", "" + wineModel
                },
                new String[] {
                    "train",
                    data.toString(),
                    "--target",
                    "price",
                    "--drop",
                    "class",
                    "--epochs",
                    "5",
                    "--model",
                    "" + priceModel
                })) {
            Cli.Result result = Cli.run(args);
            assertEquals(0, result.code(), result.err());
        }
    }

    private static List<List<String>> csv(String text) {
        List<List<String>> rows = new ArrayList<>();
        CsvReader.builder().ofCsvRecord(text).stream().map(CsvRecord::getFields).forEach(rows::add);
        return rows;
    }

    @Test
    void predictionsAreTheSavedModelsAndEvaluateAgreesWithThem() throws IOException {
        Cli.Result result = Cli.run("predict", wineModel.toString(), Cli.WINE.toString());
        assertEquals(0, result.code(), result.err());
        List<List<String>> rows = csv(result.out());
        int target = rows.get(0).indexOf("cultivar");
        int prediction = rows.get(0).indexOf("prediction");
        assertEquals(
                List.of("prediction", "p_cultivar_1", "p_cultivar_2", "p_cultivar_3"),
                rows.get(0).subList(prediction, rows.get(0).size()));
        int right = 0;
        try (TabularModel model = TabularModel.load(wineModel)) {
            Predictions.OfClasses expected = (Predictions.OfClasses) model.predict(Table.readCsv(Cli.WINE));
            assertEquals(expected.rows() + 1, rows.size());
            for (int row = 0; row < expected.rows(); row++) {
                List<String> cells = rows.get(row + 1);
                assertEquals(expected.label(row), cells.get(prediction));
                for (int code = 0; code < 3; code++) {
                    assertEquals(expected.probability(row, code), Double.parseDouble(cells.get(prediction + 1 + code)));
                }
                right += cells.get(target).equals(cells.get(prediction)) ? 1 : 0;
            }
        }
        JsonNode scores = Cli.run("evaluate", wineModel.toString(), Cli.WINE.toString(), "--json")
                .json();
        assertEquals(178, scores.get("rows").asInt());
        assertEquals(right / 178.0, scores.get("scores").get("accuracy").asDouble());
    }

    @Test
    void scoresOfTheTestFileAreThoseThatEvaluateFinds() throws IOException {
        List<String> lines = Files.readAllLines(Cli.WINE);
        List<String> learned = new ArrayList<>();
        List<String> held = new ArrayList<>(List.of(lines.get(0)));
        for (int i = 0; i < lines.size(); i++) {
            (i > 0 && i % 4 == 0 ? held : learned).add(lines.get(i));
        }
        Path data = Files.write(folder.resolve("learned.csv"), learned);
        Path test = Files.write(folder.resolve("held.csv"), held);
        Path model = folder.resolve("m.diapason");
        JsonNode tuned = Cli.run(
                        "tune",
                        data.toString(),
                        "--target",
                        "cultivar",
                        "--test",
                        test.toString(),
                        "--trials",
                        "2",
                        "--epochs",
                        "3",
                        "--model",
                        model.toString(),
                        "--json")
                .json();
        JsonNode evaluated =
                Cli.run("evaluate", model.toString(), test.toString(), "--json").json();
        assertEquals(tuned.get("test"), evaluated.get("scores"));
    }

    @Test
    void cellsComeBackAsTheyWereWithQuotesCommasNewlinesBlanksAndUnicode() throws IOException {
        String text = """
                "remark, long",x,y,ÄÖ
                "said ""no"", twice",0.50,0.1, blank before

                "two
                lines",1e-1,?,日本語 😀
                ,NA,0.3,
                """;
        Path data = Cli.write(folder.resolve("odd.csv"), "\uFEFF" + text);
        Cli.Result result = Cli.run("predict", priceModel.toString(), data.toString());
        assertEquals(0, result.code(), result.err());
        List<List<String>> rows = csv(result.out());
        assertEquals(List.of("remark, long", "x", "y", "ÄÖ", "prediction"), rows.get(0));
        assertEquals(
                List.of("said \"no\", twice", "0.50", "0.1", " blank before"),
                rows.get(1).subList(0, 4));
        assertEquals(List.of("two\nlines", "1e-1", "?", "日本語 😀"), rows.get(2).subList(0, 4));
        assertEquals(List.of("", "NA", "0.3", ""), rows.get(3).subList(0, 4));
        assertEquals(4, rows.size());
        try (TabularModel model = TabularModel.load(priceModel)) {
            double[] expected = ((Predictions.OfValues) model.predict(Table.readCsv(data))).values();
            for (int row = 0; row < 3; row++) {
                assertEquals(expected[row], Double.parseDouble(rows.get(row + 1).get(4)));
            }
        }
    }

    @Test
    void aPlaceWhereNoFileCanBeMadeIsRefused() {
        Cli.Result result =
                Cli.run("predict", wineModel.toString(), Cli.WINE.toString(), "-o", "/proc/predictions.csv");
        assertEquals(2, result.code());
        // Root gets past the permissions of /proc, and finds that no file can be made there.
        assertTrue(
                result.err()
                        .matches("diapason: --output: must be writable, got no (file made at|permission to write)"
                                + " /proc/predictions\\.csv\n"),
                result.err());
    }

    @Test
    void filesThatAreReadAreNeverOverwritten() throws IOException {
        byte[] before = Files.readAllBytes(wineModel);
        Path data = Files.copy(Cli.WINE, folder.resolve("w.csv"));
        for (Path read : List.of(wineModel, data)) {
            Cli.Result result = Cli.run("predict", wineModel.toString(), data.toString(), "-o", read.toString());
            assertEquals(2, result.code());
            assertEquals(
                    "diapason: -o: must be another file than those that are read, got " + read + "\n", result.err());
        }
        assertEquals(-1, java.util.Arrays.mismatch(before, Files.readAllBytes(wineModel)));
        assertEquals(-1L, Files.mismatch(Cli.WINE, data));
        Cli.Result tested = Cli.run("train", data.toString(), "--target", "cultivar", "--test", data.toString());
        assertEquals(2, tested.code());
        assertEquals(
                "diapason: --test: must be another file than the one that is learned from, got " + data + "\n",
                tested.err());
    }

    @Test
    void aRowWhosePredictionOverflowsIsRefusedWithItsPlace() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(Cli.WINE).subList(0, 4));
        lines.set(2, lines.get(2).replaceFirst("^[^,]*", "1e99"));
        Path data = Files.write(folder.resolve("far.csv"), lines);
        Cli.Result result = Cli.run("predict", wineModel.toString(), data.toString());
        assertEquals(2, result.code());
        assertEquals("", result.out());
        assertEquals(
                "diapason: far.csv line 3: numbers must be near those the model was trained on, got a row whose prediction"
                        + " overflows\n",
                result.err());
    }

    @Test
    void outputFileIsWholeAndNothingElseIsLeftInItsFolder() throws IOException {
        Path out = Files.writeString(folder.resolve("out.csv"), "old");
        Cli.Result result = Cli.run("predict", wineModel.toString(), Cli.WINE.toString(), "-o", out.toString());
        assertEquals(0, result.code(), result.err());
        assertEquals("", result.out());
        assertEquals("178 rows predicted to " + out + "\n", result.err());
        assertEquals(
                Cli.run("predict", wineModel.toString(), Cli.WINE.toString()).out(), Files.readString(out));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(out), files.toList());
        }
    }

    @Test
    void aFilePredictedBeforeIsRefused() throws IOException {
        Path out = folder.resolve("once.csv");
        assertEquals(
                0,
                Cli.run("predict", wineModel.toString(), Cli.WINE.toString(), "-o", out.toString())
                        .code());
        Cli.Result again = Cli.run("predict", wineModel.toString(), out.toString());
        assertEquals(2, again.code());
        assertEquals("", again.out());
        assertEquals(
                "diapason: once.csv: must have no column «prediction», which predict adds, got one; was it predicted"
                        + " before? Leave the column out or rename it\n",
                again.err());
    }

    @Test
    void evaluateSaysEveryMetricAndHowManyRowsHadNoTarget() throws IOException {
        Path data = Cli.write(folder.resolve("t.csv"), Cli.table() + "0.1,0.2,low,\n");
        Cli.Result result = Cli.run("evaluate", priceModel.toString(), data.toString());
        assertEquals(0, result.code(), result.err());
        assertTrue(
                result.out()
                        .matches(
                                "regression of «price» on 40 rows of t\\.csv\n +rmse +[0-9.]+\n +mae +[0-9.]+\n +r2 +-?[0-9.]+\n"),
                result.out());
        assertEquals("warning: 1 row of t.csv without a value of the target «price» left out\n", result.err());
        assertFalse(result.out().contains("NaN"));
    }
}
