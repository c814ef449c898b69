package io.leat.core.normalize;

import io.leat.core.normalize.Money.Negative;
import io.leat.core.normalize.Money.Several;
import io.leat.core.normalize.Normalized.Absent;
import io.leat.core.normalize.Normalized.Ambiguous;
import io.leat.core.normalize.Normalized.Normal;
import io.leat.core.normalize.Normalized.Unparsed;
import io.leat.core.normalize.Normalizer.OfMoney;
import io.leat.core.normalize.Word.Sense;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads amounts of money as shops write them.
 *
 * <p>A figure is a price if the mark of a currency stands beside it, or if nothing stands beside it but words that go with
 * prices; a saving, a threshold and the cost of delivery are none. Among several the declared one counts. An amount that can mean
 * two numbers is ambiguous, never guessed at; a mark that can mean two currencies is told as it stands, beside an amount that is
 * sure. Thread-safe.
 */
public final class Prices {

    /** Longer texts are no prices. */
    static final int MOST_CHARACTERS = 1_000;

    /** The same once white space is collapsed. */
    static final int MOST_IN_LINE = 250;

    private static final String BESIDE_FIGURES = ".,:;*+-~'\"()[]!|=\u2026\u2248";

    private static final String FEET = "ft";

    private final List<Token> tokens;
    private final List<Candidate> figures;
    private final @Nullable String hint;
    private final Locality locality;
    private final Several several;

    private Prices(String line, List<Token> tokens, @Nullable String hint, Locality locality, Several several) {
        this.tokens = tokens;
        this.figures = Candidates.of(line, tokens, locality);
        this.hint = hint;
        this.locality = locality;
        this.several = several;
    }

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
        String line = Plain.line(text, MOST_IN_LINE);
        if (line.length() > MOST_IN_LINE) {
            return new Unparsed<>("longer than " + MOST_IN_LINE + " characters in one line");
        }
        boolean hasFigure = false;
        for (int i = 0; i < line.length() && !hasFigure; i++) {
            hasFigure = Scripts.isDigit(line.charAt(i));
        }
        if (!hasFigure) {
            return withoutFigure(line);
        }
        return read(line, Tokens.of(line), hint, locality, several);
    }

    /** Reads a price as a field declares it. */
    public static Normalized<Money> read(String text, @Nullable String hint, OfMoney as) {
        return allowed(read(text, hint, as.locality(), as.several()), as);
    }

    /** Takes an amount that is a number already. */
    public static Normalized<Money> read(BigDecimal amount, @Nullable String hint, OfMoney as) {
        return allowed(new Normal<>(new Money(amount, denomination(hint, as.locality()), List.of(), false)), as);
    }

    private static Normalized<Money> allowed(Normalized<Money> read, OfMoney as) {
        boolean isBelow = as.negative() == Negative.REFUSE
                && read instanceof Normal<Money> money
                && money.value().amount().signum() < 0;
        return isBelow ? new Unparsed<>("below zero, which negative: refuse does not take") : read;
    }

    private static Normalized<Money> withoutFigure(String line) {
        if (Words.KNOWN.isNone(line)) {
            return new Absent<>();
        }
        return Words.KNOWN.isFree(line)
                ? new Normal<>(new Money(BigDecimal.ZERO, Denomination.UNTOLD, List.of(), false))
                : new Unparsed<>("no price in it");
    }

    /** Reads the price in some pieces of a line. */
    static Normalized<Money> read(
            String line, List<Token> tokens, @Nullable String hint, Locality locality, Several several) {
        Prices reading = new Prices(line, tokens, hint, locality, several);
        List<Candidate> prices = reading.prices();
        return prices.isEmpty() ? reading.bare() : reading.amounts(prices);
    }

    /** What a text says that amounts are in, though it may hold none: a field beside the price. */
    public static Denomination denomination(@Nullable String text, Locality locality) {
        Denomination found = Denominations.of(List.of(), text, locality);
        return found == null ? Denomination.UNTOLD : found;
    }

    /** The figures with a mark that is nothing else; if there is none, those whose mark may be a word or a unit. */
    private List<Candidate> prices() {
        List<Candidate> sure = new ArrayList<>(figures.size());
        List<Candidate> marked = new ArrayList<>(figures.size());
        boolean isLetter = false;
        for (Candidate one : figures) {
            if (one.noPrice != null && !one.isMarked() || one.noPrice != null && one.noPrice.startsWith("a share")) {
                continue;
            }
            if (one.isSure(locality)) {
                sure.add(one);
            } else if (one.isMarked()) {
                marked.add(one);
            }
        }
        if (!sure.isEmpty()) {
            return sure;
        }
        for (Candidate one : marked) {
            if (!Denominations.isHinted(one.marks(), hint, locality)) {
                for (Mark mark : one.marks()) {
                    isLetter |= mark.text().length() == 1;
                }
            }
        }
        return !isLetter || isOnlyAmount(0) ? marked : List.of();
    }

    private Normalized<Money> bare() {
        List<Candidate> bare = new ArrayList<>(figures.size());
        int depth = 0;
        int at = 0;
        for (Candidate one : figures) {
            for (; at < one.at; at++) {
                depth += tokens.get(at).is('(') ? 1 : tokens.get(at).is(')') && depth > 0 ? -1 : 0;
            }
            if (depth == 0 && one.noPrice == null) {
                bare.add(one);
            }
        }
        if (bare.isEmpty()) {
            return new Unparsed<>("no price in it");
        }
        if (!isOnlyAmount(1)) {
            return new Unparsed<>("a number, but nothing says that it is a price");
        }
        Candidate first = bare.get(0);
        boolean isRange = bare.size() == 2 && bare.get(1).endsRange;
        boolean isSame = bare.size() == 1
                || bare.size() == 2
                        && first.figure.digits().equals(bare.get(1).figure.digits());
        return isSame || isRange ? amounts(bare) : new Ambiguous<>("several numbers and no currency");
    }

    private Normalized<Money> amounts(List<Candidate> candidates) {
        List<Candidate> prices = candidates;
        String aside = null;
        for (Candidate one : candidates) {
            aside = one.noPrice == null ? aside : one.noPrice;
        }
        if (aside != null) {
            prices = candidates.stream().filter(one -> one.noPrice == null).toList();
            if (prices.isEmpty()) {
                return new Unparsed<>(aside);
            }
        }
        BigDecimal[] amounts = new BigDecimal[prices.size()];
        Denomination in = Denomination.UNTOLD;
        for (int i = 0; i < amounts.length; i++) {
            Candidate price = prices.get(i);
            Denomination named = Denominations.of(price.marks(), hint, locality);
            if (price.doubt != null) {
                return new Ambiguous<>(price.doubt);
            }
            if (named == null) {
                return new Ambiguous<>("two currencies for one amount");
            }
            if (isOther(price)) {
                return new Ambiguous<>("'" + price.marks().get(0).text() + "' may be a unit of measure");
            }
            Normalized<BigDecimal> amount = Amounts.read(price.figure, named.codes(), locality.moneyDecimal());
            if (!(amount instanceof Normal<BigDecimal> normal)) {
                return amount instanceof Ambiguous<BigDecimal> ambiguous
                        ? new Ambiguous<>(ambiguous.why())
                        : new Unparsed<>(((Unparsed<BigDecimal>) amount).why());
            }
            if (i == 0) {
                in = named;
            } else if (!in.equals(named) && several != Several.FIRST) {
                return new Ambiguous<>("prices in several currencies");
            }
            amounts[i] = normal.value();
            if (price.endsRange && i > 0 && amounts[i].compareTo(amounts[i - 1]) < 0) {
                return new Ambiguous<>("a range that goes down");
            }
        }
        return chosen(amounts, in, amounts.length > 1 && prices.get(1).endsRange);
    }

    /** "16.00 ft": feet are written like forints, but not grouped as these are. */
    private boolean isOther(Candidate price) {
        if (price.marks().size() != 1 || !FEET.equals(price.marks().get(0).text())) {
            return false;
        }
        boolean isGrouped = price.figure.digits().length() > 4 && !price.figure.hasCents() || price.figure.isWhole();
        return !isGrouped
                && !Currencies.KNOWN.isLocal(price.marks().get(0), locality)
                && !Denominations.isHinted(price.marks(), hint, locality);
    }

    private Normalized<Money> chosen(BigDecimal[] amounts, Denomination in, boolean isRange) {
        BigDecimal chosen = amounts[0];
        boolean isOne = true;
        List<BigDecimal> others = new ArrayList<>(amounts.length - 1);
        for (int i = 1; i < amounts.length; i++) {
            int order = amounts[i].compareTo(chosen);
            isOne &= order == 0;
            others.add(amounts[i]);
            boolean isBetter = several == Several.LOWEST && order < 0 || several == Several.HIGHEST && order > 0;
            chosen = isBetter ? amounts[i] : chosen;
        }
        if (several == Several.REFUSE && !isOne) {
            return new Ambiguous<>("several prices");
        }
        return new Normal<>(new Money(chosen, in, isOne ? List.of() : others, isRange));
    }

    /**
     * Whether nothing stands beside the figures but marks, punctuation, and words that go with prices.
     *
     * @param ignored from which depth of brackets on it does not matter what stands there; {@code 0} if it always does
     */
    private boolean isOnlyAmount(int ignored) {
        int depth = 0;
        for (int at = 0; at < tokens.size(); at++) {
            Token token = tokens.get(at);
            depth += token.is('(') ? 1 : token.is(')') && depth > 0 ? -1 : 0;
            boolean isIgnored = ignored > 0 && depth >= ignored;
            if (!isIgnored && !isBesidePrices(at)) {
                return false;
            }
        }
        return true;
    }

    private boolean isBesidePrices(int at) {
        Token token = tokens.get(at);
        if (token.isFigure()) {
            for (Candidate one : figures) {
                if (one.at <= at && at < one.end) {
                    return one.noPrice == null;
                }
            }
            return true;
        }
        if (token.isMark() || token.is(Sense.PRICE) || token.is(Sense.WITH)) {
            return true;
        }
        if (token.isWord()) {
            return isOfFigure(at) || at > 0 && isPer(tokens.get(at - 1)) && token.is(Sense.UNIT);
        }
        boolean isStroke = token.is('/') && at + 1 < tokens.size() && isUnitOrPrice(tokens.get(at + 1));
        return isStroke || BESIDE_FIGURES.indexOf(token.sign()) >= 0;
    }

    private boolean isOfFigure(int at) {
        for (Candidate one : figures) {
            if (one.first <= at && at < one.end) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPer(Token token) {
        return token.is('/') || token.is(Sense.PER);
    }

    private static boolean isUnitOrPrice(Token token) {
        return token.is(Sense.UNIT) || token.is(Sense.PRICE);
    }
}
