package io.diapason.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.random.Rng;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {
    @TempDir
    Path folder;

    /** A table of a fractional feature x and a target y whose cells a function gives. */
    private Table target(int rows, IntFunction<String> y) {
        return columns(rows, List.of("x", "y"), List.of(row -> row % 7 + ".5", y));
    }

    private Table columns(int rows, List<String> names, List<IntFunction<String>> cells) {
        StringBuilder text = new StringBuilder(String.join(",", names)).append('\n');
        for (int row = 0; row < rows; row++) {
            List<String> line = new ArrayList<>();
            for (IntFunction<String> cell : cells) {
                line.add(cell.apply(row));
            }
            text.append(String.join(",", line)).append('\n');
        }
        return new CsvFiles(folder).table(text.toString());
    }

    private static void refused(String message, Table table, String target, String... dropped) {
        var e = assertThrows(DataException.class, () -> Schema.of(table, target, List.of(dropped), TaskChoice.AUTO));
        assertEquals(message, e.getMessage());
    }

    private void inferred(String reason, List<String> classes, Table table) {
        Schema schema = Schema.of(table, "y");
        assertEquals(reason, schema.notes().get(0));
        assertEquals(classes, schema.classes());
        assertEquals(classes.isEmpty() ? Task.REGRESSION : Task.CLASSIFICATION, schema.task());
    }

    @Test
    void wordsAndTruthValuesAreClasses() {
        inferred(
                "target «y» holds words, so the task is classification",
                List.of("Blue", "red"),
                target(6, row -> row % 3 == 0 ? "red" : "Blue"));
        inferred(
                "target «y» holds truth values, so the task is classification",
                List.of("no", "yes"),
                target(6, row -> row % 3 == 0 ? "yes" : "no"));
    }

    @Test
    void consecutiveCodesAreClassesSpelledAsInTheFile() {
        inferred(
                "target «y» holds the class codes 1 and 2, so the task is classification",
                List.of("1", "2"),
                target(10, row -> 1 + row % 2 + ""));
        inferred(
                "target «y» holds the class codes 0 to 11, so the task is classification",
                List.of("0.0", "1.0", "2.0", "3.0", "4.0", "5.0", "6.0", "7.0", "8.0", "9.0", "10.0", "11.0"),
                target(60, row -> row % 12 + ".0"));
    }

    @Test
    void otherNumbersAreARegression() {
        inferred(
                "target «y» holds numbers with fractions, such as 1.5, so the task is regression",
                List.of(),
                target(20, row -> row == 1 ? "1.5" : "" + row % 2));
        String integers =
                "target «y» holds integers that are no class codes (at most 50, counted from 0 or 1, at least 5"
                        + " rows each), so the task is regression";
        String few = "; --task classification takes its %d values as classes";
        inferred(integers + few.formatted(7), List.of(), target(70, row -> 3 + row % 7 + "")); // 3 … 9
        inferred(integers + few.formatted(2), List.of(), target(70, row -> row % 2 * 2 + "")); // 0, 2
        inferred(integers + few.formatted(2), List.of(), target(9, row -> row % 2 + "")); // 4.5 rows each
        inferred(integers, List.of(), target(1000, row -> row % 51 + "")); // 51 codes
        inferred(integers + few.formatted(50), List.of(), target(249, row -> row % 50 + ""));
    }

    @Test
    void fiftyCodesOfFiveRowsEachAreClasses() {
        assertEquals(
                50, Schema.of(target(250, row -> row % 50 + ""), "y").classes().size());
    }

    @Test
    void chosenTaskWins() {
        Table table = target(70, row -> 3 + row % 7 + "");
        Schema classes = Schema.of(table, "y", List.of(), TaskChoice.CLASSIFICATION);
        assertEquals(List.of("3", "4", "5", "6", "7", "8", "9"), classes.classes());
        assertEquals("the task is classification, as chosen", classes.notes().get(0));
        Schema numbers = Schema.of(target(10, row -> row % 2 + ""), "y", List.of(), TaskChoice.REGRESSION);
        assertEquals(Task.REGRESSION, numbers.task());
        assertEquals("the task is regression, as chosen", numbers.notes().get(0));
        var e = assertThrows(
                DataException.class,
                () -> Schema.of(
                        target(4, row -> row % 2 == 0 ? "red" : "blue"), "y", List.of(), TaskChoice.REGRESSION));
        assertEquals("t.csv line 2: target «y» must hold numbers for regression, got «red»", e.getMessage());
    }

    @Test
    void unknownTargetAndDroppedColumnsAreRefused() {
        Table table = new CsvFiles(folder).table("age,income\n1,a\n2,a\n3,b\n4,b\n");
        refused("target: must name a column, got «incom»; did you mean «income»?", table, "incom");
        refused("target: must name a column, got «price»; known are: age, income", table, "price");
        refused("drop: must name a column, got «agee»; did you mean «age»?", table, "income", "agee");
        refused("drop: must name columns other than the target, got «income»", table, "income", "income");
    }

    @Test
    void rowsWithoutTargetAreLeftOutWithAWarning() {
        Schema schema = Schema.of(target(30, row -> row == 3 || row == 8 ? "NaN" : row % 2 == 0 ? "a" : "b"), "y");
        assertEquals(
                List.of("2 rows have no value of the target «y» and are left out, the first at t.csv line 5"),
                schema.warnings());
        assertArrayEquals(
                IntStream.range(0, 30).filter(row -> row != 3 && row != 8).toArray(), schema.labelledRows());
        Schema one = Schema.of(target(30, row -> row == 0 ? "" : row % 2 == 0 ? "a" : "b"), "y");
        assertEquals(
                List.of("1 row has no value of the target «y» and is left out, the first at t.csv line 2"),
                one.warnings());
        refused("t.csv: target «y» must have a value in some row, got none in 3", target(3, row -> "?"), "y");
    }

    @Test
    void aNumericTargetMustHoldANumberInEveryRow() {
        String message =
                ": target «y» must hold a number in every row, got a missing cell; take out the rows without one";
        refused("t.csv line 5" + message, target(30, row -> row == 3 ? "NaN" : row % 2 + ".5"), "y");
        refused("t.csv line 2" + message, target(30, row -> row == 0 ? "" : row % 2 + ""), "y");
    }

    @Test
    void aWordAmongNumbersIsNamedWithItsPlace() {
        Table table = columns(
                40,
                List.of("x", "y"),
                List.of(row -> row == 7 ? "n/a?" : row * row % 17 + ".5", row -> row % 2 == 0 ? "a" : "b"));
        assertEquals(
                List.of(
                        "column «x» is read as words, because of «n/a?» at t.csv line 9, though nearly all its cells are"
                                + " numbers; make that a number, or a missing cell"),
                Schema.of(table, "y").warnings());
        refused(
                "t.csv line 5: target «y» must hold numbers, as its other cells do, got «oops»; --task classification takes"
                        + " its cells as classes",
                target(40, row -> row == 3 ? "oops" : row + ".5"),
                "y");
    }

    @Test
    void aColumnWithoutAnyValueIsRefused() {
        Table table = new CsvFiles(folder).table("a,empty,y\n1,,u\n2,NA,v\n3,?,u\n4,,v\n");
        refused(
                "t.csv: column «empty» must have a value in some row, got none in 4; leave it out with --drop empty",
                table,
                "y");
    }

    @Test
    void targetsThatCannotBeLearnedAreRefused() {
        refused("t.csv: target «y» must have at least 2 classes, got only «a»", target(5, row -> "a"), "y");
        refused("t.csv: target «y» must have at least 2 values, got only 2.5", target(5, row -> "2.5"), "y");
        refused(
                "t.csv line 4: class «c» of the target «y» must have at least 2 rows, got 1; leave such rows out or join"
                        + " classes",
                target(9, row -> row == 2 ? "c" : row % 2 == 0 ? "a" : "b"),
                "y");
        refused(
                "t.csv line 5: class «2» of the target «y» must have at least 2 rows, got 1, as 1 more of its 4 classes;"
                        + " leave such rows out or join classes, or choose regression with --task regression",
                target(40, row -> row == 3 ? "2" : row == 5 ? "3" : row % 2 + ""),
                "y");
        refused(
                "t.csv line 3: column «y» must hold finite numbers, got «-Infinity»",
                target(9, row -> row == 1 ? "-Infinity" : row + ".5"),
                "y");
    }

    @Test
    void infiniteFeatureIsRefusedUnlessItIsDropped() {
        Table table = new CsvFiles(folder).table("a,b,y\n1.5,1,u\n1e999,2,u\n2,7,v\n3,1,v\n");
        refused("t.csv line 3: column «a» must hold finite numbers, got «1e999»", table, "y");
        assertEquals(
                List.of("b"),
                Schema.of(table, "y", List.of("a"), TaskChoice.AUTO).features());
    }

    @Test
    void uselessColumnsAreLeftOutEachWithALine() {
        Table table = columns(
                20,
                List.of("row", "from0", "later", "name", "same", "kept", "y"),
                List.of(
                        row -> row + 1 + "",
                        row -> row + ".0",
                        row -> 100 + row + "",
                        row -> "person " + (row == 19 ? 18 : row), // 19 of 20 = 95 % differ
                        row -> "k",
                        row -> row * row % 11 + "",
                        row -> row % 2 == 0 ? "a" : "b"));
        Schema schema = Schema.of(table, "y");
        assertEquals(
                List.of(
                        Role.IDENTIFIER,
                        Role.IDENTIFIER,
                        Role.IDENTIFIER,
                        Role.IDENTIFIER,
                        Role.CONSTANT,
                        Role.FEATURE,
                        Role.TARGET),
                schema.roles().stream().map(ColumnRole::role).toList());
        assertEquals(
                List.of(
                        "target «y» holds words, so the task is classification",
                        "column «row» is left out: it counts the rows from 1, as an identifier does",
                        "column «from0» is left out: it counts the rows from 0.0, as an identifier does",
                        "column «later» is left out: it counts the rows from 100, as an identifier does",
                        "column «name» is left out: its 19 words hardly ever repeat, as an identifier's do not",
                        "column «same» is left out: every cell is k"),
                schema.notes());
        assertEquals(List.of("kept"), schema.features());
    }

    @Test
    void columnsThatOnlyResembleUselessOnesAreKept() {
        Table table = columns(
                20,
                List.of("shuffled", "gap", "unique", "fraction", "words", "hole", "y"),
                List.of(
                        row -> (row * 7) % 20 + "", // 0 … 19 in another order
                        row -> row + (row > 10 ? 1 : 0) + "",
                        row -> 1000 * row * row + 17 + "", // all differ, as sampling weights do
                        row -> row + 0.25 * (row % 2) + "",
                        row -> "w" + row % 18, // 18 of 20 = 90 %
                        row -> row == 4 ? "" : "1", // whether it is missing may tell
                        row -> row % 2 == 0 ? "a" : "b"));
        assertEquals(
                List.of("shuffled", "gap", "unique", "fraction", "words", "hole"),
                Schema.of(table, "y").features());
        Table small = columns(9, List.of("n", "y"), List.of(row -> row + "", row -> row % 2 == 0 ? "a" : "b"));
        assertEquals(List.of("n"), Schema.of(small, "y").features(), "too few rows to judge");
    }

    @Test
    void tableWithoutUsableColumnIsRefusedWithTheReasons() {
        Table table = columns(
                12,
                List.of("id", "z", "k", "y"),
                List.of(row -> row + "", row -> "0", row -> row + ".5", row -> row % 2 + ""));
        refused(
                "t.csv: must have a usable column beside the target «y», got none («id»: it counts the rows from 0, as an"
                        + " identifier does, «z»: every cell is 0, «k»: it is dropped as asked)",
                table,
                "y",
                "k");
        refused(
                "t.csv: must have a usable column beside the target «y», got none",
                columns(6, List.of("y"), List.of(row -> row % 2 == 0 ? "a" : "b")),
                "y");
    }

    @Test
    void rolesOfATableAreKnownWithoutATarget() {
        Table table = new CsvFiles(folder).table("a,b\n1,x\n1,x\n1,y\n");
        assertEquals(
                List.of(new ColumnRole("a", Role.CONSTANT, "every cell is 1"), new ColumnRole("b", Role.FEATURE, "")),
                ColumnRole.of(table));
    }

    @Test
    void featuresThatNameTheClassAreWarnedOf() {
        Table table = columns(
                2000,
                List.of("alive", "code", "nearly", "often", "noise", "y"),
                List.of(
                        row -> row % 3 == 0 ? "yes" : "no",
                        row -> row % 3 == 0 ? "7.5" : row % 2 + "", // three values, each of one class
                        row -> (row % 3 == 0) == (row != 5 && row != 6) ? "in" : "out", // 2 of 2000 wrong: 0.1 %
                        row -> (row % 3 == 0) == (row > 5 || row < 3) ? "in" : "out", // 3 wrong
                        row -> row % 100 + "",
                        row -> row % 3 == 0 ? "1" : "0"));
        assertEquals(
                List.of(
                        "column «alive» gives the target away (its value alone tells the class of 2000 of 2000 rows);"
                                + " leave it out with --drop alive",
                        "column «code» gives the target away (its value alone tells the class of 2000 of 2000 rows);"
                                + " leave it out with --drop code",
                        "column «nearly» gives the target away (its value alone tells the class of 1998 of 2000 rows);"
                                + " leave it out with --drop nearly"),
                Schema.of(table, "y").warnings());
    }

    @Test
    void rareClassesSmallTablesAndManyValuesRaiseNoLeakWarning() {
        // 2 of 4000 rows are of the rare class: guessing the frequent one is right for 99.95 %, whatever the feature.
        Table rare = columns(
                4000, List.of("f", "y"), List.of(row -> row % 4 + "", row -> row == 7 || row == 20 ? "b" : "a"));
        assertEquals(List.of(), Schema.of(rare, "y").warnings());
        Table small = columns(19, List.of("f", "y"), List.of(row -> row % 2 + "", row -> row % 2 == 0 ? "a" : "b"));
        assertEquals(List.of(), Schema.of(small, "y").warnings());
        Table manyValues =
                columns(100, List.of("f", "y"), List.of(row -> row / 9 + "", row -> row / 9 % 2 == 0 ? "a" : "b"));
        assertEquals(List.of(), Schema.of(manyValues, "y").warnings());
    }

    @Test
    void noiseRaisesNoLeakWarning() {
        for (int seed = 0; seed < 30; seed++) {
            Rng rng = Rng.of(seed);
            int rows = 40;
            Table table = columns(
                    rows,
                    List.of("f", "g", "y", "z"),
                    List.of(
                            row -> rng.intAt(row, 4) + "",
                            row -> "g" + rng.intAt(rows + row, 3),
                            row -> rng.intAt(2 * rows + row, 2) == 0 ? "a" : "b",
                            row -> rng.gaussianAt(3 * rows + row) + ""));
            assertEquals(List.of(), Schema.of(table, "y").warnings(), "seed " + seed);
            assertEquals(List.of(), Schema.of(table, "z").warnings(), "seed " + seed);
        }
    }

    @Test
    void featuresProportionalToTheTargetAreWarnedOf() {
        Rng rng = Rng.of(4);
        Table table = columns(
                50,
                List.of("euro", "noisy", "y"),
                List.of(
                        row -> row == 3 ? "" : -0.9 * rng.gaussianAt(row) + 3 + "",
                        row -> rng.gaussianAt(row) + 0.1 * rng.gaussianAt(100 + row) + "",
                        row -> rng.gaussianAt(row) + ""));
        assertEquals(
                List.of(
                        "column «euro» gives the target away (its correlation with the target is -1.000000); leave it out"
                                + " with --drop euro"),
                Schema.of(table, "y").warnings());
    }

    @Test
    void classesOfNumbersAreInNumericOrder() {
        Schema schema = Schema.of(
                target(60, row -> List.of("10", "9", "-1").get(row % 3)), "y", List.of(), TaskChoice.CLASSIFICATION);
        assertEquals(List.of("-1", "9", "10"), schema.classes());
        Schema words = Schema.of(target(60, row -> List.of("10", "9", "b").get(row % 3)), "y");
        assertEquals(List.of("10", "9", "b"), words.classes());
        assertEquals(60, Arrays.stream(words.labelledRows()).count());
    }
}
