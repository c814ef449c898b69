package io.leat.core;

import java.util.List;

/**
 * What one window takes from one item.
 *
 * @param window the window's place in the feed's list
 * @param group the values of the fields it goes by: a canonical JSON array
 * @param eventTime microseconds since 1970
 * @param tie orders items of one moment
 * @param closed spans that are no longer corrected at this time (milliseconds since 1970) are closed for good
 * @param values for each of the window's values that of its field as canonical JSON; {@code null} as text if it is absent
 */
public record Reading(int window, String group, long eventTime, long tie, long closed, List<String> values) {

    /** The text of a value that is not there. */
    public static final String ABSENT = "null";

    public Reading {
        values = List.copyOf(values);
    }

    /** Its event time in milliseconds since 1970. */
    public long eventTimeMillis() {
        return Math.floorDiv(eventTime, 1_000);
    }
}
