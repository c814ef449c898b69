package io.leat.core.normalize;

import java.math.BigDecimal;

/**
 * A unit of measure that prices are told for.
 *
 * @param base the base unit: {@code kg}, {@code l}, {@code m}, {@code m2} or {@code piece}
 * @param size how many base units it is
 */
record Unit(String base, BigDecimal size) {}
