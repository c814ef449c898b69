package io.leat.format;

import io.leat.core.Feed;
import java.util.List;

/**
 * The topics of a feed, spelled in this one place.
 *
 * @param raw scrapes as they came
 * @param changes the change log
 * @param deadLetters refused scrapes
 * @param late items that came after a newer one of their key
 * @param windows figures over spans of time
 * @param held what is said of implausible scrapes
 * @param alerts what is watched beside the changes
 */
public record Topics(
        String raw, String changes, String deadLetters, String late, String windows, String held, String alerts) {

    /** The topics of a declared feed. */
    public static Topics of(Feed feed) {
        return of(feed.name(), feed.source().topic());
    }

    /** The topics of a feed with this name that reads scrapes from {@code raw}. */
    public static Topics of(String feed, String raw) {
        return new Topics(
                raw,
                feed + ".changes",
                feed + ".dlq",
                feed + ".late",
                feed + ".windows",
                feed + ".held",
                feed + ".alerts");
    }

    /** Whether the feed itself may write this topic. */
    public boolean isOwn(String topic) {
        return List.of(changes, deadLetters, late, windows, held, alerts).contains(topic);
    }

    /** The raw topic of a feed that names none. */
    public static String defaultRaw(String feed) {
        return feed + ".raw";
    }
}
