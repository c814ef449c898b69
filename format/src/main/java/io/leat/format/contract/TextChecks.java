package io.leat.format.contract;

import io.leat.format.json.JsonKind;

/** Rules for strings. */
final class TextChecks {

    private TextChecks() {}

    /** {@code minLength}. */
    static Check atLeast(long least) {
        String expected = "at least " + least + " characters";
        return (document, value, trial) -> document.kind(value) != JsonKind.STRING
                || document.codePoints(value) >= least
                || trial.breaks(value, "minLength", expected);
    }

    /** {@code maxLength}. */
    static Check atMost(long most) {
        String expected = "at most " + most + " characters";
        return (document, value, trial) -> document.kind(value) != JsonKind.STRING
                || document.codePoints(value) <= most
                || trial.breaks(value, "maxLength", expected);
    }

    /** {@code pattern}. */
    static Check pattern(TextPattern pattern) {
        String expected = "a text that matches " + pattern;
        return (document, value, trial) -> document.kind(value) != JsonKind.STRING
                || pattern.isFoundIn(document, value)
                || trial.breaks(value, "pattern", expected);
    }

    /** {@code format}. */
    static Check format(TextFormat format) {
        String expected = "a text in the format " + format.name();
        return (document, value, trial) -> document.kind(value) != JsonKind.STRING
                || format.fits(document, value)
                || trial.breaks(value, "format", expected);
    }

    /** {@code minItems}, {@code maxItems}, {@code minProperties}, {@code maxProperties}. */
    static Check size(String rule, JsonKind kind, long least, long most) {
        String what = kind == JsonKind.ARRAY ? "elements" : "members";
        String expected = least > 0 ? "at least %s %s".formatted(least, what) : "at most %s %s".formatted(most, what);
        return (document, value, trial) -> {
            if (document.kind(value) != kind) {
                return true;
            }
            int size = document.size(value);
            return (size >= least && size <= most) || trial.breaks(value, rule, expected);
        };
    }
}
