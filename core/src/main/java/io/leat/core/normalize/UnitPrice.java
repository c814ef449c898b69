package io.leat.core.normalize;

import java.math.BigDecimal;
import java.util.List;

/**
 * A price per unit.
 *
 * @param amount for one of the base unit; exact where it has at most six decimals, else rounded half even to six
 * @param unit the base unit: {@code kg}, {@code l}, {@code m}, {@code m2} or {@code piece}
 * @param currencies ISO 4217 codes the text can mean: none if it names none, one if it is clear
 */
public record UnitPrice(BigDecimal amount, String unit, List<String> currencies) {
    public UnitPrice {
        currencies = List.copyOf(currencies);
    }
}
