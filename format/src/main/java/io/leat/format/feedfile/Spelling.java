package io.leat.format.feedfile;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Guesses the word that was meant. */
final class Spelling {

    private static final int LONGEST = 64;

    private Spelling() {}

    /** {@code Did you mean 'x'?}, or the list of words if none is near. */
    static String hint(String written, Collection<String> words) {
        String nearest = nearest(written, words);
        return nearest == null ? "Known here: " + String.join(", ", words) + "." : "Did you mean '" + nearest + "'?";
    }

    private static @Nullable String nearest(String written, Collection<String> words) {
        if (written.length() > LONGEST) {
            return null;
        }
        String plain = plain(written);
        String nearest = null;
        int least = Integer.MAX_VALUE;
        for (String word : words) {
            int distance = distance(plain, plain(word));
            if (distance < least && distance <= Math.max(1, word.length() / 3)) {
                least = distance;
                nearest = word;
            }
        }
        return nearest;
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "").replace(".", "");
    }

    /** Letters inserted, left out, replaced or swapped with their neighbour. */
    private static int distance(String a, String b) {
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int replaced = steps[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                steps[i][j] = Math.min(replaced, 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    steps[i][j] = Math.min(steps[i][j], steps[i - 2][j - 2] + 1);
                }
            }
        }
        return steps[a.length()][b.length()];
    }
}
