package io.diapason.data;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Warns of features that give the target away, in tables of at least 20 rows.
 *
 * <p>Of classes: guessing each value's most frequent class is wrong for at most 0.1 % of the rows and for at most 1 %
 * of those that guessing the most frequent class of all gets wrong. Only columns of at most a tenth as many values as
 * rows are judged (a missing cell counts as a value); otherwise rare values would name their classes by chance.
 *
 * <p>Of numbers: the correlation with a numeric column is above 0.9999 in magnitude, over the rows that have both.
 */
final class LeakCheck {
    private static final int FEWEST_ROWS = 20;
    private static final int FEWEST_ROWS_A_VALUE = 10;
    private static final int ROWS_A_WRONG_ONE = 1000;
    private static final int BASELINE_ERRORS_A_WRONG_ONE = 100;
    private static final double CORRELATION = 0.9999;

    private LeakCheck() {}

    /** The warning about one feature; classes[i] is the class of rows[i]. */
    static Optional<String> ofClasses(Column feature, int[] rows, int[] classes, int classCount) {
        int n = rows.length;
        int[] values = new int[n];
        int valueCount = n < FEWEST_ROWS ? 0 : numberValues(feature, rows, values);
        if (valueCount == 0) {
            return Optional.empty();
        }
        int wrong = n - rightByMajority(values, valueCount, classes, classCount);
        int baselineWrong = n - rightByMajority(new int[n], 1, classes, classCount);
        if ((long) wrong * ROWS_A_WRONG_ONE > n || (long) wrong * BASELINE_ERRORS_A_WRONG_ONE > baselineWrong) {
            return Optional.empty();
        }
        return Optional.of(warning(
                feature.name(),
                String.format(Locale.ROOT, "its value alone tells the class of %d of %d rows", n - wrong, n)));
    }

    /** Writes the number of each row's value, from 0; the count of values, 0 when they are too many to judge. */
    private static int numberValues(Column feature, int[] rows, int[] values) {
        Map<Object, Integer> numbers = new HashMap<>();
        int most = rows.length / FEWEST_ROWS_A_VALUE;
        for (int i = 0; i < rows.length; i++) {
            int row = rows[i];
            Object value;
            if (feature instanceof NumericColumn numeric) {
                value = numeric.value(row);
            } else if (feature instanceof CategoricalColumn words) {
                value = words.code(row);
            } else {
                value = feature.text(row);
            }
            values[i] = numbers.computeIfAbsent(value, v -> numbers.size());
            if (numbers.size() > most) {
                return 0;
            }
        }
        return numbers.size();
    }

    /** How many rows have the most frequent class of their value: rows are sorted by value, then counted in groups. */
    private static int rightByMajority(int[] values, int valueCount, int[] classes, int classCount) {
        int[] ends = new int[valueCount];
        for (int value : values) {
            ends[value]++;
        }
        for (int value = 1; value < valueCount; value++) {
            ends[value] += ends[value - 1];
        }
        int[] starts = ends.clone();
        int[] sorted = new int[values.length];
        for (int i = values.length - 1; i >= 0; i--) {
            sorted[--starts[values[i]]] = classes[i];
        }
        int[] counts = new int[classCount];
        int right = 0;
        for (int value = 0; value < valueCount; value++) {
            int best = 0;
            for (int i = starts[value]; i < ends[value]; i++) {
                best = Math.max(best, ++counts[sorted[i]]);
            }
            for (int i = starts[value]; i < ends[value]; i++) {
                counts[sorted[i]] = 0;
            }
            right += best;
        }
        return right;
    }

    /** The warning about one feature of a numeric target. */
    static Optional<String> ofNumbers(Column feature, Column target, int[] rows) {
        if (!(feature instanceof NumericColumn x) || !(target instanceof NumericColumn y)) {
            return Optional.empty();
        }
        double correlation = correlation(x, y, rows);
        return Math.abs(correlation) > CORRELATION
                ? Optional.of(warning(
                        feature.name(),
                        String.format(Locale.ROOT, "its correlation with the target is %.6f", correlation)))
                : Optional.empty();
    }

    /** Pearson's, 0 where it is undefined or rests on too few rows. */
    private static double correlation(NumericColumn x, NumericColumn y, int[] rows) {
        int n = 0;
        double meanX = 0;
        double meanY = 0;
        for (int row : rows) {
            if (!x.isMissing(row) && !y.isMissing(row)) {
                n++;
                meanX += x.value(row);
                meanY += y.value(row);
            }
        }
        if (n < FEWEST_ROWS) {
            return 0;
        }
        meanX /= n;
        meanY /= n;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int row : rows) {
            if (!x.isMissing(row) && !y.isMissing(row)) {
                double dx = x.value(row) - meanX;
                double dy = y.value(row) - meanY;
                xx += dx * dx;
                yy += dy * dy;
                xy += dx * dy;
            }
        }
        return xx > 0 && yy > 0 ? xy / (Math.sqrt(xx) * Math.sqrt(yy)) : 0;
    }

    private static String warning(String column, String why) {
        return "column «" + column + "» gives the target away (" + why + "); leave it out with --drop " + column;
    }
}
