package io.diapason.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableEncoderTest {
    @TempDir
    Path folder;

    private Table table(String text) {
        return new CsvFiles(folder).table(text);
    }

    @Test
    void classesBecomeCodesAndKeepTheirPlaces() {
        Table table = table("x,y\n1,b\n3,a\n5,b\n7,c\n2,a\n2,c\n");
        Schema schema = Schema.of(table, "y");
        TableEncoder encoder = TableEncoder.fit(schema, table, new int[] {0, 1}); // c is in neither
        assertEquals(new ClassEncoder(List.of("a", "b", "c")), encoder.targetEncoder());
        Dataset data = encoder.dataset(table, new int[] {3, 0, 1});
        assertArrayEquals(new int[] {2, 1, 0}, data.classes());
        assertArrayEquals(new float[] {5, -1, 1}, data.features());
        assertEquals(3, data.classCount());
        assertEquals(Task.CLASSIFICATION, data.task());
    }

    @Test
    void numbersStayInTheirUnitsAndAreStandardisedByTheFittedRows() {
        Table table = table("x,y\n1,10.5\n3,12.5\n5,0.25\n");
        Schema schema = Schema.of(table, "y");
        TableEncoder encoder = TableEncoder.fit(schema, table, new int[] {0, 1});
        assertEquals(new ValueEncoder(11.5, 1), encoder.targetEncoder());
        Dataset data = encoder.dataset(table, new int[] {2, 0});
        assertArrayEquals(new double[] {0.25, 10.5}, data.values());
        ValueEncoder values = (ValueEncoder) encoder.targetEncoder();
        assertArrayEquals(new float[] {-11.25f, -1}, values.standardise(data.values()));
        assertEquals(0.25, values.value(-11.25f));
    }

    @Test
    void labelsOfAnotherFileMayBeSpelledDifferently() {
        ClassEncoder numbers = new ClassEncoder(List.of("1", "2"));
        assertArrayEquals(new int[] {1, 0, 1}, numbers.codes(table("y\n2.0\n1\n02\n"), "y", new int[] {0, 1, 2}));
        ClassEncoder truth = new ClassEncoder(List.of("False", "True"));
        assertArrayEquals(new int[] {1, 0}, truth.codes(table("y\ntrue\nFALSE\n"), "y", new int[] {0, 1}));
        ClassEncoder cased = new ClassEncoder(List.of("a", "A", "b"));
        assertArrayEquals(new int[] {1, 2}, cased.codes(table("y\nA\nB\n"), "y", new int[] {0, 1}));
    }

    @Test
    void unknownAndMissingTargetsAreRefusedWithTheirLine() {
        ClassEncoder classes = new ClassEncoder(List.of("Adelie", "Gentoo"));
        Table table = table("y,z\nAdelie,1\nEmperor,2\n?,\n");
        assertEquals(
                "t.csv line 3: target «y» must be one of Adelie, Gentoo, got «Emperor»",
                assertThrows(DataException.class, () -> classes.codes(table, "y", new int[] {0, 1}))
                        .getMessage());
        ClassEncoder cased = new ClassEncoder(List.of("Ab", "aB"));
        assertEquals(
                "t.csv line 2: target «y» must be one of Ab, aB, got «ab»",
                assertThrows(DataException.class, () -> cased.codes(table("y\nab\n"), "y", new int[] {0}))
                        .getMessage());
        assertEquals(
                "t.csv line 4: target «y» must be one of Adelie, Gentoo, got a missing cell",
                assertThrows(DataException.class, () -> classes.codes(table, "y", new int[] {2}))
                        .getMessage());
        assertEquals(
                "t.csv line 4: target «z» must hold a number, got a missing cell",
                assertThrows(DataException.class, () -> ValueEncoder.values(table, "z", new int[] {2}))
                        .getMessage());
    }

    @Test
    void targetEncodersOutOfRangeAreRefused() {
        assertEquals(
                "classes: must be at least 2 different labels, none empty, got [a]",
                assertThrows(DataException.class, () -> new ClassEncoder(List.of("a")))
                        .getMessage());
        assertEquals(
                "target: mean must be finite and standard deviation finite and above 0, got NaN and 1.0",
                assertThrows(DataException.class, () -> new ValueEncoder(Double.NaN, 1))
                        .getMessage());
    }
}
