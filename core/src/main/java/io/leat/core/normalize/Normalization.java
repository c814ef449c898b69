package io.leat.core.normalize;

import io.leat.core.FieldPath;
import java.io.Serializable;

/**
 * One field that is normalized.
 *
 * @param field where the value stands; its normal form replaces it
 * @param as what it is
 * @param nullOnFailure whether what has no normal form becomes null; otherwise the scrape is refused
 */
public record Normalization(FieldPath field, Normalizer as, boolean nullOnFailure) implements Serializable {}
