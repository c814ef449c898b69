package io.leat.core.normalize;

import io.leat.core.normalize.StockClause.Says;
import org.jspecify.annotations.Nullable;

/** Takes one line apart into clauses and puts together what they say. For one line and one thread. */
final class StockText {

    private static final String ENDS = ".,;!?()[]{}|/•·。、，；！？（）【】「」\u2026\u2022-";
    private static final String MONEY = "$€£¥₽₹₺₩₴฿₫";

    /** "Only 1 item(s)". */
    private static final int LONGEST_ENDING = 2;

    private final Lexicon<StockSense> words;
    private final String line;
    private StockClause clause = new StockClause();
    private boolean isAlone = true;
    private int states;
    private boolean isLater;
    private boolean isDoubtful;
    private boolean isLabelled;
    private int counted = -1;
    private boolean isMoneyBefore;
    private @Nullable String unclear;

    StockText(Lexicon<StockSense> words, String line) {
        this.words = words;
        this.line = line;
    }

    /** Reads on to the end. */
    void read() {
        int at = 0;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c == ' ') {
                at++;
            } else if (Letters.isDigit(c) && Letters.isBreak(line, at)) {
                at = number(at);
            } else {
                at = word(at, c);
            }
        }
        close();
    }

    private int word(int at, char c) {
        long found = Letters.isBreak(line, at) ? words.longest(line, at) : Lexicon.NONE;
        if (found != Lexicon.NONE) {
            StockSense sense = words.value(found);
            if (clause.isOverBefore(sense)) {
                close();
            }
            clause.add(sense);
            return Lexicon.end(found);
        }
        if (Letters.isLetter(c) || Letters.isDigit(c)) {
            clause.addUnknown();
            return Letters.wordEnd(line, at);
        }
        return sign(at, c);
    }

    private int sign(int at, char c) {
        if (c == '(' && at > 0 && Letters.isLetter(line.charAt(at - 1))) {
            for (int end = at + 1; end < line.length() && end <= at + LONGEST_ENDING + 1; end++) {
                if (line.charAt(end) == ')') {
                    return end + 1;
                }
            }
        }
        if (Character.isSurrogate(c)) {
            isAlone = false;
        } else if (c == '>' || c == '≥') {
            clause.add(StockSense.MORE);
        } else if (c == '<' || c == '≤') {
            clause.add(StockSense.LESS);
        } else if (MONEY.indexOf(c) >= 0) {
            isMoneyBefore = true;
            return at + 1;
        } else if (ENDS.indexOf(c) >= 0) {
            if (c == '?' || c == '？') {
                clause.ask();
            }
            close();
        }
        return at + 1;
    }

    /** A figure with its separators: a count, a range, an amount or a date. */
    private int number(int from) {
        int at = from;
        int groups = 0;
        int last = 0;
        int longest = 0;
        boolean isZero = true;
        char separator = 0;
        boolean isSame = true;
        while (true) {
            int start = at;
            while (at < line.length() && Letters.isDigit(line.charAt(at))) {
                isZero &= line.charAt(at) == '0';
                at++;
            }
            groups++;
            last = at - start;
            longest = Math.max(longest, last);
            int next = nextGroup(at);
            if (next < 0) {
                break;
            }
            isSame &= separator == 0 || separator == line.charAt(at);
            separator = line.charAt(at);
            at = next;
        }
        boolean isGrouped =
                groups > 1 && last == 3 && isSame && (separator == '.' || separator == ',' || separator == '\'');
        if (groups == 1 || isGrouped) {
            return count(from, at, isZero, longest == 4 && groups == 1);
        }
        if (isMoneyAt(at) || isMoneyBefore) {
            clause.addAmount();
        } else if (groups >= 3 || separator == '.' || separator == '/' || separator == ':') {
            clause.addDate();
        } else {
            clause.addUnknown();
        }
        isMoneyBefore = false;
        return at;
    }

    private int count(int from, int to, boolean isZero, boolean isYearLong) {
        char first = line.charAt(from);
        boolean isYear = isYearLong
                && (first == '1' && line.charAt(from + 1) == '9' || first == '2' && line.charAt(from + 1) == '0');
        boolean isMoney = isMoneyBefore || isMoneyAt(to);
        boolean isMinus = from > 0 && line.charAt(from - 1) == '-' && (from == 1 || line.charAt(from - 2) == ' ');
        isMoneyBefore = false;
        if (isMoney) {
            clause.addAmount();
        } else if (isMinus) {
            clause.addUnknown();
        } else if (isYear) {
            clause.addDate();
        } else {
            clause.addNumber(isZero);
        }
        return to < line.length() && line.charAt(to) == '+' ? to + 1 : to;
    }

    private boolean isMoneyAt(int at) {
        int next = at < line.length() && line.charAt(at) == ' ' ? at + 1 : at;
        return next < line.length() && (MONEY.indexOf(line.charAt(next)) >= 0 || line.charAt(next) == '%')
                || line.startsWith("eur", next)
                || line.startsWith("usd", next)
                || line.startsWith("zł", next)
                || line.startsWith("kč", next)
                || line.startsWith("kr", next)
                || line.startsWith("руб", next);
    }

    /** Where the next group of digits of this figure starts, below 0 if it is over. */
    private int nextGroup(int at) {
        if (at >= line.length() || ".,:/'-".indexOf(line.charAt(at)) < 0) {
            return -1;
        }
        int next = at + 1;
        if (next < line.length() && line.charAt(at) == '.' && line.charAt(next) == ' ') {
            next++;
        }
        return next < line.length() && Letters.isDigit(line.charAt(next)) ? next : -1;
    }

    private void close() {
        if (clause.isEmpty()) {
            clause = new StockClause();
            return;
        }
        Says says = clause.says();
        switch (says) {
            case STATE -> states |= clause.states();
            case COUNT -> {
                isDoubtful |= counted >= 0;
                counted = clause.isNone() ? 0 : 1;
            }
            case LABEL -> isLabelled = true;
            case LATER -> isLater = true;
            case DOUBT -> isDoubtful = true;
            case UNCLEAR -> unclear = clause.why();
            case NOTHING -> isAlone = false;
        }
        clause = new StockClause();
    }

    /** The states that were told, as bits of {@link StockSense}. */
    int states() {
        return states;
    }

    /** Whether something is told of the future or on a condition. */
    boolean isLater() {
        return isLater;
    }

    /** Whether a clause without a state denies or doubts something. */
    boolean isDoubtful() {
        return isDoubtful;
    }

    /** Whether the count stands alone, or with the name of the stock. */
    boolean isCountAlone() {
        return isAlone || isLabelled;
    }

    /** The number of pieces: 0, 1 for any other, below 0 if none is told. */
    int counted() {
        return counted;
    }

    /** Why a clause cannot be made out, {@code null} if every one can. */
    @Nullable
    String unclear() {
        return unclear;
    }
}
