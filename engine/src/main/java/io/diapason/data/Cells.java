package io.diapason.data;

import java.util.Locale;
import java.util.Set;

/** What one cell of text means: missing, a number, a truth value, or a word. */
final class Cells {
    private static final Set<String> MISSING = Set.of("", "?", "na", "nan", "null");
    private static final int LONGEST_MISSING = 4;

    private Cells() {}

    /** Whether a trimmed cell holds nothing: empty, {@code ?}, {@code NA}, {@code NaN} or {@code null} in any case. */
    static boolean isMissing(String cell) {
        if (cell.isEmpty()) {
            return true;
        }
        char first = cell.charAt(0); // most cells are told by it
        return (first == '?' || first == 'n' || first == 'N')
                && cell.length() <= LONGEST_MISSING
                && MISSING.contains(cell.toLowerCase(Locale.ROOT));
    }

    /**
     * The number that a trimmed cell holds: an optional sign, decimal digits with an optional point, an optional
     * exponent; or an infinity ({@code inf}, {@code infinity} with an optional sign in any case). NaN when the cell is
     * no number: a cell that says NaN is missing and does not come here.
     */
    static double number(String cell) {
        if (isDecimal(cell)) {
            return Double.parseDouble(cell);
        }
        String word = cell.startsWith("+") || cell.startsWith("-") ? cell.substring(1) : cell;
        if (word.equalsIgnoreCase("inf") || word.equalsIgnoreCase("infinity")) {
            return cell.charAt(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return Double.NaN;
    }

    /**
     * Double.parseDouble alone would also take {@code 1f}, {@code 2d} and {@code 0x1p3}, which are words in a table.
     */
    private static boolean isDecimal(String cell) {
        int n = cell.length();
        int i = n > 0 && isSign(cell.charAt(0)) ? 1 : 0;
        int whole = digits(cell, i);
        i += whole;
        int fraction = 0;
        if (i < n && cell.charAt(i) == '.') {
            fraction = digits(cell, i + 1);
            i += 1 + fraction;
        }
        if (whole + fraction == 0) {
            return false;
        }
        if (i < n && (cell.charAt(i) == 'e' || cell.charAt(i) == 'E')) {
            i += i + 1 < n && isSign(cell.charAt(i + 1)) ? 2 : 1;
            int exponent = digits(cell, i);
            if (exponent == 0) {
                return false;
            }
            i += exponent;
        }
        return i == n;
    }

    private static boolean isSign(char c) {
        return c == '+' || c == '-';
    }

    private static int digits(String cell, int from) {
        int i = from;
        while (i < cell.length() && cell.charAt(i) >= '0' && cell.charAt(i) <= '9') {
            i++;
        }
        return i - from;
    }

    /** The shortest usual spelling of a number: {@code 3} for 3.0, {@code 0.27} for 0.27. */
    static String spelling(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
