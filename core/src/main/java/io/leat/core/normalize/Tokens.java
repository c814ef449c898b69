package io.leat.core.normalize;

import io.leat.core.normalize.Word.Sense;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes a line apart into figures, marks, words and signs. */
final class Tokens {

    private static final Marks MARKS = Currencies.KNOWN.marks();

    private final String line;
    private final List<Token> tokens;

    private Tokens(String line) {
        this.line = line;
        this.tokens = new ArrayList<>(line.length() / 2 + 2);
    }

    /** All of a line, as {@link Plain#line} makes it, in its order; spaces are left out. */
    static List<Token> of(String line) {
        Tokens taken = new Tokens(line);
        int at = 0;
        while (at < line.length()) {
            at = line.charAt(at) == ' ' ? at + 1 : taken.take(at);
        }
        return taken.tokens;
    }

    private int take(int at) {
        char c = line.charAt(at);
        if (Scripts.isDigit(c)) {
            int moment = Figures.momentEnd(line, at);
            return moment > 0 ? add(new Token(at, moment, null, null, null, '0')) : figure(at);
        }
        boolean isFraction = (c == '.' || c == ',') && Scripts.isDigit(line, at + 1);
        if (isFraction && (at == 0 || !Character.isLetterOrDigit(line.charAt(at - 1)))) {
            return figure(at);
        }
        boolean isLetter = Scripts.isLetter(c);
        boolean isWordStart = !isLetter
                || !Scripts.isLetter(line, at - 1)
                || Scripts.isUnspaced(c)
                || Scripts.isUnspaced(line.charAt(at - 1));
        Marks.Found mark = isWordStart ? MARKS.at(line, at) : null;
        Words.Found word = isWordStart && isLetter ? Words.KNOWN.at(line, at) : null;
        if (mark != null && (word == null || word.to() <= mark.to())) {
            Word also = word != null && word.to() == mark.to() ? word.word() : null;
            return mark(at, mark, also);
        }
        if (word != null) {
            return add(new Token(at, word.to(), null, null, word.word(), 'a'));
        }
        return isLetter
                ? add(new Token(at, wordEnd(at), null, null, null, 'a'))
                : add(new Token(at, at + 1, null, null, null, c));
    }

    /** A mark of letters, and the point that shortens it. */
    private int mark(int at, Marks.Found found, @Nullable Word word) {
        int to = found.to();
        boolean isShortened = line.startsWith(".", to) && Scripts.isLetter(line, to - 1);
        return add(new Token(at, isShortened ? to + 1 : to, null, found.mark(), word, 'a'));
    }

    private int figure(int at) {
        Figure figure = Figures.at(line, at);
        add(new Token(at, figure.to(), figure, null, null, '0'));
        joinFraction();
        return figure.to();
    }

    /** "1/2" and "3 1/2": two figures that are one number, which prices and counts are not written in. */
    private void joinFraction() {
        int last = tokens.size() - 1;
        if (last < 2 || !tokens.get(last - 1).is('/')) {
            return;
        }
        Figure whole = tokens.get(last - 2).figure();
        Figure under = tokens.get(last).figure();
        if (whole == null || under == null || !isShort(whole) || !isShort(under)) {
            return;
        }
        if (whole.to() + 1 == under.from() && !isMeasured(under.to())) {
            Figure joined = new Figure(
                    whole.from(), under.to(), whole.digits(), false, false, 0, "a fraction or a share of a whole");
            tokens.set(last - 2, tokens.get(last - 2).with(joined));
            tokens.subList(last - 1, last + 1).clear();
            joinWhole();
        }
    }

    private void joinWhole() {
        int last = tokens.size() - 1;
        Figure before = last > 0 ? tokens.get(last - 1).figure() : null;
        if (before != null) {
            tokens.set(last - 1, tokens.get(last - 1).with(before.odd("a fraction follows it")));
        }
    }

    private static boolean isShort(Figure figure) {
        return figure.isPlain()
                && figure.digits().length() <= 3
                && figure.to() - figure.from() == figure.digits().length();
    }

    /** "/100g": what follows a stroke is a quantity. */
    private boolean isMeasured(int at) {
        Words.Found word = at < line.length() ? Words.KNOWN.at(line, line.charAt(at) == ' ' ? at + 1 : at) : null;
        return word != null && word.word().is(Sense.UNIT);
    }

    private int wordEnd(int from) {
        int at = from + 1;
        boolean isUnspaced = Scripts.isUnspaced(line.charAt(from));
        while (!isUnspaced && Scripts.isLetter(line, at) && !Scripts.isUnspaced(line.charAt(at))) {
            at++;
        }
        return at;
    }

    private int add(Token token) {
        tokens.add(token);
        return token.to();
    }
}
