package io.leat.core.normalize;

import io.leat.core.normalize.Word.Sense;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out what an amount is in: from the marks beside it, and from another text of the record where these leave it open. */
final class Denominations {

    private static final Currencies KNOWN = Currencies.KNOWN;
    private static final String EDGES = " :*.";

    private Denominations() {}

    /**
     * What the marks and the hint say.
     *
     * @param marks those beside the amount; the hint decides only among what they leave open
     * @param hint another text, {@code null} if there is none
     * @return {@code null} if the marks contradict each other
     */
    static @Nullable Denomination of(List<Mark> marks, @Nullable String hint, Locality locality) {
        List<Mark> hinted = hint == null || isClear(marks) ? List.of() : hinted(hint, locality);
        if (marks.isEmpty() && hinted.isEmpty()) {
            return Denomination.UNTOLD;
        }
        List<Mark> all = marks;
        if (!hinted.isEmpty()) {
            all = new ArrayList<>(marks);
            all.addAll(hinted);
        }
        List<String> codes = KNOWN.decide(all, locality);
        if (codes.isEmpty() && !marks.isEmpty() && !hinted.isEmpty()) {
            codes = KNOWN.decide(marks, locality);
        }
        List<Mark> deciding = marks.isEmpty() ? hinted : marks;
        if (codes.isEmpty()) {
            boolean isOutside = deciding.stream().allMatch(mark -> mark.codes().isEmpty());
            if (!isOutside) {
                return marks.isEmpty() ? Denomination.UNTOLD : null;
            }
        }
        Mark first = deciding.get(0);
        return new Denomination(codes, first.told(), Currencies.isHundredths(first, codes));
    }

    /** Whether another text names a currency that the marks can mean. */
    static boolean isHinted(List<Mark> marks, @Nullable String hint, Locality locality) {
        if (hint == null) {
            return false;
        }
        List<Mark> all = new ArrayList<>(hinted(hint, locality));
        if (all.isEmpty()) {
            return false;
        }
        all.addAll(marks);
        return !KNOWN.decide(all, locality).isEmpty();
    }

    private static boolean isClear(List<Mark> marks) {
        return marks.size() == 1 && marks.get(0).codes().size() == 1;
    }

    /** The marks of a text that names a currency and may hold more: {@code руб.}, {@code DKK/stk}, {@code 90 728.00 руб}. */
    private static List<Mark> hinted(String hint, Locality locality) {
        if (hint.length() > Prices.MOST_CHARACTERS) {
            return List.of();
        }
        Mark known = KNOWN.marks().of(hint);
        if (known != null) {
            return List.of(known);
        }
        String line = Plain.line(hint, Prices.MOST_IN_LINE);
        if (line.length() > Prices.MOST_IN_LINE) {
            return List.of();
        }
        known = KNOWN.marks().of(trimmed(line, " :*"));
        known = known == null ? KNOWN.marks().of(trimmed(line, EDGES)) : known;
        if (known != null) {
            return List.of(known);
        }
        List<Token> tokens = Tokens.of(line);
        for (Candidate one : Candidates.of(line, tokens, locality)) {
            if (one.isSure(locality)) {
                return one.marks();
            }
        }
        return beside(tokens);
    }

    /** The one mark among words that go with prices and units. */
    private static List<Mark> beside(List<Token> tokens) {
        Mark only = null;
        for (Token token : tokens) {
            boolean isOther = token.isWord() && !token.is(Sense.PRICE) && !token.is(Sense.UNIT) && !token.is(Sense.PER);
            if (token.isMarkBeforeFigure() && only == null) {
                only = token.mark();
            } else if (isOther) {
                return List.of();
            }
        }
        return only == null || only.isWeak() ? List.of() : List.of(only);
    }

    private static String trimmed(String line, String edges) {
        int from = 0;
        int to = line.length();
        while (from < to && edges.indexOf(line.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && edges.indexOf(line.charAt(to - 1)) >= 0) {
            to--;
        }
        return line.substring(from, to);
    }
}
