package io.diapason.data;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A column of numbers: one double a cell, NaN for a missing one. Infinities may occur; who cannot use them refuses. */
public final class NumericColumn implements Column {
    /** Of how many distinct values the spelling is kept if it is unusual; a column of class labels has far fewer. */
    static final int SPELLINGS = 1000;

    private final String name;
    private final double[] values;
    private final Map<Double, String> spellings;

    /** Takes the arrays over; spellings holds the values whose text is not {@link Cells#spelling}. */
    NumericColumn(String name, double[] values, Map<Double, String> spellings) {
        this.name = name;
        this.values = values;
        this.spellings = Map.copyOf(spellings);
    }

    /**
     * A column made by a program.
     *
     * @param name its name
     * @param values its cells, NaN for a missing one; copied
     * @return the column
     */
    public static NumericColumn of(String name, double... values) {
        return new NumericColumn(name, values.clone(), Map.of());
    }

    /**
     * One cell's number.
     *
     * @param row 0 … rows-1
     * @return the number, NaN when missing
     */
    public double value(int row) {
        return values[row];
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
        return Double.isNaN(values[row]);
    }

    /**
     * {@inheritDoc} Cells of equal value are all spelled as the first of them was ({@code 007}, {@code 1.0}); beyond
     * the column's first 1000 different values the further ones are spelled as numbers usually are.
     */
    @Override
    public String text(int row) {
        if (isMissing(row)) {
            return "";
        }
        @Nullable String spelling = spellings.isEmpty() ? null : spellings.get(values[row]);
        return spelling == null ? Cells.spelling(values[row]) : spelling;
    }

    @Override
    public String kind() {
        return "numeric";
    }
}
