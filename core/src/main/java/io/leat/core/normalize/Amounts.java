package io.leat.core.normalize;

import io.leat.core.normalize.Currencies.Currency;
import io.leat.core.normalize.Normalized.Ambiguous;
import io.leat.core.normalize.Normalized.Normal;
import io.leat.core.normalize.Normalized.Unparsed;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Chooses between thousands and three decimals where a figure can mean either. */
final class Amounts {

    private static final int THREE = 3;
    private static final int SMALL = 1 + 1 + THREE;

    private Amounts() {}

    /**
     * The number a figure means.
     *
     * @param currencies what it is in, as far as it is known
     * @param decimal what stands before decimals there, {@code 0} if the text has to show it
     */
    static Normalized<BigDecimal> read(Figure figure, List<String> currencies, char decimal) {
        if (figure.oddity() != null) {
            return new Unparsed<>(figure.oddity());
        }
        Decimals meanings = Decimals.of(figure.digits());
        if (meanings.isNone()) {
            return new Unparsed<>("a number of no known shape");
        }
        BigDecimal amount = meanings.only();
        if (amount == null) {
            amount = chosen(figure, meanings, currencies, decimal);
        }
        if (amount == null) {
            return new Ambiguous<>("thousands or three decimals");
        }
        if (figure.power() != 0) {
            amount = amount.scaleByPowerOfTen(figure.power());
            amount = amount.scale() < 0 ? amount.setScale(0) : amount;
        }
        return new Normal<>(figure.isNegative() ? amount.negate() : amount);
    }

    private static @Nullable BigDecimal chosen(
            Figure figure, Decimals meanings, List<String> currencies, char decimal) {
        if (figure.isWhole()) {
            return meanings.whole();
        }
        if (decimal != 0) {
            return meanings.in(decimal);
        }
        if (figure.power() != 0) {
            return null;
        }
        BigDecimal answer = null;
        for (String code : currencies) {
            BigDecimal said = said(figure, meanings, Objects.requireNonNull(Currencies.KNOWN.of(code)));
            if (said == null || answer != null && answer.compareTo(said) != 0) {
                return null;
            }
            answer = said;
        }
        return answer;
    }

    /**
     * Prices have two decimals or none, so three digits are thousands. Below ten that is not sure: fuel and electricity are
     * sold in thousandths, and then the point is the one used where the currency is at home.
     */
    private static @Nullable BigDecimal said(Figure figure, Decimals meanings, Currency currency) {
        boolean isAtHome = meanings.decimal() == currency.decimal();
        if (currency.decimals() >= THREE) {
            return isAtHome ? meanings.fraction() : null;
        }
        boolean isSmall = figure.digits().length() == SMALL;
        return currency.decimals() > 0 && isSmall && isAtHome ? null : meanings.whole();
    }
}
