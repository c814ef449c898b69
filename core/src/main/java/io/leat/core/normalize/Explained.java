package io.leat.core.normalize;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says in words what the figures of a text were taken for. For people who try texts; not for the way of records. */
public final class Explained {

    private static final int MOST_WORDS = 3;

    private final String line;
    private final List<Token> tokens;
    private final List<Candidate> figures;

    private Explained(String line, Locality locality) {
        this.line = line;
        this.tokens = Tokens.of(line);
        this.figures = Candidates.of(line, tokens, locality);
    }

    /** One sentence for each figure of a text that is to be money, a number or a unit price; none for a text too long for these. */
    public static List<String> figures(String text, Locality locality) {
        if (text.length() > Prices.MOST_CHARACTERS) {
            return List.of();
        }
        Explained explained = new Explained(Plain.line(text, Prices.MOST_CHARACTERS), locality);
        return explained.figures.stream().map(explained::sentence).toList();
    }

    private String sentence(Candidate one) {
        Token figure = tokens.get(one.at);
        String written = line.substring(figure.from(), figure.to());
        if (one.noPrice != null) {
            return written + " is " + one.noPrice;
        }
        if (one.doubt != null) {
            return written + " is in doubt: " + one.doubt;
        }
        if (one.figure.oddity() != null) {
            return written + " cannot be read: " + one.figure.oddity();
        }
        List<String> says = new ArrayList<>();
        if (one.figure.isNegative()) {
            says.add("below zero");
        }
        if (one.figure.power() != 0) {
            says.add("times ten to the power of " + one.figure.power());
        }
        if (one.isMarked()) {
            says.add("beside " + one.marks().stream().map(Explained::meaning).collect(Collectors.joining(" and ")));
        } else {
            String words = wordsBefore(one.at);
            says.add("without a currency" + (words.isEmpty() ? "" : ", after '" + words + "'"));
        }
        if (one.endsRange) {
            says.add("where a range ends");
        }
        return "figure " + written + " " + String.join(", ", says);
    }

    private static String meaning(Mark mark) {
        String codes = mark.usual() != null
                ? mark.usual()
                : mark.codes().isEmpty() ? "no known currency" : String.join(" or ", mark.codes());
        return mark.text().toUpperCase(Locale.ROOT).equals(codes) ? mark.text() : mark.text() + " (" + codes + ")";
    }

    private String wordsBefore(int at) {
        int from = at;
        while (from > 0 && at - from < MOST_WORDS && tokens.get(from - 1).isWord()) {
            from--;
        }
        return from == at
                ? ""
                : line.substring(tokens.get(from).from(), tokens.get(at - 1).to());
    }
}
