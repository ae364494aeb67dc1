package io.diapason.data;

import java.util.Arrays;

/**
 * Rows as numbers: features {@code [rows, width]} and one target a row, a class code or a number. The arrays are the
 * data set's own, shared and not copied: whoever reads them must not write them.
 */
public final class Dataset {
    private final Task task;
    private final float[] features;
    private final int width;
    private final int rows;
    private final int[] classes;
    private final int classCount;
    private final double[] values;

    private Dataset(Task task, float[] features, int width, int rows, int[] classes, int classCount, double[] values) {
        if (width < 1 || features.length != (long) rows * width) {
            throw new DataException("data set: features must be rows times width, got " + features.length + " for "
                    + rows + " rows of width " + width);
        }
        this.task = task;
        this.features = features;
        this.width = width;
        this.rows = rows;
        this.classes = classes;
        this.classCount = classCount;
        this.values = values;
    }

    /**
     * Rows with a class each.
     *
     * @param features row-major {@code [rows, width]}; taken over, not copied
     * @param width features a row, at least 1
     * @param classes a code a row, 0 … classCount-1; taken over, not copied
     * @param classCount how many classes there are, at least 2
     * @return the data set
     * @throws DataException when sizes disagree or a code is out of range
     */
    public static Dataset classification(float[] features, int width, int[] classes, int classCount) {
        if (classCount < 2) {
            throw new DataException("data set: classes must be at least 2, got " + classCount);
        }
        for (int code : classes) {
            if (code < 0 || code >= classCount) {
                throw new DataException("data set: class codes must be 0 to " + (classCount - 1) + ", got " + code);
            }
        }
        return new Dataset(Task.CLASSIFICATION, features, width, classes.length, classes, classCount, new double[0]);
    }

    /**
     * Rows with a number each.
     *
     * @param features row-major {@code [rows, width]}; taken over, not copied
     * @param width features a row, at least 1
     * @param values the target's numbers in its own units; taken over, not copied
     * @return the data set
     * @throws DataException when sizes disagree
     */
    public static Dataset regression(float[] features, int width, double[] values) {
        return new Dataset(Task.REGRESSION, features, width, values.length, new int[0], 0, values);
    }

    /**
     * Some of the rows.
     *
     * @param selected row numbers of this data set, in any order, repeated if wanted
     * @return a data set of its own arrays
     */
    public Dataset select(int[] selected) {
        float[] chosen = new float[Math.multiplyExact(selected.length, width)];
        for (int i = 0; i < selected.length; i++) {
            System.arraycopy(features, selected[i] * width, chosen, i * width, width);
        }
        return task == Task.CLASSIFICATION
                ? classification(
                        chosen,
                        width,
                        Arrays.stream(selected).map(row -> classes[row]).toArray(),
                        classCount)
                : regression(
                        chosen,
                        width,
                        Arrays.stream(selected).mapToDouble(row -> values[row]).toArray());
    }

    /**
     * What the targets are.
     *
     * @return the task
     */
    public Task task() {
        return task;
    }

    /**
     * The number of rows.
     *
     * @return at least 0
     */
    public int rows() {
        return rows;
    }

    /**
     * The number of features.
     *
     * @return at least 1
     */
    public int width() {
        return width;
    }

    /**
     * All features.
     *
     * @return row-major {@code [rows, width]}; not a copy
     */
    public float[] features() {
        return features;
    }

    /**
     * The rows' class codes.
     *
     * @return {@code [rows]}; not a copy
     * @throws IllegalStateException for regression
     */
    public int[] classes() {
        require(Task.CLASSIFICATION, "class codes");
        return classes;
    }

    /**
     * How many classes there are, whether or not each occurs.
     *
     * @return at least 2
     * @throws IllegalStateException for regression
     */
    public int classCount() {
        require(Task.CLASSIFICATION, "classes");
        return classCount;
    }

    /**
     * The rows' numbers, in the target's own units.
     *
     * @return {@code [rows]}; not a copy
     * @throws IllegalStateException for classification
     */
    public double[] values() {
        require(Task.REGRESSION, "values");
        return values;
    }

    private void require(Task needed, String what) {
        if (task != needed) {
            throw new IllegalStateException("data set: task must be " + needed + " to have " + what + ", got " + task);
        }
    }
}
