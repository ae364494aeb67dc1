package io.diapason.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A column of words: one code a cell into a dictionary of the words that occur, in order of first appearance. */
public final class CategoricalColumn implements Column {
    /** The code of a missing cell. */
    public static final int MISSING = -1;

    private final String name;
    private final int[] codes;
    private final List<String> categories;

    /** Takes the array over. */
    CategoricalColumn(String name, int[] codes, List<String> categories) {
        this.name = name;
        this.codes = codes;
        this.categories = List.copyOf(categories);
    }

    /**
     * A column made by a program.
     *
     * @param name its name
     * @param cells its cells, read as a file's are: trimmed, and missing when empty, {@code ?}, {@code NA}, {@code NaN}
     *     or {@code null}
     * @return the column
     */
    public static CategoricalColumn of(String name, List<String> cells) {
        Map<String, Integer> dictionary = new LinkedHashMap<>();
        int[] codes = new int[cells.size()];
        for (int row = 0; row < codes.length; row++) {
            String cell = cells.get(row).strip();
            codes[row] = Cells.isMissing(cell) ? MISSING : dictionary.computeIfAbsent(cell, c -> dictionary.size());
        }
        return new CategoricalColumn(name, codes, List.copyOf(dictionary.keySet()));
    }

    /**
     * One cell's place in {@link #categories()}.
     *
     * @param row 0 … rows-1
     * @return the code, {@link #MISSING} when missing
     */
    public int code(int row) {
        return codes[row];
    }

    /**
     * The words that occur, in order of first appearance.
     *
     * @return the dictionary, empty when every cell is missing
     */
    public List<String> categories() {
        return categories;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int rows() {
        return codes.length;
    }

    @Override
    public boolean isMissing(int row) {
        return codes[row] == MISSING;
    }

    @Override
    public String text(int row) {
        return isMissing(row) ? "" : categories.get(codes[row]);
    }

    @Override
    public String kind() {
        return "categorical";
    }
}
