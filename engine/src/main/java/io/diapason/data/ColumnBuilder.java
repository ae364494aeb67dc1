package io.diapason.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects one column's cells without keeping an object a cell. The first cell with a value says whether the column
 * begins as numbers or as words; a word among numbers means that the spellings seen so far are lost, and the file must
 * be read once more with this column as words ({@link #mustBeReadAsWords}).
 */
final class ColumnBuilder {
    private enum State {
        UNDECIDED,
        NUMBERS,
        WORDS,
        WORD_AMONG_NUMBERS
    }

    private static final int FIRST_CAPACITY = 1024;

    private final int position;
    private final String name;
    private State state;
    private int rows;
    private double[] numbers = {};
    private int[] codes = {};
    private final Map<Double, String> spellings = new HashMap<>();
    private final Map<String, Integer> dictionary = new HashMap<>();
    private final List<String> categories = new ArrayList<>();

    ColumnBuilder(int position, String name, boolean words) {
        this.position = position;
        this.name = name;
        this.state = words ? State.WORDS : State.UNDECIDED;
    }

    /** Which of the file's columns it is, from 0. */
    int position() {
        return position;
    }

    void add(String untrimmed) {
        String cell = untrimmed.strip();
        if (Cells.isMissing(cell)) {
            addMissing();
            return;
        }
        double number = state == State.WORDS ? Double.NaN : Cells.number(cell);
        if (state == State.UNDECIDED) {
            decide(Double.isNaN(number) ? State.WORDS : State.NUMBERS);
        }
        if (state == State.WORDS) {
            addWord(cell);
        } else if (Double.isNaN(number)) {
            state = State.WORD_AMONG_NUMBERS;
            numbers = new double[0];
        } else if (state == State.NUMBERS) {
            addNumber(number, cell);
        }
        rows++;
    }

    private void addMissing() {
        if (state == State.NUMBERS) {
            append(Double.NaN);
        } else if (state == State.WORDS) {
            append(CategoricalColumn.MISSING);
        }
        rows++;
    }

    /** All cells before were missing. */
    private void decide(State decided) {
        state = decided;
        if (decided == State.NUMBERS) {
            numbers = new double[Math.max(FIRST_CAPACITY, 2 * rows)];
            Arrays.fill(numbers, 0, rows, Double.NaN);
        } else {
            codes = new int[Math.max(FIRST_CAPACITY, 2 * rows)];
            Arrays.fill(codes, 0, rows, CategoricalColumn.MISSING);
        }
    }

    private void addNumber(double number, String cell) {
        if (spellings.size() < NumericColumn.SPELLINGS) {
            spellings.putIfAbsent(number, cell);
        }
        append(number);
    }

    private void addWord(String cell) {
        Integer code = dictionary.get(cell);
        if (code == null) {
            code = categories.size();
            dictionary.put(cell, code);
            categories.add(cell);
        }
        append(code);
    }

    private void append(double number) {
        if (rows == numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.max(FIRST_CAPACITY, rows + (rows >> 1)));
        }
        numbers[rows] = number;
    }

    private void append(int code) {
        if (rows == codes.length) {
            codes = Arrays.copyOf(codes, Math.max(FIRST_CAPACITY, rows + (rows >> 1)));
        }
        codes[rows] = code;
    }

    boolean mustBeReadAsWords() {
        return state == State.WORD_AMONG_NUMBERS;
    }

    /** The column, once; the builder lets its cells go, so that a wide table is never held twice. */
    Column build() {
        return switch (state) {
            case NUMBERS -> {
                spellings.entrySet().removeIf(spelled -> spelled.getValue().equals(Cells.spelling(spelled.getKey())));
                double[] cells = Arrays.copyOf(numbers, rows);
                numbers = new double[0];
                yield new NumericColumn(name, cells, spellings);
            }
            case WORDS -> {
                int[] cells = Arrays.copyOf(codes, rows);
                codes = new int[0];
                yield BooleanColumn.orCategorical(new CategoricalColumn(name, cells, categories));
            }
            case UNDECIDED -> {
                int[] missing = new int[rows];
                Arrays.fill(missing, CategoricalColumn.MISSING);
                yield new CategoricalColumn(name, missing, List.of());
            }
            case WORD_AMONG_NUMBERS ->
                throw new IllegalStateException(
                        "column «" + name + "»: must be read again as words before it is built");
        };
    }
}
