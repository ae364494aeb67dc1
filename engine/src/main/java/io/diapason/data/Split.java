package io.diapason.data;

import io.diapason.random.Rng;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Two disjoint parts of some rows: one to train on, one to test on. Both are in ascending order of the rows given, and
 * a function of the random generator alone.
 */
public final class Split {
    private final int[] train;
    private final int[] test;

    private Split(int[] train, int[] test) {
        this.train = train;
        this.test = test;
    }

    /**
     * Splits rows as their task asks: classes in proportion, numbers plainly. To have a validation part too, split
     * {@link #train()} once more.
     *
     * @param schema what is learned
     * @param table the table the schema was made of
     * @param rows labelled rows
     * @param testFraction the test part's share, above 0 and below 1
     * @param rng the source of the shuffle
     * @return the parts
     * @throws DataException when the fraction is out of range or there are fewer than 2 rows
     */
    public static Split of(Schema schema, Table table, int[] rows, double testFraction, Rng rng) {
        return schema.task() == Task.CLASSIFICATION
                ? stratified(
                        rows, new ClassEncoder(schema.classes()).codes(table, schema.target(), rows), testFraction, rng)
                : plain(rows, testFraction, rng);
    }

    /**
     * A random part of the rows: {@code round(fraction · rows)}, but at least one row in each part.
     *
     * @param rows any row numbers
     * @param testFraction the test part's share, above 0 and below 1
     * @param rng the source of the shuffle
     * @return the parts
     * @throws DataException when the fraction is out of range or there are fewer than 2 rows
     */
    public static Split plain(int[] rows, double testFraction, Rng rng) {
        return stratified(rows, new int[rows.length], testFraction, rng);
    }

    /**
     * A random part of each class. A class of n rows gives the test part {@code fraction · n} rows, rounded up or down
     * such that the whole part is as near to its share as it can be; but of a class of at least 2 rows each part has at
     * least one, and a class of a single row is trained on.
     *
     * @param rows any row numbers
     * @param classes the class code of each, at least 0
     * @param testFraction the test part's share, above 0 and below 1
     * @param rng the source of the shuffles
     * @return the parts
     * @throws DataException when the fraction is out of range, or there are fewer than 2 rows, or no class has 2
     */
    public static Split stratified(int[] rows, int[] classes, double testFraction, Rng rng) {
        if (!(testFraction > 0 && testFraction < 1)) {
            throw new DataException("split: test fraction must be above 0 and below 1, got " + testFraction);
        }
        if (rows.length < 2) {
            throw new DataException("split: must have at least 2 rows, got " + rows.length
                    + "; training, validation and test each take a part of the table");
        }
        int[][] members = membersByClass(classes, rng);
        int[] quotas = quotas(members, testFraction);
        boolean[] tested = new boolean[rows.length];
        for (int code = 0; code < members.length; code++) {
            for (int i = 0; i < quotas[code]; i++) {
                tested[members[code][i]] = true;
            }
        }
        Split split = byMark(rows, tested);
        if (split.test.length == 0) {
            throw new DataException("split: some class must have at least 2 rows left, got " + rows.length
                    + " rows of as many classes; more rows a class, or a smaller test part, help");
        }
        return split;
    }

    /** The positions of each class, shuffled. */
    static int[][] membersByClass(int[] classes, Rng rng) {
        int count = Arrays.stream(classes).max().orElse(-1) + 1;
        int[][] members = new int[count][];
        int[] sizes = new int[count];
        for (int code : classes) {
            sizes[code]++;
        }
        for (int code = 0; code < count; code++) {
            members[code] = rng.child(code).permutation(sizes[code]);
        }
        // Each place of a permutation takes the position of the class's member with that number.
        int[][] positions = new int[count][];
        for (int code = 0; code < count; code++) {
            positions[code] = new int[sizes[code]];
        }
        int[] seen = new int[count];
        for (int i = 0; i < classes.length; i++) {
            positions[classes[i]][seen[classes[i]]++] = i;
        }
        for (int code = 0; code < count; code++) {
            for (int i = 0; i < members[code].length; i++) {
                members[code][i] = positions[code][members[code][i]];
            }
        }
        return members;
    }

    /** Largest remainders: every quota rounded down, then the largest fractions up; then at least one in each part. */
    private static int[] quotas(int[][] members, double fraction) {
        int[] quotas = new int[members.length];
        double[] remainders = new double[members.length];
        int total = 0;
        int rows = 0;
        for (int code = 0; code < members.length; code++) {
            double share = members[code].length * fraction;
            quotas[code] = (int) share;
            remainders[code] = share - quotas[code];
            total += quotas[code];
            rows += members[code].length;
        }
        int left = (int) Math.round(rows * fraction) - total;
        int[] byRemainder = IntStream.range(0, members.length)
                .boxed()
                .sorted((a, b) -> Double.compare(remainders[b], remainders[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int i = 0; i < left; i++) {
            quotas[byRemainder[i]]++;
        }
        for (int code = 0; code < members.length; code++) {
            int size = members[code].length;
            quotas[code] = size < 2 ? 0 : Math.max(1, Math.min(size - 1, quotas[code]));
        }
        return quotas;
    }

    /** The rows marked are the test part. */
    static Split byMark(int[] rows, boolean[] tested) {
        return new Split(
                IntStream.range(0, rows.length)
                        .filter(i -> !tested[i])
                        .map(i -> rows[i])
                        .toArray(),
                IntStream.range(0, rows.length)
                        .filter(i -> tested[i])
                        .map(i -> rows[i])
                        .toArray());
    }

    /**
     * The rows to train on.
     *
     * @return row numbers; a copy
     */
    public int[] train() {
        return train.clone();
    }

    /**
     * The rows to test on.
     *
     * @return row numbers; a copy
     */
    public int[] test() {
        return test.clone();
    }
}
