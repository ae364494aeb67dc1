package io.diapason.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class DatasetTest {
    private final Dataset classes = Dataset.classification(new float[] {1, 2, 3, 4, 5, 6}, 2, new int[] {0, 2, 1}, 3);
    private final Dataset values = Dataset.regression(new float[] {1, 2, 3}, 1, new double[] {10, 20, 30});

    @Test
    void selectedRowsKeepFeaturesAndTargetsTogether() {
        Dataset some = classes.select(new int[] {2, 0, 2});
        assertArrayEquals(new float[] {5, 6, 1, 2, 5, 6}, some.features());
        assertArrayEquals(new int[] {1, 0, 1}, some.classes());
        assertEquals(3, some.classCount());
        assertEquals(3, some.rows());
        assertEquals(2, some.width());
        assertArrayEquals(new double[] {30, 10}, values.select(new int[] {2, 0}).values());
        assertEquals(0, values.select(new int[0]).rows());
    }

    @Test
    void sizesAndCodesThatDisagreeAreRefused() {
        assertEquals(
                "data set: features must be rows times width, got 5 for 3 rows of width 2",
                assertThrows(DataException.class, () -> Dataset.regression(new float[5], 2, new double[3]))
                        .getMessage());
        assertEquals(
                "data set: class codes must be 0 to 1, got 2",
                assertThrows(DataException.class, () -> Dataset.classification(new float[2], 1, new int[] {0, 2}, 2))
                        .getMessage());
        assertEquals(
                "data set: classes must be at least 2, got 1",
                assertThrows(DataException.class, () -> Dataset.classification(new float[1], 1, new int[1], 1))
                        .getMessage());
    }

    @Test
    void targetsOfTheOtherTaskAreRefused() {
        assertEquals(
                "data set: task must be CLASSIFICATION to have class codes, got REGRESSION",
                assertThrows(IllegalStateException.class, values::classes).getMessage());
        assertEquals(
                "data set: task must be REGRESSION to have values, got CLASSIFICATION",
                assertThrows(IllegalStateException.class, classes::values).getMessage());
    }
}
