package io.leat.core.normalize;

import io.leat.core.normalize.Money.Several;
import io.leat.core.normalize.Normalized.Absent;
import io.leat.core.normalize.Normalized.Ambiguous;
import io.leat.core.normalize.Normalized.Normal;
import io.leat.core.normalize.Normalized.Unparsed;
import io.leat.core.normalize.Word.Sense;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads prices per unit: {@code 1,99 € / 100 g}, {@code $2.50 per lb}, {@code 1 kg = 19,90 €}. A text may say the same twice, and
 * the price of the item beside it. Thread-safe.
 */
public final class UnitPrices {

    private static final int DECIMALS = 6;
    private static final int MOST_TOLD = 8;
    private static final BigDecimal ROUNDING = new BigDecimal("0.006");

    private final String line;
    private final List<Token> tokens;
    private final @Nullable String hint;
    private final Locality locality;

    private UnitPrices(String line, @Nullable String hint, Locality locality) {
        this.line = line;
        this.tokens = Tokens.of(line);
        this.hint = hint;
        this.locality = locality;
    }

    /**
     * Reads a unit price.
     *
     * @param hint another text of the record that may name the currency, {@code null} if there is none
     */
    public static Normalized<UnitPrice> read(String text, @Nullable String hint, Locality locality) {
        if (text.length() > Prices.MOST_CHARACTERS) {
            return new Unparsed<>("longer than " + Prices.MOST_CHARACTERS + " characters");
        }
        String line = Plain.line(text, Prices.MOST_IN_LINE);
        if (line.length() > Prices.MOST_IN_LINE) {
            return new Unparsed<>("longer than " + Prices.MOST_IN_LINE + " characters in one line");
        }
        return Words.KNOWN.isNone(line) ? new Absent<>() : new UnitPrices(line, hint, locality).read();
    }

    /**
     * Takes an amount that is a number already.
     *
     * @param unit what the record says it is for: a unit such as {@code kg} or {@code 100 g}
     * @param hint as for texts
     */
    public static Normalized<UnitPrice> read(BigDecimal amount, String unit, @Nullable String hint, Locality locality) {
        String line = Plain.line(unit);
        Measure measure =
                unit.length() > Prices.MOST_CHARACTERS ? null : new UnitPrices(line, hint, locality).measure(0);
        if (measure == null
                || measure.quantity() == null
                || measure.to() < Tokens.of(line).size()) {
            return new Unparsed<>("nothing says what it is the price of");
        }
        return new Normal<>(measure.price(amount, Prices.denomination(hint, locality)));
    }

    /**
     * What a price is told for.
     *
     * @param quantity how many base units, {@code null} if that is not clear
     * @param from the place of its first token
     * @param to the place after its last one
     */
    private record Measure(Unit unit, @Nullable BigDecimal quantity, int from, int to) {

        UnitPrice price(BigDecimal amount, Denomination in) {
            BigDecimal exact = amount.divide(Objects.requireNonNull(quantity), DECIMALS, RoundingMode.HALF_EVEN)
                    .stripTrailingZeros();
            return new UnitPrice(exact.scale() < 0 ? exact.setScale(0) : exact, unit.base(), in);
        }
    }

    private Normalized<UnitPrice> read() {
        UnitPrice found = null;
        int told = 0;
        for (int at = 0; at < tokens.size(); ) {
            Measure measure = measure(at);
            if (measure == null || !isTold(measure)) {
                at++;
                continue;
            }
            if (++told > MOST_TOLD) {
                return new Unparsed<>("more than " + MOST_TOLD + " prices per unit");
            }
            Normalized<UnitPrice> price = price(measure);
            if (!(price instanceof Normal<UnitPrice> normal)) {
                return price;
            }
            if (found != null && !isSame(found, normal.value())) {
                return new Ambiguous<>("two prices per unit");
            }
            boolean isFiner = found == null
                    || measure.quantity() != null && measure.quantity().compareTo(BigDecimal.ONE) >= 0;
            found = isFiner ? normal.value() : found;
            at = measure.to();
        }
        return found == null ? new Unparsed<>("no price per unit in it") : new Normal<>(found);
    }

    /** What rounding to hundredths leaves of one price for two quantities. */
    private static boolean isSame(UnitPrice one, UnitPrice other) {
        BigDecimal most = one.amount().max(other.amount());
        return one.unit().equals(other.unit())
                && one.in().equals(other.in())
                && one.amount().subtract(other.amount()).abs().compareTo(most.multiply(ROUNDING)) <= 0;
    }

    private @Nullable Measure measure(int at) {
        if (at >= tokens.size()) {
            return null;
        }
        Figure figure = tokens.get(at).figure();
        int word = figure == null ? at : at + 1;
        if (word >= tokens.size()) {
            return null;
        }
        Token named = tokens.get(word);
        Unit unit = named.word() == null ? null : named.word().unit();
        boolean isAlone = unit != null && !Scripts.isLetter(line, named.to());
        if (unit == null || !isAlone) {
            return null;
        }
        int to = word + 1 < tokens.size() && tokens.get(word + 1).is('.') ? word + 2 : word + 1;
        return new Measure(unit, quantity(figure, unit), at, to);
    }

    private @Nullable BigDecimal quantity(@Nullable Figure figure, Unit unit) {
        if (figure == null) {
            return unit.size();
        }
        return Amounts.read(figure, List.of(), locality.decimal()) instanceof Normal<BigDecimal> count
                        && count.value().signum() > 0
                ? count.value().multiply(unit.size())
                : null;
    }

    /** Whether a word or sign joins it to a price. */
    private boolean isTold(Measure measure) {
        return isJoined(measure.from() - 1)
                || measure.to() < tokens.size() && tokens.get(measure.to()).is('=');
    }

    private boolean isJoined(int at) {
        return at >= 0
                && (tokens.get(at).is('/')
                        || tokens.get(at).is('=')
                        || tokens.get(at).is(Sense.PER));
    }

    private Normalized<UnitPrice> price(Measure measure) {
        if (measure.quantity() == null) {
            return new Ambiguous<>("the quantity");
        }
        int joint = isJoined(measure.from() - 1) ? measure.from() - 1 : measure.from();
        while (isJoined(joint - 1)) {
            joint--;
        }
        List<Token> before = joint < measure.from() ? before(joint) : List.of();
        List<Token> price = before.isEmpty() ? after(measure.to()) : before;
        if (price.isEmpty()) {
            return new Unparsed<>("no price in it");
        }
        Normalized<Money> money = Prices.read(line, price, hint, locality, Several.REFUSE);
        if (money instanceof Normal<Money> normal) {
            return new Normal<>(
                    measure.price(normal.value().amount(), normal.value().in()));
        }
        return money instanceof Ambiguous<Money> ambiguous
                ? new Ambiguous<>(ambiguous.why())
                : new Unparsed<>(money instanceof Unparsed<Money> unparsed ? unparsed.why() : "no price in it");
    }

    /** The amount and its marks that end where the joint starts. */
    private List<Token> before(int joint) {
        int from = joint;
        boolean hasFigure = false;
        while (from > 0 && isOfAmount(tokens.get(from - 1))) {
            from--;
            hasFigure |= tokens.get(from).isFigure();
        }
        return hasFigure ? tokens.subList(from, joint) : List.of();
    }

    /** The amount and its marks that start after the measure. */
    private List<Token> after(int end) {
        int from = end;
        while (from < tokens.size()
                && !isOfAmount(tokens.get(from))
                && !tokens.get(from).is('(')) {
            from++;
        }
        int to = from;
        boolean hasFigure = false;
        while (to < tokens.size() && isOfAmount(tokens.get(to))) {
            hasFigure |= tokens.get(to).isFigure();
            to++;
        }
        return hasFigure ? new ArrayList<>(tokens.subList(from, to)) : List.of();
    }

    private static boolean isOfAmount(Token token) {
        boolean isMark = token.isMark() && !token.is(Sense.PER);
        return token.isFigure() || isMark || token.is('-') || token.is(Sense.TIMES) || token.is(Sense.RANGE);
    }
}
