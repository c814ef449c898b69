package io.leat.core.normalize;

import io.leat.core.normalize.Money.Several;
import io.leat.core.normalize.Normalized.Absent;
import io.leat.core.normalize.Normalized.Ambiguous;
import io.leat.core.normalize.Normalized.Normal;
import io.leat.core.normalize.Normalized.Unparsed;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads amounts of money as shops write them.
 *
 * <p>A figure is a price if the mark of a currency stands beside it, or if nothing stands beside it but words that go with
 * prices. Among several the declared one counts. What can mean two amounts is ambiguous, never guessed at.
 */
public final class Prices {

    /** Longer texts are no prices. */
    static final int MOST_CHARACTERS = 1_000;

    private static final Table WORDS = Table.of("money");
    private static final Set<String> FREE = WORDS.words("free");
    private static final Set<String> NONE = WORDS.words("none");
    private static final Set<String> BESIDE = WORDS.words("price");
    private static final Set<String> RANGE = WORDS.words("range");
    private static final Set<String> MULTIPLE = WORDS.words("multiple");

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
        if (line.isEmpty() || NONE.contains(folded)) {
            return new Absent<>();
        }
        if (FREE.contains(folded.replaceAll("[!.* ]+$", ""))) {
            return new Normal<>(new Money(BigDecimal.ZERO, List.of(), List.of(), false));
        }
        List<PricedFigure> priced = PricedFigure.in(line, RANGE);
        if (priced.stream().anyMatch(figure -> isMultiple(line, figure.figure()))) {
            return new Unparsed<>("the amount is written in thousands or millions");
        }
        List<PricedFigure> prices =
                priced.stream().filter(PricedFigure::isMarked).toList();
        if (prices.isEmpty()) {
            return bare(line, priced, hint, locality, several);
        }
        return amounts(prices, hint, locality, several);
    }

    /** The currencies a text names that may hold nothing else of interest: a field beside the price. */
    public static List<String> currencies(String text, Locality locality) {
        Set<String> marks = text.length() > MOST_CHARACTERS ? Set.of() : hinted(Plain.line(text));
        return marks.isEmpty() ? List.of() : Currencies.KNOWN.decide(marks, locality);
    }

    private static Normalized<Money> bare(
            String line, List<PricedFigure> figures, @Nullable String hint, Locality locality, Several several) {
        String outside = line.replaceAll("\\([^()]*\\)", " ");
        List<PricedFigure> bare = outside.equals(line) ? figures : PricedFigure.in(outside, RANGE);
        if (bare.isEmpty()) {
            return new Unparsed<>("no price in it");
        }
        if (!isOnlyAmount(outside)) {
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
        List<String> currencies = List.of();
        for (PricedFigure price : prices) {
            List<String> named = named(price.marks(), hint, locality);
            if (named.isEmpty() && !price.marks().isEmpty()) {
                return new Ambiguous<>("two currencies for one amount");
            }
            Normalized<BigDecimal> amount = Amounts.read(price.figure(), named, locality);
            if (!(amount instanceof Normal<BigDecimal> normal)) {
                return amount instanceof Ambiguous<BigDecimal> ambiguous
                        ? new Ambiguous<>(ambiguous.why())
                        : new Unparsed<>("a number of no known shape");
            }
            if (amounts.isEmpty()) {
                currencies = named;
            } else if (!currencies.equals(named) && several != Several.FIRST) {
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
        return new Normal<>(new Money(
                chosen, currencies, others, prices.size() > 1 && prices.get(1).endsRange()));
    }

    /** The marks beside an amount say its currency; the hint decides among what they leave open. */
    private static List<String> named(Set<String> marks, @Nullable String hint, Locality locality) {
        Set<String> hinted = hint == null ? Set.of() : hinted(Plain.line(hint));
        Set<String> all = new LinkedHashSet<>(marks);
        all.addAll(hinted);
        if (all.isEmpty()) {
            return List.of();
        }
        List<String> agreed = Currencies.KNOWN.decide(all, locality);
        return agreed.isEmpty() && !marks.isEmpty() ? Currencies.KNOWN.decide(marks, locality) : agreed;
    }

    private static Set<String> hinted(String line) {
        if (line.length() > MOST_CHARACTERS) {
            return Set.of();
        }
        String known = Currencies.KNOWN.mark(line.replaceAll("^[ :*]+|[ :*]+$", ""));
        known = known == null ? Currencies.KNOWN.mark(line.replaceAll("^[ :*.]+|[ :*.]+$", "")) : known;
        if (known != null) {
            return Set.of(known);
        }
        for (PricedFigure figure : PricedFigure.in(line, RANGE)) {
            if (figure.isMarked()) {
                return figure.marks();
            }
        }
        return Set.of();
    }

    private static boolean isMultiple(String line, Figure figure) {
        int from = Marks.skipBlank(line, figure.to());
        int to = from;
        while (to < line.length() && Character.isLetter(line.charAt(to))) {
            to++;
        }
        boolean isMarkOfMore =
                Marks.after(line, from).stream().findFirst().map(Marks.Mark::to).orElse(0) > to;
        return to > from && !isMarkOfMore && MULTIPLE.contains(Plain.fold(line.substring(from, to)));
    }

    /** Whether nothing stands beside the figures but punctuation and words that go with prices. */
    private static boolean isOnlyAmount(String line) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i <= line.length(); i++) {
            char c = i == line.length() ? ' ' : line.charAt(i);
            if (Character.isLetter(c) || Character.getType(c) == Character.NON_SPACING_MARK) {
                word.append(c);
            } else if (!word.isEmpty() && !BESIDE.contains(Plain.fold(word.toString()))) {
                return false;
            } else if (" .,:;*+-~'()!0123456789".indexOf(c) < 0 || (Figure.isDigit(line, i) && !word.isEmpty())) {
                return false;
            } else {
                word.setLength(0);
            }
        }
        return true;
    }
}
