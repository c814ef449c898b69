package io.leat.core.normalize;

import io.leat.core.normalize.Word.Sense;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a line.
 *
 * @param from where it starts
 * @param to where it ends
 * @param figure the figure it is, {@code null} if it is none
 * @param mark the mark of a currency it is or may be, {@code null} if it is none
 * @param word the word it is or may be, {@code null} if it is none or an unknown one
 * @param sign the character it is; a letter if it is a word or mark, a digit if it is a figure or a moment
 */
record Token(int from, int to, @Nullable Figure figure, @Nullable Mark mark, @Nullable Word word, char sign) {

    boolean isFigure() {
        return figure != null;
    }

    boolean isMark() {
        return mark != null;
    }

    boolean is(Sense sense) {
        return word != null && word.is(sense);
    }

    boolean is(char c) {
        return sign == c;
    }

    /** Whether it is made of letters. */
    boolean isWord() {
        return sign == 'a';
    }

    /** Whether it is a mark, or a word that only looks like one because of what it says about prices. */
    boolean isMarkBeforeFigure() {
        return mark != null && !(mark.isWeak() && is(Sense.PRICE));
    }

    Token with(Figure other) {
        return new Token(other.from(), other.to(), other, mark, word, sign);
    }
}
