package io.leat.app.panel;

import tools.jackson.databind.JsonNode;

/** Amounts that a process tells as JSON, as a person reads them; a dash for those it does not know. */
public final class JsonAmounts {

    /** What stands for an amount that nobody knows. */
    public static final String NONE = "–";

    private JsonAmounts() {}

    /** A whole number. */
    public static String count(JsonNode number) {
        return number.isNumber() ? Amounts.count(number.asLong()) : NONE;
    }

    /** A share from 0 to 1. */
    public static String percent(JsonNode share) {
        return share.isNumber() ? Amounts.percent(share.asDouble()) : NONE;
    }

    /** Seconds. */
    public static String span(JsonNode seconds) {
        return seconds.isNumber() ? Amounts.span(1_000 * seconds.asDouble()) : NONE;
    }
}
