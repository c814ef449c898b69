package io.leat.core.normalize;

import io.leat.core.normalize.Word.Sense;
import java.util.List;

/** Finds amounts that are not what an item costs: savings, thresholds of free delivery, deposits, the cost of delivery. */
final class Asides {

    private static final String SAVING = "a saving or a threshold, not what the item costs";
    private static final String DELIVERY = "the cost or the threshold of delivery, not what the item costs";
    private static final String ENDS = ".|;!";

    private final List<Token> tokens;

    private Asides(List<Token> tokens) {
        this.tokens = tokens;
    }

    static void mark(List<Token> tokens, List<Candidate> found) {
        boolean isTold = false;
        for (Token token : tokens) {
            isTold |= token.is(Sense.SAVES)
                    || token.is(Sense.SAVES_NEXT)
                    || token.is(Sense.SAVES_LAST)
                    || token.is(Sense.DELIVERY);
        }
        if (isTold) {
            new Asides(tokens).mark(found);
        }
    }

    private void mark(List<Candidate> found) {
        int from = 0;
        for (int i = 0; i < found.size(); i++) {
            Candidate one = found.get(i);
            if (!one.isMarked() && one.noPrice == null) {
                continue;
            }
            int to = tokens.size();
            for (int next = i + 1; next < found.size() && to == tokens.size(); next++) {
                to = found.get(next).isMarked() || found.get(next).noPrice != null ? found.get(next).first : to;
            }
            if (one.isMarked()) {
                before(one, from, from == 0);
                after(one, to);
            }
            from = Math.max(one.end, one.at + 1);
            if (from < tokens.size() && tokens.get(from).is('%')) {
                from++;
            }
        }
    }

    private void before(Candidate one, int from, boolean isStart) {
        int start = from;
        for (int at = from; at < one.first; at++) {
            start = ENDS.indexOf(tokens.get(at).sign()) >= 0 && !isAbbreviation(at, one.first) ? at + 1 : start;
        }
        for (int at = start; at < one.first; at++) {
            Token token = tokens.get(at);
            boolean isLasts = !isStart && at == from && !isNext(at, one.first);
            if (token.is(Sense.SAVES_NEXT) || token.is(Sense.SAVES) && !isLasts) {
                one.refuse(SAVING);
            } else if (token.is(Sense.DELIVERY) && !isLasts && !isWithin(start, at)) {
                one.refuse(DELIVERY);
            }
        }
    }

    /** "inkl. Versand 5 €": a point that shortens a word ends nothing. */
    private boolean isAbbreviation(int at, int end) {
        return tokens.get(at).is('.')
                && at > 0
                && tokens.get(at - 1).isWord()
                && at + 1 < end + 1
                && (tokens.get(at - 1).is(Sense.WITH)
                        || tokens.get(at - 1).is(Sense.SAVES)
                        || tokens.get(at - 1).is(Sense.SAVES_NEXT));
    }

    /** Whether a word stands right before the next amount, or is joined to it by a colon. */
    private boolean isNext(int at, int first) {
        return at + 1 == first || tokens.get(at + 1).is(':');
    }

    private boolean isWithin(int from, int delivery) {
        for (int at = from; at < delivery; at++) {
            if (tokens.get(at).is(Sense.WITH)) {
                return true;
            }
        }
        return false;
    }

    private void after(Candidate one, int to) {
        for (int at = one.end; at < to && at < one.end + 3; at++) {
            Token token = tokens.get(at);
            boolean isNexts = to < tokens.size() && isNext(at, to) && at > one.end
                    || at + 1 < tokens.size() && tokens.get(at + 1).is(':');
            if (token.is('(') || ENDS.indexOf(token.sign()) >= 0 || token.is(',') || token.is('+')) {
                return;
            }
            if (token.is(Sense.SAVES_LAST)
                    || token.is(Sense.SAVES) && !isNexts && !(to < tokens.size() && at + 1 == to)) {
                one.refuse(SAVING);
            } else if (token.is(Sense.DELIVERY)
                    && at == one.end
                    && !isNexts
                    && !(to < tokens.size() && at + 1 == to)
                    && !isFree(at + 1)) {
                one.refuse(DELIVERY);
            }
        }
    }

    private boolean isFree(int at) {
        return at < tokens.size()
                && (tokens.get(at).is(Sense.WITH) || tokens.get(at).is(Sense.PRICE));
    }
}
