package io.leat.core;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * Hours of every day in which alerts are kept for later. Where clocks are set forward or back they begin and end as the wall
 * clock shows it.
 *
 * @param from the first moment; the same as {@code to} for all day
 * @param to the moment after the last; before {@code from} if they go past midnight
 */
public record QuietHours(LocalTime from, LocalTime to, ZoneId zone) implements Serializable {

    /** Whether a moment lies in them. */
    public boolean has(Instant moment) {
        LocalTime time = moment.atZone(zone).toLocalTime();
        boolean hasBegun = !time.isBefore(from);
        boolean hasNotEnded = time.isBefore(to);
        return from.isBefore(to) ? hasBegun && hasNotEnded : hasBegun || hasNotEnded;
    }
}
