package io.leat.core;

/** What becomes of an item. */
public sealed interface Decision {

    /** A change: tell it and remember. */
    record Told(Known next, Change change) implements Decision {}

    /** Newer, but nothing that is compared differs: remember the fence. */
    record Unchanged(Known next) implements Decision {}

    /** Not above the fence: older than what is known, or a repeat of it. */
    record Stale() implements Decision {}
}
