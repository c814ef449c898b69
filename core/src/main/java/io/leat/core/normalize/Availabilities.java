package io.leat.core.normalize;

import io.leat.core.normalize.Normalized.Absent;
import io.leat.core.normalize.Normalized.Ambiguous;
import io.leat.core.normalize.Normalized.Normal;
import io.leat.core.normalize.Normalized.Unparsed;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Reads whether an item can be had, in the words of many languages and shops. A state counts only where the words around it are
 * known and nothing denies, doubts, asks for or postpones it; what says when it may be there does not say that it is. Thread-safe.
 */
public final class Availabilities {

    private static final Availabilities USUAL = new Availabilities(StockWords.with(Map.of()));
    static final int MOST_CHARACTERS = 500;

    private final StockWords words;

    private Availabilities(StockWords words) {
        this.words = words;
    }

    /** The reader that knows these phrases beside its own, each as the state it stands under. */
    public static Availabilities with(Map<Availability, List<String>> phrases) {
        return phrases.isEmpty() ? USUAL : new Availabilities(StockWords.with(phrases));
    }

    /** The languages whose phrases are known, by their codes, sorted. */
    public static Collection<String> languages() {
        return StockWords.languages();
    }

    /** The phrases that mean a state, by language and state, separated by {@code |}; those of feeds stand under {@code feed}. */
    public static Map<String, Map<Availability, String>> phrases() {
        return StockWords.phrases();
    }

    /** Reads a text. */
    public Normalized<Availability> read(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return new Unparsed<>("longer than " + MOST_CHARACTERS + " characters");
        }
        String line = StockLine.of(text);
        if (line.isEmpty()) {
            return new Absent<>();
        }
        Availability alone = words.alone().get(bare(line));
        if (alone != null) {
            return new Normal<>(alone);
        }
        StockText read = new StockText(words.lexicon(), line);
        read.read();
        return judged(read);
    }

    private static String bare(String line) {
        int end = line.length();
        while (end > 1 && ".! ".indexOf(line.charAt(end - 1)) >= 0) {
            end--;
        }
        return line.substring(0, end);
    }

    private static Normalized<Availability> judged(StockText read) {
        String unclear = read.unclear();
        if (unclear != null) {
            return new Ambiguous<>(unclear);
        }
        int states = counted(read);
        if (states == 0) {
            return read.isLater()
                    ? new Ambiguous<>("when it may be there, not whether it is")
                    : new Unparsed<>("no known words for availability");
        }
        boolean isThere = (states & StockClause.THERE) != 0;
        if (isThere && (read.isLater() || read.isDoubtful())) {
            return new Ambiguous<>("a state, and words that deny, doubt or postpone it");
        }
        Availability state = StockSense.state(merged(states));
        return state == null ? new Ambiguous<>("words for several states") : new Normal<>(state);
    }

    /** The states, with what a count that stands for itself makes of them. */
    private static int counted(StockText read) {
        int states = read.states();
        if (read.counted() < 0) {
            return states;
        }
        int there = read.counted() == 0 ? StockSense.OUT_OF_STOCK.bit() : StockSense.IN_STOCK.bit();
        if (states == 0) {
            return read.isCountAlone() && !read.isLater() && !read.isDoubtful() ? there : 0;
        }
        boolean isThere = (states & ~StockClause.THERE) == 0;
        return isThere && read.counted() == 0 ? there : isThere ? states : states | there;
    }

    /** Of states that agree the one that says more. */
    private static int merged(int states) {
        int merged = states;
        int more = StockSense.LIMITED.bit() | StockSense.IN_STORE_ONLY.bit() | StockSense.ONLINE_ONLY.bit();
        if ((states & more) != 0) {
            merged &= ~StockSense.IN_STOCK.bit();
        }
        int gone = StockSense.SOLD_OUT.bit() | StockSense.DISCONTINUED.bit() | StockSense.BACKORDER.bit();
        if ((states & gone) != 0) {
            merged &= ~StockSense.OUT_OF_STOCK.bit();
        }
        return merged;
    }

    /** A number of pieces. */
    public static Normalized<Availability> read(BigDecimal pieces) {
        if (pieces.signum() < 0) {
            return new Unparsed<>("fewer than no pieces");
        }
        return read(pieces.signum() > 0);
    }

    /** Whether it can be had. */
    public static Normalized<Availability> read(boolean isThere) {
        return new Normal<>(isThere ? Availability.IN_STOCK : Availability.OUT_OF_STOCK);
    }
}
