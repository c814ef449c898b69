package io.leat.core;

/**
 * Why a value is implausible.
 *
 * @param path the field
 * @param rule the word of the rule it breaks: {@code floor}, {@code ceiling}, {@code unit_flip}, {@code ratio},
 *     {@code average} for a ratio to the moving average
 * @param value its canonical text
 * @param last the value last told, {@link Compared#NULL} if there is none
 */
public record Doubt(String path, String rule, String value, String last) {}
