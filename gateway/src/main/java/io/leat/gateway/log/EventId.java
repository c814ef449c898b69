package io.leat.gateway.log;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The id of an event: which log it is of, and where a reader stands who has it. All that resuming needs, on any gateway.
 *
 * <p>As text, {@code 5f0c2a91-120,98}: a log that is made anew, or that of another feed, has another beginning. Ids
 * written before there was one are taken as they are.
 *
 * @param log the log's name for itself; empty where an old id does not say or the log could not be asked
 * @param place the place as text
 */
public record EventId(String log, String place) {

    private static final int MAX_TEXT = 4_096;
    private static final Pattern SHAPE = Pattern.compile("(?:([0-9a-f]{8})-)?([0-9,~]+)");

    /** Reads an id; a stranger may have made it up. {@code null} if it is none. */
    public static @Nullable EventId parse(String text) {
        Matcher parts = SHAPE.matcher(text);
        if (text.length() > MAX_TEXT || !parts.matches()) {
            return null;
        }
        return new EventId(parts.group(1) == null ? "" : parts.group(1), parts.group(2));
    }

    /** Whether it is known to be of another log than this one. */
    public boolean isForeignTo(String other) {
        return !log.isEmpty() && !other.isEmpty() && !log.equals(other);
    }

    /** Whether its reader was still being given a snapshot. */
    public boolean isInSnapshot() {
        return place.indexOf('~') >= 0;
    }

    @Override
    public String toString() {
        return log.isEmpty() ? place : log + "-" + place;
    }
}
