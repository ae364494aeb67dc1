package io.diapason.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.random.Rng;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreprocessingTest {
    @TempDir
    Path folder;

    private Table table(String text) {
        return new CsvFiles(folder).table(text);
    }

    private static int[] rows(int n) {
        return IntStream.range(0, n).toArray();
    }

    @Test
    void numbersAreStandardisedByTheFittedRowsAlone() {
        Table table = table("a\n1\n3\n100\n");
        Preprocessing fitted = Preprocessing.fit(table, List.of("a"), new int[] {0, 1});
        // Mean 2, deviations ±1, so the standard deviation is 1.
        assertEquals(List.of(new NumericEncoder("a", 2, 1, false)), fitted.encoders());
        assertArrayEquals(new float[] {98, -1, 1}, fitted.transform(table, new int[] {2, 0, 1}));
        assertArrayEquals(new float[] {-1, 1, 98}, fitted.transform(table));
    }

    @Test
    void missingNumbersAreTheMeanAndMarkedIfSeenInFitting() {
        Table table = table("a,b\n1,5\n,7\n3,\n");
        Preprocessing fitted = Preprocessing.fit(table, List.of("a", "b"), new int[] {0, 1});
        // a: present 1 only, no spread, so scale 1; b: mean 6, scale 1.
        assertEquals(List.of("a", "a missing", "b"), fitted.featureNames());
        assertArrayEquals(
                new float[] {
                    0, 0, -1, //
                    0, 1, 1, //
                    2, 0, 0
                },
                fitted.transform(table));
    }

    @Test
    void standardisedColumnsHaveMeanZeroAndVarianceOne() {
        for (int seed = 0; seed < 20; seed++) {
            Rng rng = Rng.of(seed);
            double offset = 1e6 * rng.gaussianAt(1000);
            double scale = Math.exp(20 * rng.gaussianAt(1001));
            double[] values = new double[200];
            for (int i = 0; i < values.length; i++) {
                values[i] = scale * (rng.gaussianAt(i) + offset / 1e6);
            }
            Table table = Table.of("t", List.of(NumericColumn.of("x", values)));
            float[] features = Preprocessing.fit(table, List.of("x"), rows(200)).transform(table);
            double sum = 0;
            double squares = 0;
            for (float feature : features) {
                sum += feature;
                squares += feature * feature;
            }
            assertEquals(0, sum / 200, 1e-6, "seed " + seed);
            assertEquals(1, squares / 200, 1e-6, "seed " + seed);
        }
    }

    @Test
    void hugeAndEqualNumbersHaveAFiniteScale() {
        Table table = Table.of("t", List.of(NumericColumn.of("huge", 1e99, -1e99), NumericColumn.of("same", 0.1, 0.1)));
        float[] features =
                Preprocessing.fit(table, List.of("huge", "same"), rows(2)).transform(table);
        assertArrayEquals(new float[] {1, 0, -1, 0}, features);
        double[] tenths = new double[1000];
        Arrays.fill(tenths, 0.1); // their sum is not 100, their mean not 0.1
        assertEquals(1, Moments.of(tenths).scale());
    }

    @Test
    void truthValuesArePlusAndMinusOne() {
        Table table = table("a,b\nyes,T\nNo,\nYES,F\n");
        Preprocessing fitted = Preprocessing.fit(table, List.of("a", "b"), rows(3));
        assertEquals(List.of("a", "b", "b missing"), fitted.featureNames());
        assertArrayEquals(new float[] {1, 1, 0, -1, 0, 1, 1, -1, 0}, fitted.transform(table));
        // Another table: other words, codes, and a missing cell where none was seen.
        Table other = table("b,a\n0,true\n1,False\n2,perhaps\n1,\n");
        assertArrayEquals(new float[] {1, -1, 0, -1, 1, 0, 0, 0, 0, 0, 1, 0}, fitted.transform(other));
    }

    @Test
    void categoriesAreOneHotTheMostFrequentFirst() {
        Table table = table("c\nred\nblue\ngreen\nblue\n\"\"\ngreen\n");
        Preprocessing fitted = Preprocessing.fit(table, List.of("c"), rows(6));
        assertEquals(List.of("c=blue", "c=green", "c=red", "c missing"), fitted.featureNames());
        assertArrayEquals(
                new float[] {
                    0, 0, 1, 0, //
                    1, 0, 0, 0, //
                    0, 1, 0, 0, //
                    1, 0, 0, 0, //
                    0, 0, 0, 1, //
                    0, 1, 0, 0
                },
                fitted.transform(table));
    }

    @Test
    void unseenCategoriesAreAllZeros() {
        Table table = table("c,d\nred,1\nblue,x\nteal,2\n");
        Preprocessing fitted = Preprocessing.fit(table, List.of("c", "d"), new int[] {0, 1});
        assertEquals(List.of("c=blue", "c=red", "d=1", "d=x"), fitted.featureNames());
        // In the other table d looks numeric, and its cells still are the words they are spelled as.
        Table other = table("d,c\n1,teal\n2,red\n,\n");
        assertArrayEquals(new float[] {0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0}, fitted.transform(other));
    }

    @Test
    void categoriesBeyondAHundredShareOneNumber() {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < 103; i++) {
            cells.add("c" + i);
            if (i >= 3) {
                cells.add("c" + i); // c0, c1 and c2 are the rarest
            }
        }
        Table table = Table.of("t", List.of(CategoricalColumn.of("c", cells)));
        Preprocessing fitted = Preprocessing.fit(table, List.of("c"), rows(cells.size()));
        assertEquals(101, fitted.width());
        assertEquals("c other", fitted.featureNames().get(100));
        Table probe = Table.of("t", List.of(CategoricalColumn.of("c", List.of("c1", "never seen", "c100", ""))));
        float[] features = fitted.transform(probe);
        assertEquals(1, features[100]);
        assertEquals(1, features[101 + 100]);
        assertEquals(0, features[202 + 100]);
        assertEquals(1, features[202 + fitted.featureNames().indexOf("c=c100")]);
        double sum = 0;
        for (float feature : features) {
            sum += feature;
        }
        assertEquals(3, sum, "the missing cell is all zeros");
    }

    @Test
    void encodersThatAFileGivesBackMeanTheSame() {
        Table table = table("a,b,c\n1,yes,x\n2,no,y\n,,\n");
        Preprocessing fitted = Preprocessing.fit(table, List.of("a", "b", "c"), rows(3));
        Preprocessing copied = new Preprocessing(List.of(
                new NumericEncoder("a", 1.5, 0.5, true),
                new BooleanEncoder("b", true),
                new CategoricalEncoder("c", List.of("x", "y"), false, true)));
        assertEquals(copied, fitted);
        assertArrayEquals(fitted.transform(table), copied.transform(table));
    }

    @Test
    void encodersOutOfRangeAreRefused() {
        assertEquals(
                "column «a»: mean must be finite and standard deviation finite and above 0, got 1.0 and 0.0",
                assertThrows(DataException.class, () -> new NumericEncoder("a", 1, 0, false))
                        .getMessage());
        assertEquals(
                "column «c»: categories must differ and none be empty, got [x, x]",
                assertThrows(DataException.class, () -> new CategoricalEncoder("c", List.of("x", "x"), false, false))
                        .getMessage());
        assertEquals(
                "column «c»: must have a category, other or missing cells, got none",
                assertThrows(DataException.class, () -> new CategoricalEncoder("c", List.of(), false, false))
                        .getMessage());
        assertEquals(
                "preprocessing: must have encoders of different columns, at least one, got []",
                assertThrows(DataException.class, () -> new Preprocessing(List.of()))
                        .getMessage());
    }

    @Test
    void fittingOnNoRowsIsRefused() {
        Table table = table("a\n1\n");
        assertEquals(
                "preprocessing: must be fitted on at least one row of t.csv, got none",
                assertThrows(DataException.class, () -> Preprocessing.fit(table, List.of("a"), new int[0]))
                        .getMessage());
    }

    @Test
    void lackingColumnIsRefusedAndFurtherOnesAreIgnored() {
        Preprocessing fitted = Preprocessing.fit(table("age,sex\n1,m\n2,f\n"), List.of("age", "sex"), rows(2));
        assertArrayEquals(new float[] {-1, 0, 1}, fitted.transform(table("x,sex,age\n?,m,1\n")));
        assertEquals(
                "t.csv: must have every column that was learned from, got none named «age»; did you mean «Age»?",
                assertThrows(DataException.class, () -> fitted.transform(table("Age,sex\n1,m\n")))
                        .getMessage());
        assertEquals(
                "t.csv: must have every column that was learned from, got none named «age», «sex»; known are: x",
                assertThrows(DataException.class, () -> fitted.transform(table("x\n1\n")))
                        .getMessage());
    }

    @Test
    void wordOrInfinityInANumericColumnIsRefusedWithItsLine() {
        Preprocessing fitted = Preprocessing.fit(table("age\n1\n2\n"), List.of("age"), rows(2));
        assertEquals(
                "t.csv line 3: column «age» must hold finite numbers, got «old»",
                assertThrows(DataException.class, () -> fitted.transform(table("age\n1\nold\n")))
                        .getMessage());
        assertEquals(
                "t.csv line 2: column «age» must hold finite numbers, got «inf»",
                assertThrows(DataException.class, () -> fitted.transform(table("age\ninf\n1\n")))
                        .getMessage());
    }

    @Test
    void transformOfRowsIsTheSameRowsOfTheTransform() {
        for (int seed = 0; seed < 20; seed++) {
            Rng rng = Rng.of(seed);
            int n = 30;
            StringBuilder text = new StringBuilder("a,b,c\n");
            for (int row = 0; row < n; row++) {
                text.append(rng.intAt(row, 4) == 0 ? "" : rng.gaussianAt(100 + row))
                        .append(',')
                        .append(List.of("t", "f", "").get(rng.intAt(200 + row, 3)))
                        .append(',')
                        .append(List.of("u", "v", "w", "?").get(rng.intAt(300 + row, 4)))
                        .append('\n');
            }
            Table table = table(text.toString());
            Preprocessing fitted = Preprocessing.fit(table, List.of("c", "a", "b"), rng.permutation(n));
            float[] all = fitted.transform(table);
            int[] order = rng.child("order").permutation(n);
            float[] some = fitted.transform(table, order);
            int width = fitted.width();
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < width; j++) {
                    assertEquals(all[order[i] * width + j], some[i * width + j], "seed " + seed);
                }
            }
        }
    }
}
