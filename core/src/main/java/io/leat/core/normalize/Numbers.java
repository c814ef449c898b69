package io.leat.core.normalize;

import io.leat.core.normalize.Normalized.Absent;
import io.leat.core.normalize.Normalized.Unparsed;
import io.leat.core.normalize.Word.Sense;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers: the text holds one number, what multiplies it, and nothing else but a unit or a percent sign. Of a rating out of
 * five or ten it is the first. Thread-safe.
 */
public final class Numbers {

    static final int MOST_CHARACTERS = 100;
    private static final int MOST_BESIDE = 20;
    private static final Set<String> SCALES = Set.of("5", "10", "100", "5.0", "5,0", "10.0", "10,0");

    private Numbers() {}

    /** Reads a number. Without a locality, {@code 1.299} is ambiguous. */
    public static Normalized<BigDecimal> read(String text, Locality locality) {
        if (text.length() > MOST_CHARACTERS) {
            return new Unparsed<>("longer than " + MOST_CHARACTERS + " characters");
        }
        String line = Plain.line(text);
        if (Words.KNOWN.isNone(line)) {
            return new Absent<>();
        }
        List<Token> tokens = Tokens.of(line);
        List<Candidate> figures = Candidates.of(line, tokens, locality);
        if (figures.isEmpty()) {
            return new Unparsed<>("not one number");
        }
        Candidate one = figures.get(0);
        String why = figures.size() == 1 ? alone(line, tokens, one) : rating(tokens, figures);
        Figure figure = one.figure;
        if (why != null) {
            return new Unparsed<>(why);
        }
        boolean isNegative = one.at == 1 && tokens.get(0).is('-');
        return Amounts.read(isNegative ? figure.negative() : figure, List.of(), locality.decimal());
    }

    private static @Nullable String alone(String line, List<Token> tokens, Candidate one) {
        Figure figure = one.figure;
        boolean isFirst = one.at == 0
                || one.at == 1 && (tokens.get(0).is('-') || tokens.get(0).is('+'));
        int beside = line.length() - figure.to();
        if (!isFirst || beside > MOST_BESIDE) {
            return "not one number";
        }
        if (figure.isWhole() && beside == 0 && line.charAt(figure.to() - 1) == '-'
                || one.at + 1 < tokens.size() && tokens.get(one.at + 1).is('-')) {
            return "the dash after it may be a minus";
        }
        for (int at = one.at + 1; at < tokens.size(); at++) {
            if (tokens.get(at).is('0')) {
                return "not one number";
            }
        }
        return null;
    }

    /** "4.5 out of 5", "4,5 von 5 Sternen", "4.5/5": {@code null} if it is one. */
    private static @Nullable String rating(List<Token> tokens, List<Candidate> figures) {
        Candidate rating = figures.get(0);
        Candidate scale = figures.get(1);
        boolean isOf = scale.at == rating.at + 2
                && (tokens.get(rating.at + 1).is(Sense.OF)
                        || tokens.get(rating.at + 1).is('/'));
        boolean isRating = figures.size() == 2
                && rating.at == 0
                && isOf
                && SCALES.contains(scale.figure.digits())
                && scale.figure.power() == 0
                && (rating.figure.hasCents()
                        || tokens.get(rating.at + 1).is(Sense.RATING)
                        || scale.at + 1 < tokens.size()
                                && tokens.get(scale.at + 1).is(Sense.RATING));
        boolean isAll = scale.at == tokens.size() - 1
                || scale.at == tokens.size() - 2 && tokens.get(scale.at + 1).is(Sense.RATING);
        return isRating && isAll ? null : "not one number";
    }
}
