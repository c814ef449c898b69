package io.leat.core.normalize;

import org.jspecify.annotations.Nullable;

/** The figures, words and signs of one line that may be a date. For one thread. */
final class DateTokens {

    static final char NUMBER = '0';
    static final char WORD = 'a';
    /** A letter that no word explains: {@code T} between date and time is one. */
    static final char UNKNOWN = '?';

    static final char END = 0;

    private static final int MOST = 64;
    private static final int LONGEST_NUMBER = 19;

    private final char[] kinds;
    private final long[] numbers;
    private final int[] starts;
    private final int[] ends;
    private final @Nullable DateWord[] words;
    private final String line;
    private int size;

    private DateTokens(String line) {
        int most = Math.min(MOST, line.length());
        this.kinds = new char[most];
        this.numbers = new long[most];
        this.starts = new int[most];
        this.ends = new int[most];
        this.words = new DateWord[most];
        this.line = line;
    }

    /** The tokens of a folded line, {@code null} if there are too many for a date. */
    static @Nullable DateTokens of(String line) {
        DateTokens tokens = new DateTokens(line);
        int at = 0;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c == ' ') {
                at++;
                continue;
            }
            if (tokens.size == MOST) {
                return null;
            }
            at = Letters.isDigit(c) ? tokens.addNumber(at) : tokens.other(at, c);
            if (at < 0) {
                return null;
            }
        }
        return tokens;
    }

    private int addNumber(int from) {
        int at = from;
        long number = 0;
        while (at < line.length() && Letters.isDigit(line.charAt(at))) {
            if (at - from == LONGEST_NUMBER - 1) {
                return -1;
            }
            number = number * 10 + line.charAt(at) - '0';
            at++;
        }
        numbers[size] = number;
        return add(NUMBER, from, at);
    }

    private int other(int from, char c) {
        long found = Letters.isBreak(line, from) ? DateWords.LEXICON.longest(line, from) : Lexicon.NONE;
        if (found != Lexicon.NONE) {
            words[size] = DateWords.LEXICON.value(found);
            return add(WORD, from, Lexicon.end(found));
        }
        return Letters.isLetter(c) ? add(UNKNOWN, from, Letters.wordEnd(line, from)) : add(c, from, from + 1);
    }

    private int add(char kind, int from, int to) {
        kinds[size] = kind;
        starts[size] = from;
        ends[size] = to;
        size++;
        return to;
    }

    /** The kind of a token: one of the constants, or the sign itself. */
    char kind(int at) {
        return at >= 0 && at < size ? kinds[at] : END;
    }

    int width(int at) {
        return ends[at] - starts[at];
    }

    long number(int at) {
        return numbers[at];
    }

    /** The word of a token of the kind {@link #WORD}. */
    DateWord word(int at) {
        DateWord word = words[at];
        if (word == null) {
            throw new IllegalStateException("no word");
        }
        return word;
    }

    /** Whether nothing stands between this token and the one before. */
    boolean isGlued(int at) {
        return at > 0 && at < size && ends[at - 1] == starts[at];
    }

    boolean isNumber(int at, int least, int most) {
        return kind(at) == NUMBER && width(at) >= least && width(at) <= most;
    }

    boolean isUnknown(int at, char letter) {
        return kind(at) == UNKNOWN && width(at) == 1 && line.charAt(starts[at]) == letter;
    }

    boolean isWord(int at, DateWord.Kind kind) {
        return kind(at) == WORD && word(at).is(kind, DateWords.ALL);
    }
}
