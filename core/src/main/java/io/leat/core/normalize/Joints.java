package io.leat.core.normalize;

import io.leat.core.normalize.Word.Sense;
import java.util.List;

/** Joins figures that are one amount, and finds ranges. */
final class Joints {

    private static final int MOST_AFTER_SIGN = 3;
    private static final int MOST_OF_COUNT = 2;

    private final String line;
    private final List<Token> tokens;

    private Joints(String line, List<Token> tokens) {
        this.line = line;
        this.tokens = tokens;
    }

    static void join(String line, List<Token> tokens, List<Candidate> found) {
        Joints joints = new Joints(line, tokens);
        for (int i = 1; i < found.size(); ) {
            Candidate left = found.get(i - 1);
            Candidate right = found.get(i);
            boolean isOne = joints.isFraction(left, right);
            if (isOne) {
                left.figure = left.figure.with(right.figure.digits(), right.figure.to());
            } else if (joints.isHundredths(left, right)) {
                String digits = right.figure.digits();
                left.figure = left.figure.with(digits.length() == 1 ? "0" + digits : digits, right.figure.to());
                isOne = true;
            }
            if (isOne) {
                left.end = right.end;
                left.doubt = null;
                found.remove(i);
            } else {
                if (joints.isDoubtful(left, right)) {
                    left.doubt = "two numbers that may be one";
                }
                joints.range(left, right);
                joints.offer(left, right);
                i++;
            }
        }
    }

    /** "35€ 99", "153$06 EUR": the sign of the currency stands where the point would. */
    private boolean isFraction(Candidate whole, Candidate next) {
        if (!whole.before.isEmpty() || !whole.figure.isPlain() || !isShort(next.figure)) {
            return false;
        }
        List<Mark> marks = whole.after.isEmpty() ? next.before : whole.after;
        Token sign = whole.at + 1 < tokens.size() ? tokens.get(whole.at + 1) : null;
        if (marks.size() != 1
                || sign == null
                || next.at != whole.at + 2
                || !marks.get(0).isSign()) {
            return false;
        }
        int gap = tokens.get(next.at).from() - sign.to();
        int digits = next.figure.digits().length();
        boolean isNear = gap == 0 && digits <= MOST_AFTER_SIGN || gap == 1 && digits == 2 && next.after.isEmpty();
        if (sign.from() != whole.figure.to() || !isNear || isPercent(next)) {
            return false;
        }
        whole.after = next.after.isEmpty() ? marks : next.after;
        return true;
    }

    /** "CHF 22 09,70": whether two figures without a word between them may be one. */
    private boolean isDoubtful(Candidate left, Candidate right) {
        return right.at == left.at + 1
                && !left.before.isEmpty()
                && right.before.isEmpty()
                && right.after.isEmpty()
                && left.figure.isPlain()
                && right.figure.hasCents()
                && !isPercent(right);
    }

    private static boolean isShort(Figure figure) {
        return figure.isPlain()
                && figure.digits().indexOf(' ') < 0
                && figure.digits().indexOf('\'') < 0
                && figure.oddity() == null
                && figure.power() == 0;
    }

    /** "5 руб. 50 коп.": hundredths of the amount before them. */
    private boolean isHundredths(Candidate whole, Candidate cents) {
        if (!whole.isMarked()
                || !whole.figure.isPlain()
                || !isShort(cents.figure)
                || cents.figure.digits().length() > 2
                || cents.at + 1 >= tokens.size()
                || !tokens.get(cents.at + 1).is(Sense.HUNDREDTHS)
                || Mark.areWeak(whole.marks())) {
            return false;
        }
        int words = 0;
        for (int at = whole.end; at < cents.at; at++) {
            Token token = tokens.get(at);
            boolean isJoint = token.is(Sense.AND) || token.is('&') || token.is('.') || token.is(',');
            words += isJoint ? 0 : 1;
        }
        if (words == 0) {
            cents.end = Math.max(cents.end, cents.at + 2);
        }
        return words == 0;
    }

    private void range(Candidate left, Candidate right) {
        int from = Math.max(left.end, left.at + 1);
        if (right.first - from != 1 && !(right.at - from == 1 && right.before.isEmpty())) {
            return;
        }
        Token between = tokens.get(from);
        if (!between.is('-') && !between.is('~') && !between.is(Sense.RANGE)) {
            return;
        }
        if (!left.isMarked() && right.after.isEmpty() && !right.before.isEmpty()) {
            boolean isNamed = left.first > 0
                    && tokens.get(left.first - 1).isWord()
                    && !tokens.get(left.first - 1).is(Sense.PRICE);
            if (!isNamed) {
                right.doubt = "a range, or a quantity and its price";
            }
            return;
        }
        boolean isOther = !right.isMarked() && right.end < tokens.size() && isForeign(tokens.get(right.end));
        if (isOther || isPercent(right) || isPercent(left)) {
            return;
        }
        right.endsRange = true;
        if (!left.isMarked()) {
            left.after = right.after;
        } else if (!right.isMarked()) {
            right.before = left.before;
            right.after = left.after;
        }
        if (right.figure.digits().startsWith("0")
                && right.figure.isPlain()
                && right.figure.digits().length() > 1) {
            right.doubt = "a range, or part of a date";
        }
    }

    /** "2 for $5", "2/$5": what several cost together; what one of them costs is not told. */
    private void offer(Candidate left, Candidate right) {
        boolean isJoined = right.isMarked()
                && right.first == left.at + 2
                && (tokens.get(left.at + 1).is(Sense.FOR)
                        || tokens.get(left.at + 1).is('/'));
        boolean isFirst = left.at == 0
                || tokens.get(left.at - 1).is(Sense.BUY)
                || !tokens.get(left.at - 1).isWord() && !tokens.get(left.at - 1).isMark();
        boolean isCount = !left.isMarked()
                && isShort(left.figure)
                && left.figure.digits().length() <= MOST_OF_COUNT
                && !left.figure.digits().equals("1");
        if (isJoined && isFirst && isCount) {
            right.doubt("the price of several, or of one of them");
        }
    }

    private boolean isPercent(Candidate one) {
        return one.at + 1 < tokens.size() && tokens.get(one.at + 1).is('%');
    }

    private boolean isForeign(Token token) {
        return token.isWord()
                && !token.is(Sense.PRICE)
                && !token.is(Sense.PER)
                && !Scripts.isUnspaced(line.charAt(token.from()));
    }
}
