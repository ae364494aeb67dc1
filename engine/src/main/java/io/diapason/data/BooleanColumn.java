package io.diapason.data;

import java.util.List;
import java.util.Locale;

/**
 * A column of truth values, spelled by one pair of words in any case: {@code true}/{@code false},
 * {@code yes}/{@code no} or {@code t}/{@code f}. A column of 0 and 1 is numeric.
 */
public final class BooleanColumn implements Column {
    private static final List<Words> PAIRS =
            List.of(new Words("false", "true"), new Words("no", "yes"), new Words("f", "t"));

    private static final byte MISSING = -1;

    private final String name;
    private final byte[] values;
    private final Words words;

    /** Two words as they were spelled; the pair's own when one of them never occurred. */
    record Words(String no, String yes) {}

    /** Takes the array over: 0 false, 1 true, -1 missing. */
    private BooleanColumn(String name, byte[] values, Words words) {
        this.name = name;
        this.values = values;
        this.words = words;
    }

    /**
     * A column made by a program, spelled {@code true} and {@code false}.
     *
     * @param name its name
     * @param values its cells; copied
     * @return the column
     */
    public static BooleanColumn of(String name, boolean... values) {
        byte[] bytes = new byte[values.length];
        for (int row = 0; row < values.length; row++) {
            bytes[row] = (byte) (values[row] ? 1 : 0);
        }
        return new BooleanColumn(name, bytes, PAIRS.get(0));
    }

    /** The same cells as truth values if all words belong to one pair, else the categorical column itself. */
    static Column orCategorical(CategoricalColumn column) {
        for (Words pair : PAIRS) {
            byte[] truth = new byte[column.categories().size()];
            if (matches(column.categories(), pair, truth)) {
                return of(column, truth, pair);
            }
        }
        return column;
    }

    private static boolean matches(List<String> categories, Words pair, byte[] truth) {
        for (int code = 0; code < truth.length; code++) {
            String word = categories.get(code).toLowerCase(Locale.ROOT);
            if (!word.equals(pair.no()) && !word.equals(pair.yes())) {
                return false;
            }
            truth[code] = (byte) (word.equals(pair.yes()) ? 1 : 0);
        }
        return truth.length > 0;
    }

    private static BooleanColumn of(CategoricalColumn column, byte[] truth, Words pair) {
        byte[] values = new byte[column.rows()];
        for (int row = 0; row < values.length; row++) {
            values[row] = column.isMissing(row) ? MISSING : truth[column.code(row)];
        }
        String no = pair.no();
        String yes = pair.yes();
        for (int code = truth.length - 1; code >= 0; code--) { // backwards: the first spelling stays
            if (truth[code] == 1) {
                yes = column.categories().get(code);
            } else {
                no = column.categories().get(code);
            }
        }
        return new BooleanColumn(column.name(), values, new Words(no, yes));
    }

    /**
     * One cell's truth value.
     *
     * @param row 0 … rows-1, a cell that is not missing
     * @return true for {@code true}, {@code yes} or {@code t}
     * @throws IllegalStateException for a missing cell
     */
    public boolean value(int row) {
        if (isMissing(row)) {
            throw new IllegalStateException(
                    "column «" + name + "»: cell must hold a truth value to read one, got a missing one at row " + row);
        }
        return values[row] == 1;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int rows() {
        return values.length;
    }

    @Override
    public boolean isMissing(int row) {
        return values[row] == MISSING;
    }

    @Override
    public String text(int row) {
        return isMissing(row) ? "" : value(row) ? words.yes() : words.no();
    }

    @Override
    public String kind() {
        return "boolean";
    }
}
