package io.leat.core.normalize;

import java.math.BigDecimal;

/**
 * A price per unit.
 *
 * @param amount for one of the base unit; exact where it has at most six decimals, else rounded half even to six
 * @param unit the base unit: {@code kg}, {@code l}, {@code m}, {@code m2} or {@code piece}
 * @param in what the amount is in
 */
public record UnitPrice(BigDecimal amount, String unit, Denomination in) {}
