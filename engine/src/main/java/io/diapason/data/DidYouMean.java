package io.diapason.data;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The name that was probably meant by a misspelt one. */
public final class DidYouMean {
    private static final int LISTED = 30;

    private DidYouMean() {}

    /**
     * The known name nearest to a misspelt one, by the number of letters to insert, delete, replace or swap with their
     * neighbour, without regard to case; none when more than a third of the letters (at least one) would change.
     *
     * @param name what was typed
     * @param known the names there are
     * @return the nearest, the first of equals
     */
    public static Optional<String> nearest(String name, Collection<String> known) {
        String typed = name.toLowerCase(Locale.ROOT);
        int best = Math.max(1, name.length() / 3) + 1;
        String nearest = null;
        for (String candidate : known) {
            int distance = distance(typed, candidate.toLowerCase(Locale.ROOT));
            if (distance < best) {
                best = distance;
                nearest = candidate;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /**
     * The end of a message about an unknown name.
     *
     * @param name what was typed
     * @param known the names there are
     * @return {@code "did you mean «income»?"} when one name is near, else all names (of more than 30 the first 30):
     *     {@code "known are: age, income"}
     */
    public static String help(String name, Collection<String> known) {
        return nearest(name, known)
                .map(nearest -> "did you mean «" + nearest + "»?")
                .orElseGet(() -> "known are: " + list(List.copyOf(known)));
    }

    static String list(List<String> names) {
        return names.size() <= LISTED
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, LISTED)) + " and " + (names.size() - LISTED) + " more";
    }

    /** Source: Damerau 1964, Levenshtein 1966, in the form that edits no letter twice (optimal string alignment). */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replaced, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
