package io.leat.core.normalize;

import io.leat.core.normalize.Normalized.Absent;
import io.leat.core.normalize.Normalized.Ambiguous;
import io.leat.core.normalize.Normalized.Normal;
import io.leat.core.normalize.Normalized.Unparsed;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads prices per unit: {@code 1,99 € / 100 g}, {@code $2.50 per lb}, {@code 1 kg = 19,90 €}. */
public final class UnitPrices {

    private static final Table UNITS = Table.of("units");
    private static final String PER = "(?:/|per|pro|je|par|al|por|za|за|à|a|=)";
    private static final String QUANTITY = "(?:([0-9][0-9.,]{0,9}) ?)?([\\p{L}²][\\p{L}²2]{0,14}|件|个)\\.?";
    private static final Pattern PRICE_PER = Pattern.compile("(.+?) ?" + PER + " ?" + QUANTITY + "[ )]*");
    private static final Pattern QUANTITY_IS = Pattern.compile("[( ]*" + QUANTITY + " ?= ?(.+?)[ )]*");
    private static final int DECIMALS = 6;

    private UnitPrices() {}

    /**
     * Reads a unit price.
     *
     * @param hint another text of the record that may name the currency, {@code null} if there is none
     */
    public static Normalized<UnitPrice> read(String text, @Nullable String hint, Locality locality) {
        if (text.length() > Prices.MOST_CHARACTERS) {
            return new Unparsed<>("longer than " + Prices.MOST_CHARACTERS + " characters");
        }
        String line = Plain.line(text);
        if (line.isEmpty()) {
            return new Absent<>();
        }
        List<Part> parts = new ArrayList<>();
        Matcher equation = QUANTITY_IS.matcher(line);
        if (equation.matches()) {
            parts.add(new Part(equation.group(3), equation.group(1), equation.group(2)));
        }
        Matcher per = PRICE_PER.matcher(line);
        if (per.matches()) {
            parts.add(new Part(per.group(1), per.group(2), per.group(3)));
        }
        for (Part part : parts) {
            if (UNITS.has(Plain.fold(part.unit()))) {
                return read(part, hint, locality);
            }
        }
        return new Unparsed<>("no price per unit in it");
    }

    private record Part(String price, @Nullable String quantity, String unit) {}

    private static Normalized<UnitPrice> read(Part part, @Nullable String hint, Locality locality) {
        List<String> unit = Table.parts(UNITS.text(Plain.fold(part.unit())), ';');
        BigDecimal quantity = BigDecimal.ONE;
        if (part.quantity() != null) {
            if (!(Numbers.read(part.quantity(), locality) instanceof Normal<BigDecimal> number)
                    || number.value().signum() <= 0) {
                return new Ambiguous<>("the quantity");
            }
            quantity = number.value();
        }
        Normalized<Money> price = Prices.read(part.price(), hint, locality, Money.Several.REFUSE);
        if (price instanceof Normal<Money> money) {
            BigDecimal amount = money.value()
                    .amount()
                    .divide(quantity.multiply(new BigDecimal(unit.get(1))), DECIMALS, RoundingMode.HALF_EVEN)
                    .stripTrailingZeros();
            return new Normal<>(new UnitPrice(amount, unit.get(0), money.value().in()));
        }
        if (price instanceof Ambiguous<Money> ambiguous) {
            return new Ambiguous<>(ambiguous.why());
        }
        return new Unparsed<>(price instanceof Unparsed<Money> unparsed ? unparsed.why() : "no price in it");
    }
}
