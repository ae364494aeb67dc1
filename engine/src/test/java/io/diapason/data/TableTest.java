package io.diapason.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.random.Rng;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
    @TempDir
    Path folder;

    CsvFiles csv;

    @BeforeEach
    void openFolder() {
        csv = new CsvFiles(folder);
    }

    private static List<String> texts(Column column) {
        return IntStream.range(0, column.rows()).mapToObj(column::text).toList();
    }

    @Test
    void kindsOfColumnsAreInferredFromTheirCells() {
        Table table = csv.table("""
                number,truth,letter,answer,word,code,mixed,nothing
                1.5,True,t,yes,red,0,1,
                -2e3,FALSE,F,no,blue,1,x,?
                +.5,true,T,Yes,t,0,2,NA
                """);
        assertEquals(3, table.rows());
        assertEquals(
                List.of(
                        "numeric",
                        "boolean",
                        "boolean",
                        "boolean",
                        "categorical",
                        "numeric",
                        "categorical",
                        "categorical"),
                table.columns().stream().map(Column::kind).toList());
        NumericColumn number = assertInstanceOf(NumericColumn.class, table.column("number"));
        assertEquals(1.5, number.value(0));
        assertEquals(-2000, number.value(1));
        assertEquals(0.5, number.value(2));
        BooleanColumn letter = assertInstanceOf(BooleanColumn.class, table.column("letter"));
        assertTrue(letter.value(0));
        assertFalse(letter.value(1));
        assertEquals(List.of("t", "F", "t"), texts(letter), "spelled as at first");
        assertEquals(List.of("1", "x", "2"), texts(table.column("mixed")));
        assertTrue(table.column("nothing").isMissing(0));
    }

    @Test
    void truthValuesOfTwoPairsAreWords() {
        assertEquals("categorical", csv.table("a\ntrue\nno\n").column("a").kind());
        assertEquals("categorical", csv.table("a\nF\nM\n").column("a").kind());
        assertEquals("boolean", csv.table("a\nF\n?\n").column("a").kind());
    }

    @Test
    void missingCellsAreTheFiveSpellingsInAnyCaseTrimmed() {
        Table table = csv.table("a,b\n1,x\n,\n ? , ?\nna,Na\nNaN,nan\nNULL,null\n2,nulls\n");
        for (String name : List.of("a", "b")) {
            Column column = table.column(name);
            assertEquals(
                    List.of(false, true, true, true, true, true, false),
                    IntStream.range(0, 7).mapToObj(column::isMissing).toList());
        }
        assertEquals("numeric", table.column("a").kind());
        assertEquals(List.of("x", "", "", "", "", "", "nulls"), texts(table.column("b")));
        assertEquals(List.of(0, 6), Arrays.stream(table.rowsWith("a")).boxed().toList());
    }

    @Test
    void spellingsOfNumbersSurvive() {
        Table table = csv.table("a,b,c\n1,1.0,007\n2,2.0,010\n-0.50,1.0,7\n1e3,1.00,1e400\n");
        assertEquals(List.of("1", "2", "-0.50", "1e3"), texts(table.column("a")));
        assertEquals(List.of("1.0", "2.0", "1.0", "1.0"), texts(table.column("b")));
        assertEquals(List.of("007", "010", "007", "1e400"), texts(table.column("c")));
    }

    @Test
    void wordsThatJavaWouldTakeForNumbersAreWords() {
        for (String word : List.of("1f", "2d", "0x1p3", "1e", ".", "-", "1 2", "1_000", "1,5", "e5", "١")) {
            Table table = csv.table("a\n1\n\"" + word + "\"\n");
            assertEquals("categorical", table.column("a").kind(), word);
            assertEquals(List.of("1", word), texts(table.column("a")));
        }
    }

    @Test
    void quotesCommasAndNewlinesFollowTheStandard() {
        Table table = csv.table("a,\"b \"\"x\"\"\"\r\n\"one\r\ntwo\",\"p,q\"\r\n\r\nthree,\"\"\"\"\r\n");
        assertEquals(List.of("a", "b \"x\""), table.columnNames());
        assertEquals(List.of("one\r\ntwo", "three"), texts(table.column("a")));
        assertEquals(List.of("p,q", "\""), texts(table.column("b \"x\"")));
        assertEquals("t.csv line 2", table.place(0));
        assertEquals("t.csv line 5", table.place(1), "the quoted line break and the empty line count");
    }

    @Test
    void byteOrderMarkIsSkipped() {
        Table table = csv.table("\uFEFFage,é\n1,ü\n");
        assertEquals(List.of("age", "é"), table.columnNames());
        assertEquals("ü", table.column("é").text(0));
    }

    @Test
    void wordAfterManyNumbersKeepsTheirSpellings() {
        StringBuilder text = new StringBuilder("a,b,c\n");
        List<String> expected = new ArrayList<>();
        for (int row = 0; row < 3000; row++) {
            String cell = row % 7 == 0 ? "" : row == 2999 ? "end" : row + ".50";
            expected.add(cell);
            text.append(cell)
                    .append(',')
                    .append(row)
                    .append(",w")
                    .append(row % 3)
                    .append('\n');
        }
        Table table = csv.table(text.toString());
        assertEquals(expected, texts(table.column("a")));
        assertEquals("numeric", table.column("b").kind());
        assertEquals(List.of("w0", "w1", "w2"), ((CategoricalColumn) table.column("c")).categories());
    }

    @Test
    void anyCellsWrittenAreReadBack() {
        // Property: whatever the words, quoting them and reading gives them back, with the line of each record.
        String letters = "ab\",\n\r éλ€😀'x";
        int[] points = letters.codePoints().toArray();
        for (int seed = 0; seed < 50; seed++) {
            Rng rng = Rng.of(seed).child("cells");
            int index = 0;
            int rows = 1 + rng.intAt(index++, 40);
            StringBuilder text = new StringBuilder("\"h\",k\n");
            List<String> cells = new ArrayList<>();
            List<Integer> lines = new ArrayList<>();
            int line = 2;
            for (int row = 0; row < rows; row++) {
                StringBuilder cell = new StringBuilder("z"); // no cell is missing or begins with a blank
                int length = rng.intAt(index++, 12);
                for (int i = 0; i < length; i++) {
                    cell.appendCodePoint(points[rng.intAt(index++, points.length)]);
                }
                cell.append('z');
                cells.add(cell.toString());
                lines.add(line);
                text.append('"').append(cell.toString().replace("\"", "\"\"")).append("\",1\n");
                line += 1
                        + (int) cell.toString()
                                .replace("\r\n", "\n")
                                .replace('\r', '\n')
                                .chars()
                                .filter(c -> c == '\n')
                                .count();
            }
            Table table = csv.table(text.toString());
            assertEquals(cells, texts(table.column("h")), "seed " + seed);
            for (int row = 0; row < rows; row++) {
                assertEquals("t.csv line " + lines.get(row), table.place(row), "seed " + seed);
            }
        }
    }

    @Test
    void numbersWrittenAreReadBackBitForBit() {
        for (int seed = 0; seed < 20; seed++) {
            Rng rng = Rng.of(seed).child("numbers");
            double[] numbers = new double[200];
            StringBuilder text = new StringBuilder("x\n");
            for (int row = 0; row < numbers.length; row++) {
                double number = Double.longBitsToDouble(rng.longAt(row));
                numbers[row] = Double.isFinite(number) ? number : row;
                text.append(numbers[row]).append('\n');
            }
            NumericColumn column = (NumericColumn) csv.table(text.toString()).column("x");
            for (int row = 0; row < numbers.length; row++) {
                assertEquals(numbers[row], column.value(row), "seed " + seed + " row " + row);
            }
        }
    }

    @Test
    void tablesMadeByProgramsNameTheirRows() {
        Table table = Table.of(
                "request",
                List.of(
                        NumericColumn.of("age", 31, Double.NaN),
                        CategoricalColumn.of("sex", List.of("male", " ? ")),
                        BooleanColumn.of("alone", true, false)));
        assertEquals("request row 2", table.place(1));
        assertTrue(table.column("age").isMissing(1));
        assertTrue(table.column("sex").isMissing(1));
        assertEquals("false", table.column("alone").text(1));
    }

    @Test
    void unknownColumnIsRefusedWithTheNearestOrAllNames() {
        Table table = csv.table("age,income\n1,2\n");
        var near = assertThrows(DataException.class, () -> table.column("incom"));
        assertEquals(
                "t.csv: must have the column «incom», got none so named; did you mean «income»?", near.getMessage());
        var far = assertThrows(DataException.class, () -> table.column("zebra"));
        assertEquals(
                "t.csv: must have the column «zebra», got none so named; known are: age, income", far.getMessage());
    }

    @Test
    void columnsOfDifferentLengthOrEqualNameAreRefused() {
        var lengths = assertThrows(
                DataException.class,
                () -> Table.of("t", List.of(NumericColumn.of("a", 1), NumericColumn.of("b", 1, 2))));
        assertEquals("t: columns must be equally long, got «a» with 1 rows and «b» with 2", lengths.getMessage());
        var names = assertThrows(
                DataException.class, () -> Table.of("t", List.of(NumericColumn.of("a", 1), NumericColumn.of("a", 2))));
        assertEquals("t: column names must differ, got «a» twice", names.getMessage());
        var none = assertThrows(DataException.class, () -> Table.of("t", List.of()));
        assertEquals("t: must have at least one column, got none", none.getMessage());
    }

    @Test
    void theExampleTableReadsAsItsReadmeSays() {
        Path example = Path.of("examples", "wine.csv");
        Table wine =
                Table.readCsv(Files.exists(example) ? example : Path.of("..").resolve(example));
        Schema schema = Schema.of(wine, "cultivar");
        assertEquals(178, wine.rows());
        assertEquals(13, schema.features().size());
        assertEquals(List.of("cultivar_1", "cultivar_2", "cultivar_3"), schema.classes());
        assertEquals(List.of(), schema.warnings());
    }
}
