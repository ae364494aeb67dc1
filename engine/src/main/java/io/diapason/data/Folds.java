package io.diapason.data;

import io.diapason.random.Rng;
import java.util.ArrayList;
import java.util.List;

/** Cross-validation: k splits of the same rows, such that each row is in exactly one test part. */
public final class Folds {
    private Folds() {}

    /**
     * Folds as the task asks: classes in proportion, numbers plainly.
     *
     * @param schema what is learned
     * @param table the table the schema was made of
     * @param rows labelled rows
     * @param k how many folds, from 2 to the number of rows
     * @param rng the source of the shuffle
     * @return k splits
     * @throws DataException when k is out of range
     */
    public static List<Split> of(Schema schema, Table table, int[] rows, int k, Rng rng) {
        return schema.task() == Task.CLASSIFICATION
                ? stratified(rows, new ClassEncoder(schema.classes()).codes(table, schema.target(), rows), k, rng)
                : plain(rows, k, rng);
    }

    /**
     * Folds whose sizes differ by at most one.
     *
     * @param rows any row numbers
     * @param k how many folds, from 2 to the number of rows
     * @param rng the source of the shuffle
     * @return k splits
     * @throws DataException when k is out of range
     */
    public static List<Split> plain(int[] rows, int k, Rng rng) {
        return stratified(rows, new int[rows.length], k, rng);
    }

    /**
     * Folds whose sizes differ by at most one, as do their numbers of each class.
     *
     * @param rows any row numbers
     * @param classes the class code of each, at least 0
     * @param k how many folds, from 2 to the number of rows
     * @param rng the source of the shuffles
     * @return k splits
     * @throws DataException when k is out of range
     */
    public static List<Split> stratified(int[] rows, int[] classes, int k, Rng rng) {
        if (k < 2 || k > rows.length) {
            throw new DataException(
                    "folds: must be from 2 to the number of rows, got " + k + " for " + rows.length + " rows");
        }
        // Dealt round, class after class, without going back to the first fold between classes.
        int[] fold = new int[rows.length];
        int dealt = 0;
        for (int[] members : Split.membersByClass(classes, rng)) {
            for (int position : members) {
                fold[position] = dealt++ % k;
            }
        }
        List<Split> splits = new ArrayList<>();
        for (int number = 0; number < k; number++) {
            boolean[] tested = new boolean[rows.length];
            for (int i = 0; i < tested.length; i++) {
                tested[i] = fold[i] == number;
            }
            splits.add(Split.byMark(rows, tested));
        }
        return List.copyOf(splits);
    }
}
