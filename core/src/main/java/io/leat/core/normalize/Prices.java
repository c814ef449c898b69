package io.leat.core.normalize;

import io.leat.core.normalize.Money.Several;
import io.leat.core.normalize.Normalized.Absent;
import io.leat.core.normalize.Normalized.Ambiguous;
import io.leat.core.normalize.Normalized.Normal;
import io.leat.core.normalize.Normalized.Unparsed;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads amounts of money as shops write them.
 *
 * <p>A figure is a price if the mark of a currency stands beside it, or if nothing stands beside it but words that go with
 * prices. Among several the declared one counts. An amount that can mean two numbers is ambiguous, never guessed at; a mark that
 * can mean two currencies is told as it stands, beside an amount that is sure.
 */
public final class Prices {

    /** Longer texts are no prices. */
    static final int MOST_CHARACTERS = 1_000;

    private Prices() {}

    /**
     * Reads a price.
     *
     * @param text as scraped
     * @param hint another text of the record that may name the currency, {@code null} if there is none
     */
    public static Normalized<Money> read(String text, @Nullable String hint, Locality locality, Several several) {
        if (text.length() > MOST_CHARACTERS) {
            return new Unparsed<>("longer than " + MOST_CHARACTERS + " characters");
        }
        String line = Plain.line(text);
        String folded = Plain.fold(line);
        if (line.isEmpty() || PriceWords.NONE.contains(folded)) {
            return new Absent<>();
        }
        if (PriceWords.FREE.contains(folded.replaceAll("[!.* ]+$", ""))) {
            return new Normal<>(new Money(BigDecimal.ZERO, Denomination.UNTOLD, List.of(), false));
        }
        List<PricedFigure> figures = PricedFigure.in(line);
        if (figures.stream().anyMatch(figure -> isMultiple(line, figure.figure(), locality))) {
            return new Unparsed<>("the amount is written in thousands or millions");
        }
        List<PricedFigure> prices = prices(line, figures);
        return prices.isEmpty()
                ? bare(line, figures, hint, locality, several)
                : amounts(prices, hint, locality, several);
    }

    /** What a text says that amounts are in, though it may hold none: a field beside the price. */
    public static Denomination denomination(@Nullable String text, Locality locality) {
        Denomination found = Denominations.of(Set.of(), text, locality);
        return found == null ? Denomination.UNTOLD : found;
    }

    /** The figures with a mark that is nothing else; if there is none, those whose mark may be a word or a unit. */
    private static List<PricedFigure> prices(String line, List<PricedFigure> figures) {
        List<PricedFigure> sure = figures.stream().filter(PricedFigure::isSure).toList();
        List<PricedFigure> marked =
                sure.isEmpty() ? figures.stream().filter(PricedFigure::isMarked).toList() : sure;
        Set<String> letters = marked.stream()
                .flatMap(figure -> figure.marks().stream())
                .filter(mark -> sure.isEmpty() && mark.length() == 1)
                .collect(Collectors.toSet());
        return letters.isEmpty() || isOnlyAmount(line, letters) ? marked : List.of();
    }

    private static Normalized<Money> bare(
            String line, List<PricedFigure> figures, @Nullable String hint, Locality locality, Several several) {
        String outside = line.replaceAll("\\([^()]*\\)", " ");
        List<PricedFigure> bare = outside.equals(line) ? figures : PricedFigure.in(outside);
        if (bare.isEmpty()) {
            return new Unparsed<>("no price in it");
        }
        if (!isOnlyAmount(outside, Set.of())) {
            return new Unparsed<>("a number, but nothing says that it is a price");
        }
        boolean isRange = bare.size() == 2 && bare.get(1).endsRange();
        return bare.size() == 1 || isRange
                ? amounts(bare, hint, locality, several)
                : new Ambiguous<>("several numbers and no currency");
    }

    private static Normalized<Money> amounts(
            List<PricedFigure> prices, @Nullable String hint, Locality locality, Several several) {
        List<BigDecimal> amounts = new ArrayList<>();
        Denomination in = Denomination.UNTOLD;
        for (PricedFigure price : prices) {
            Denomination named = Denominations.of(price.marks(), hint, locality);
            if (named == null) {
                return new Ambiguous<>("two currencies for one amount");
            }
            Normalized<BigDecimal> amount = Amounts.read(price.figure(), named.codes(), locality);
            if (!(amount instanceof Normal<BigDecimal> normal)) {
                return amount instanceof Ambiguous<BigDecimal> ambiguous
                        ? new Ambiguous<>(ambiguous.why())
                        : new Unparsed<>("a number of no known shape");
            }
            if (amounts.isEmpty()) {
                in = named;
            } else if (!in.equals(named) && several != Several.FIRST) {
                return new Ambiguous<>("prices in several currencies");
            }
            amounts.add(normal.value());
        }
        boolean isOne = amounts.stream().allMatch(other -> other.compareTo(amounts.get(0)) == 0);
        if (several == Several.REFUSE && !isOne) {
            return new Ambiguous<>("several prices");
        }
        BigDecimal chosen =
                switch (several) {
                    case FIRST, REFUSE -> amounts.get(0);
                    case LOWEST ->
                        amounts.stream().min(Comparator.naturalOrder()).orElseThrow();
                    case HIGHEST ->
                        amounts.stream().max(Comparator.naturalOrder()).orElseThrow();
                };
        List<BigDecimal> others = isOne ? List.of() : amounts.subList(1, amounts.size());
        return new Normal<>(
                new Money(chosen, in, others, prices.size() > 1 && prices.get(1).endsRange()));
    }

    /** "5 K" is five thousand, unless kwacha are what is paid there. */
    private static boolean isMultiple(String line, Figure figure, Locality locality) {
        int from = Marks.skipBlank(line, figure.to());
        int to = from;
        while (to < line.length() && Character.isLetter(line.charAt(to))) {
            to++;
        }
        List<Marks.Mark> marks = Marks.after(line, from);
        boolean isMark = !marks.isEmpty()
                && (marks.get(0).to() > to
                        || Currencies.KNOWN.isLocal(marks.get(0).text(), locality));
        if (to == from || isMark) {
            return false;
        }
        int end = PricedFigure.isUnspaced(line.charAt(from)) ? from + 1 : to;
        return PriceWords.MULTIPLE.contains(Plain.fold(line.substring(from, end)));
    }

    /** Whether nothing stands beside the figures but punctuation, these words, and those that go with prices. */
    private static boolean isOnlyAmount(String line, Set<String> words) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i <= line.length(); i++) {
            char c = i == line.length() ? ' ' : line.charAt(i);
            if (Character.isLetter(c) || Character.getType(c) == Character.NON_SPACING_MARK) {
                word.append(c);
            } else if (!isKnown(word.toString(), words)) {
                return false;
            } else if (" .,:;*+-~'()!0123456789".indexOf(c) < 0) {
                return false;
            } else if (Figure.isDigit(line, i) && !word.isEmpty() && !words.contains(word.toString())) {
                return false;
            } else {
                word.setLength(0);
            }
        }
        return true;
    }

    private static boolean isKnown(String word, Set<String> words) {
        return word.isEmpty() || words.contains(word) || PriceWords.BESIDE.contains(Plain.fold(word));
    }
}
