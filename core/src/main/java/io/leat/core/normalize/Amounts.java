package io.leat.core.normalize;

import io.leat.core.normalize.Currencies.Currency;
import io.leat.core.normalize.Decimals.Meaning;
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

    private Amounts() {}

    /**
     * The amount a figure means.
     *
     * @param currencies what the amount is in, as far as it is known
     */
    static Normalized<BigDecimal> read(Figure figure, List<String> currencies, Locality locality) {
        List<Meaning> meanings = Decimals.of(figure.digits());
        if (meanings.isEmpty()) {
            return new Unparsed<>("a number of no known shape");
        }
        BigDecimal amount =
                meanings.size() == 1 ? meanings.get(0).value() : chosen(figure, meanings, currencies, locality);
        if (amount == null) {
            return new Ambiguous<>("thousands or three decimals");
        }
        return new Normal<>(figure.isNegative() ? amount.negate() : amount);
    }

    private static @Nullable BigDecimal chosen(
            Figure figure, List<Meaning> meanings, List<String> currencies, Locality locality) {
        Meaning fraction = meanings.get(0);
        Meaning thousands = meanings.get(1);
        if (figure.isWhole()) {
            return thousands.value();
        }
        if (!locality.isAuto()) {
            return (fraction.decimal() == locality.decimal() ? fraction : thousands).value();
        }
        BigDecimal answer = null;
        for (String code : currencies) {
            BigDecimal said = said(figure, fraction, thousands, Objects.requireNonNull(Currencies.KNOWN.of(code)));
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
    private static @Nullable BigDecimal said(Figure figure, Meaning fraction, Meaning thousands, Currency currency) {
        boolean isAtHome = fraction.decimal() == currency.decimal();
        if (currency.decimals() >= THREE) {
            return isAtHome ? fraction.value() : null;
        }
        boolean isSmall = figure.digits().length() == 1 + 1 + THREE;
        return currency.decimals() > 0 && isSmall && isAtHome ? null : thousands.value();
    }
}
