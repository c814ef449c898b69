package io.leat.core;

import org.jspecify.annotations.Nullable;

/** What becomes of an item. */
public sealed interface Decision {

    /** What to remember of the key; {@code null} if nothing changes. */
    default @Nullable Known next() {
        return null;
    }

    /** A change: tell it and remember. */
    record Told(Known next, Change change) implements Decision {}

    /** Newer, but nothing that is compared differs: remember the fence. */
    record Unchanged(Known next) implements Decision {}

    /** The first item of its key, where the feed says to remember it silently. */
    record Seeded(Known next) implements Decision {}

    /** Newer, and a debounced field differs, but not for long enough. */
    record Unsettled(Known next) implements Decision {}

    /** Implausible: it waits for a second scrape that agrees, or for a person. */
    record OnHold(Known next) implements Decision {}

    /** Not above the fence: older than what is known, or a repeat of it. */
    record Stale() implements Decision {}
}
