package io.diapason.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Named, typed columns of equal length. A table is immutable and safe to share among threads.
 *
 * <pre>{@code
 * Table houses = Table.readCsv(Path.of("houses.csv"));
 * }</pre>
 */
public final class Table {
    private final String name;
    private final Map<String, Column> columns;
    private final int rows;
    /** The file's line of each row; empty for a table made by a program. */
    private final int[] lines;

    /** Takes the lines over. */
    Table(String name, List<Column> columns, int rows, int[] lines) {
        this.name = name;
        this.columns = new LinkedHashMap<>();
        columns.forEach(column -> this.columns.put(column.name(), column));
        this.rows = rows;
        this.lines = lines;
    }

    /**
     * Reads a CSV file: RFC 4180 in UTF-8 (a byte order mark is skipped), commas between cells, the first line naming
     * the columns. Cells are trimmed, empty lines are skipped. A cell is missing when it is empty, {@code ?},
     * {@code NA}, {@code NaN} or {@code null}, in any case. A column whose cells are all decimal numbers is numeric,
     * one of {@code true/false}, {@code yes/no} or {@code t/f} (one of these pairs, in any case) boolean, any other
     * categorical.
     *
     * @param path the file; a pipe is read whole into memory first
     * @return its table, named by the file's name
     * @throws DataException when the file is missing, a folder, unreadable, empty, not UTF-8, not CSV, without rows, or
     *     when a row's cells are not as many as the header's or the header's names are empty or repeated
     */
    public static Table readCsv(Path path) {
        return CsvTableReader.read(path);
    }

    /**
     * A table made by a program.
     *
     * @param name what messages call it
     * @param columns at least one, of equal length and different names
     * @return the table
     * @throws DataException when there is no column, or lengths differ, or a name repeats
     */
    public static Table of(String name, List<? extends Column> columns) {
        if (columns.isEmpty()) {
            throw new DataException(name + ": must have at least one column, got none");
        }
        int rows = columns.get(0).rows();
        Set<String> names = new HashSet<>();
        for (Column column : columns) {
            if (column.rows() != rows) {
                throw new DataException(name + ": columns must be equally long, got «"
                        + columns.get(0).name() + "» with " + rows + " rows and «" + column.name() + "» with "
                        + column.rows());
            }
            if (!names.add(column.name())) {
                throw new DataException(name + ": column names must differ, got «" + column.name() + "» twice");
            }
        }
        return new Table(name, new ArrayList<>(columns), rows, new int[0]);
    }

    /**
     * What messages call the table: its file's name without the folder.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The number of rows, the header not counted.
     *
     * @return at least 0
     */
    public int rows() {
        return rows;
    }

    /**
     * All columns in the file's order.
     *
     * @return an unmodifiable view
     */
    public List<Column> columns() {
        return List.copyOf(columns.values());
    }

    /**
     * All columns' names in the file's order.
     *
     * @return the names
     */
    public List<String> columnNames() {
        return List.copyOf(columns.keySet());
    }

    /**
     * A column by its name.
     *
     * @param column its name, by the letter
     * @return the column
     * @throws DataException when there is none, with the nearest name or all names
     */
    public Column column(String column) {
        return find(column)
                .orElseThrow(() -> new DataException(name + ": must have the column «" + column
                        + "», got none so named; " + DidYouMean.help(column, columns.keySet())));
    }

    /**
     * A column by its name, if it is there.
     *
     * @param column its name, by the letter
     * @return the column
     */
    public Optional<Column> find(String column) {
        return Optional.ofNullable(columns.get(column));
    }

    /**
     * Where a row is, for messages.
     *
     * @param row 0 … rows-1
     * @return {@code "titanic.csv line 17"}: the line on which the row's record starts, the header's being 1; for a
     *     table made by a program {@code "NAME row 16"}, from 1
     */
    public String place(int row) {
        return lines.length == 0 ? name + " row " + (row + 1) : name + " line " + lines[row];
    }

    /**
     * The rows in which a column has a value.
     *
     * @param column the column's name
     * @return row numbers, ascending
     * @throws DataException when no column is so named
     */
    public int[] rowsWith(String column) {
        Column cells = column(column);
        return IntStream.range(0, rows).filter(row -> !cells.isMissing(row)).toArray();
    }

    /** All row numbers. */
    int[] allRows() {
        return IntStream.range(0, rows).toArray();
    }

    /** Refuses a name that no column has: {@code target: must name a column, got «incom»; did you mean «income»?}. */
    void requireColumn(String role, String column) {
        if (!columns.containsKey(column)) {
            Collection<String> names = columns.keySet();
            throw new DataException(
                    role + ": must name a column, got «" + column + "»; " + DidYouMean.help(column, names));
        }
    }

    @Override
    public String toString() {
        return "Table[" + name + ", " + rows + " rows, columns " + DidYouMean.list(columnNames()) + "]";
    }
}
