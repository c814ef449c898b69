package io.leat.format;

import io.leat.core.Position;
import io.leat.core.Ruling;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A record of the raw topic and what became of it.
 *
 * @param appendedMillis the time the broker has of it, milliseconds since 1970
 * @param ruling what a person says with it; {@link Ruling#NONE} for a scrape
 * @param logged the change that the log says it told, {@code null} if none
 * @param agreement how the log goes with what was decided again
 */
public record TracedRecord(
        Position position,
        long appendedMillis,
        Ruling ruling,
        Fate fate,
        @Nullable LoggedChange logged,
        Agreement agreement) {

    /** How the change log goes with what was decided again. */
    public enum Agreement {
        /** It says the same. */
        AGREES,
        /** The change is not in the log yet, or was not at the time of reading. */
        NOT_YET,
        /** The log has newer changes of the key and keeps this one no longer. */
        NO_LONGER,
        /** It says something else: the feed file was another then, or more was known than the topics keep. */
        DIFFERS;

        /** The word in JSON: {@code not_yet}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
