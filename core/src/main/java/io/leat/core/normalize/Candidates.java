package io.leat.core.normalize;

import io.leat.core.normalize.Word.Sense;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the figures of a line and gives each what belongs to it: multipliers, marks, a sign. */
final class Candidates {

    private static final int MOST_MARKS = 3;
    private static final int MOST_FIGURES = 32;
    private static final String PERCENT = "%\u066a\u2030";

    private final String line;
    private final List<Token> tokens;
    private final Locality locality;
    private final List<Candidate> found = new ArrayList<>(4);

    private Candidates(String line, List<Token> tokens, Locality locality) {
        this.line = line;
        this.tokens = tokens;
        this.locality = locality;
    }

    /** The figures of the tokens, left to right; none where there are so many that it is a table. */
    static List<Candidate> of(String line, List<Token> tokens, Locality locality) {
        Candidates reading = new Candidates(line, tokens, locality);
        for (int at = 0; at < tokens.size(); at++) {
            Figure figure = tokens.get(at).figure();
            if (figure != null) {
                reading.take(new Candidate(at, figure));
            }
        }
        if (reading.found.size() > MOST_FIGURES) {
            return List.of();
        }
        Owners.settle(tokens, reading.found);
        for (Candidate one : reading.found) {
            reading.sign(one);
        }
        Joints.join(line, tokens, reading.found);
        for (Candidate one : reading.found) {
            reading.rule(one);
        }
        Asides.mark(tokens, reading.found);
        return reading.found;
    }

    private void take(Candidate one) {
        if (!found.isEmpty() && found.get(found.size() - 1).goesOnAt == one.at) {
            one.doubt = "the number goes on after its thousands";
        }
        found.add(one);
        multiply(one);
        int to = one.end;
        while (to < tokens.size() && tokens.get(to).isMark() && to - one.end < MOST_MARKS) {
            to++;
        }
        one.after = marks(one.end, to);
        one.end = to;
        int from = one.at;
        int mark = one.at;
        while (from > 0 && one.at - mark < MOST_MARKS + 1) {
            Token token = tokens.get(from - 1);
            if (token.isMarkBeforeFigure()) {
                mark = from - 1;
            } else if (!token.is(':') && !(token.is('-') && isGluedAfter(from - 1))) {
                break;
            }
            from--;
        }
        one.before = marks(mark, one.at);
        one.first = mark;
    }

    private List<Mark> marks(int from, int to) {
        if (from == to) {
            return List.of();
        }
        Mark first = tokens.get(from).mark();
        if (to - from == 1 && first != null) {
            return List.of(first);
        }
        List<Mark> marks = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            Mark mark = tokens.get(i).mark();
            if (mark != null) {
                marks.add(mark);
            }
        }
        return marks;
    }

    /** Whether a token stands right before the next. */
    private boolean isGluedAfter(int at) {
        return at + 1 < tokens.size()
                && tokens.get(at).to() == tokens.get(at + 1).from();
    }

    /** "1.2K", "3 mln", "5千万". */
    private void multiply(Candidate one) {
        for (int at = one.at + 1; at < tokens.size() && one.figure.oddity() == null; at++) {
            Token token = tokens.get(at);
            boolean isTimes = token.is(Sense.TIMES) || token.is(Sense.TIMES_MAYBE);
            boolean isGlued = tokens.get(at - 1).to() == token.from();
            Mark mark = token.mark();
            if (!isTimes || mark != null && (Currencies.KNOWN.isLocal(mark, locality) || !mark.isWeak())) {
                return;
            }
            if (at > one.at + 1 && !Scripts.isUnspaced(line.charAt(token.from()))) {
                return;
            }
            String doubt = doubt(token, isGlued);
            one.figure = doubt == null
                    ? one.figure.times(Objects.requireNonNull(token.word()).power())
                    : one.figure.odd(doubt);
            one.end = at + 1;
            if (at + 1 < tokens.size() && tokens.get(at + 1).is('.')) {
                one.end++;
                at++;
            }
            if (at + 1 < tokens.size() && tokens.get(at + 1).isFigure() && isGluedAfter(at)) {
                one.figure = one.figure.odd("the number goes on after its thousands");
                one.goesOnAt = at + 1;
            }
        }
    }

    private @Nullable String doubt(Token token, boolean isGlued) {
        int length = token.to() - token.from();
        boolean isLetter = length == 1 && line.charAt(token.from()) < 0x80;
        boolean isCapital = Character.isUpperCase(line.charAt(token.from()));
        boolean isSure = token.is(Sense.TIMES)
                && (!isLetter || isGlued && (isCapital || line.charAt(token.from()) == 'k'))
                && (!token.is(Sense.SHORT_SCALE)
                        || locality.isAuto()
                        || locality.language().equals("en"));
        return isSure ? null : "'" + line.substring(token.from(), token.to()) + "' may count in thousands or more";
    }

    /** A minus before the figure or before its mark; one that divides is none. */
    private void sign(Candidate one) {
        int at = one.at - 1;
        boolean isBeforeFigure = at >= 0 && tokens.get(at).is('-') && isGluedAfter(at);
        if (!isBeforeFigure) {
            at = one.first - 1;
        }
        if (at >= 0 && tokens.get(at).is('-')) {
            minus(one, at, isBeforeFigure || isGluedAfter(at));
        }
        trailing(one);
        boolean isInBrackets = one.first > 0
                && tokens.get(one.first - 1).is('(')
                && one.end < tokens.size()
                && tokens.get(one.end).is(')');
        if (isInBrackets && one.isMarked()) {
            one.doubt = "in brackets: below zero for accountants, a remark for others";
        }
    }

    private void minus(Candidate one, int at, boolean isGlued) {
        Token before = at == 0 ? null : tokens.get(at - 1);
        boolean isApart = before == null || before.to() < tokens.get(at).from() || before.is('(') || before.is(':');
        boolean isOfMark = before != null && before.isMark() && at > one.first;
        boolean isAfterFigure = before != null && isPartOfOther(one, at - 1);
        boolean isAtMark = before != null
                && before.isMark()
                && before.to() == tokens.get(at).from();
        if (isAfterFigure || !isGlued && before != null && !isAtMark) {
            return;
        }
        if (!isGlued) {
            one.figure = one.figure.odd("the dash before it may be a minus");
        } else if (isApart || isOfMark) {
            one.figure = one.figure.negative();
            one.first = Math.min(one.first, at);
        } else if (at == one.at - 1) {
            one.figure = one.figure.odd("the dash before it may be a minus");
        }
    }

    private boolean isPartOfOther(Candidate one, int token) {
        int index = found.indexOf(one);
        Candidate last = index > 0 ? found.get(index - 1) : null;
        return last != null && token < last.end || tokens.get(token).is('0');
    }

    /** "5,00-": what accountants write after an amount below zero. */
    private void trailing(Candidate one) {
        int at = one.figure.isWhole() ? -1 : minusAfter(one);
        if (at < 0) {
            return;
        }
        int next = at + 1;
        boolean isBeforeFigure = next < tokens.size()
                && (tokens.get(next).isFigure()
                        || tokens.get(next).isMark()
                                && next + 1 < tokens.size()
                                && tokens.get(next + 1).isFigure());
        boolean isBeforeWord = next < tokens.size()
                && tokens.get(next).isWord()
                && !tokens.get(next).isMark();
        if (!isBeforeFigure && !isBeforeWord) {
            one.figure = one.figure.odd("the dash after it may be a minus");
        }
    }

    private int minusAfter(Candidate one) {
        int at = one.at + 1;
        if (at < tokens.size() && tokens.get(at).is('-') && isGluedAfter(one.at)) {
            return at;
        }
        boolean isAtEnd = one.end == tokens.size() - 1 && tokens.get(one.end).is('-') && isGluedAfter(one.end - 1);
        return isAtEnd ? one.end : -1;
    }

    /** Shares in percent and parts of words are no prices. */
    private void rule(Candidate one) {
        Token next = one.at + 1 < tokens.size() ? tokens.get(one.at + 1) : null;
        Token last = one.at > 0 ? tokens.get(one.at - 1) : null;
        if (next != null && PERCENT.indexOf(next.sign()) >= 0
                || last != null && last.is('%') && isGluedAfter(one.at - 1)) {
            one.refuse("a share in percent");
        }
        boolean isAfterWord = one.before.isEmpty() && last != null && isGluedWord(one.at - 1, one.at - 1);
        boolean isInName = one.before.isEmpty()
                && one.at > 1
                && last != null
                && last.is('-')
                && isGluedAfter(one.at - 1)
                && isGluedWord(one.at - 2, one.at - 2);
        boolean isBeforeWord = one.after.isEmpty() && one.end < tokens.size() && isGluedWord(one.end - 1, one.end);
        if (isAfterWord || isInName || isBeforeWord) {
            one.refuse("part of a word");
        }
        if (one.end < tokens.size()
                && tokens.get(one.end).is('+')
                && isGluedAfter(one.end - 1)
                && !isAdded(one.end + 1)) {
            one.doubt("this much or more");
        }
    }

    /** "$49+ VAT": whether what follows a plus is what comes on top, not the end of "$49 and more". */
    private boolean isAdded(int at) {
        return at < tokens.size()
                && (tokens.get(at).isFigure()
                        || tokens.get(at).isMark()
                        || tokens.get(at).is(Sense.PRICE)
                        || tokens.get(at).is(Sense.WITH)
                        || tokens.get(at).is(Sense.DELIVERY));
    }

    /** Whether a word makes one with what follows or precedes it: some scripts put no space between words. */
    private boolean isGluedWord(int left, int word) {
        Token token = tokens.get(word);
        return token.isWord()
                && isGluedAfter(left)
                && !token.is(Sense.PRICE)
                && !Scripts.isUnspaced(line.charAt(left == word ? token.to() - 1 : token.from()));
    }
}
