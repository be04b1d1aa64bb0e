package dev.parley.policy.check;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The word that someone probably meant. */
public final class Nearest {
    private static final int MAX_LENGTH = 80;

    private Nearest() {}

    /** The candidate with the least edits, if it is near enough to be worth naming. */
    public static Optional<String> to(String word, Collection<String> candidates) {
        if (word.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        return candidates.stream()
                .filter(candidate -> candidate.length() <= MAX_LENGTH)
                .filter(candidate -> distance(word, candidate) <= Math.max(1, candidate.length() / 3))
                .min(Comparator.comparingInt((String c) -> distance(word, c)).thenComparing(Comparator.naturalOrder()));
    }

    /** As {@link #to}, or all candidates where none is near. */
    public static String orAll(String word, Collection<String> candidates) {
        return to(word, candidates).orElseGet(() -> String.join(", ", candidates));
    }

    /** Letters to add, drop, replace or swap with their neighbour. */
    private static int distance(String a, String b) {
        var edits = new int[a.length() + 1][b.length() + 1];
        for (var i = 0; i <= a.length(); i++) {
            for (var j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : least(edits, a, b, i, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int least(int[][] edits, String a, String b, int i, int j) {
        var replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        var least = Math.min(replaced, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
        var swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, edits[i - 2][j - 2] + 1) : least;
    }
}
