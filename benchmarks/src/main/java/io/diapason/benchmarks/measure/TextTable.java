package io.diapason.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;

/** Lines of cells, printed under each other: the first column to the left, the others to the right. */
public final class TextTable {
    private final List<List<String>> lines = new ArrayList<>();

    /**
     * A table without lines.
     *
     * @param heads of its columns
     */
    public TextTable(String... heads) {
        lines.add(List.of(heads));
    }

    /**
     * Adds a line.
     *
     * @param cells as many as there are columns
     * @throws IllegalArgumentException when there are more or fewer
     */
    public void add(String... cells) {
        if (cells.length != lines.get(0).size()) {
            throw new IllegalArgumentException(
                    "table: a line must have " + lines.get(0).size() + " cells, got " + cells.length);
        }
        lines.add(List.of(cells));
    }

    /**
     * The table for a terminal.
     *
     * @return its lines
     */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            for (int column = 0; column < line.size(); column++) {
                String blanks = " ".repeat(width(column) - line.get(column).length());
                text.append(column == 0 ? line.get(column) + blanks : "  " + blanks + line.get(column));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
    }
}
