package io.leat.core;

import java.util.Locale;

/** Why an item was decided as it was, in one word. The words are public: {@link #word}. */
public enum Reason {
    /** Told: nothing was known of the key. */
    FIRST("Nothing was known of the key."),
    /** Told or seeded: the key had not been seen for longer than the feed remembers. */
    FORGOTTEN("The key was not seen for longer than expire_after: it was forgotten, and begins anew."),
    /** Told: a compared field differs from what was told last. */
    DIFFERS("A compared field differs from what was told last."),
    /** Told: a debounced field has shown its new value for long enough. */
    SETTLED("A debounced field has shown its new value for long enough."),
    /** Told, settling or unchanged: a second scrape showed what was held. */
    CONFIRMED("A second scrape shows what was held."),
    /** Told or unchanged: a person released what was held. */
    RELEASED("A person released what was held."),
    /** Told: the key was gone, or reset, and is seen again. */
    BACK("The key was gone or reset, and is seen again."),
    /** Told: a person reset the key. */
    RESET("A person reset the key."),
    /** Seeded: the first of its key, where the feed remembers silently. */
    SEEDED("The first of its key: first_seen is seed, it is remembered silently."),
    /** Unchanged: every compared field shows what was told last. */
    SAME("Every compared field shows what was told last."),
    /** Unchanged: what differs is within a tolerance, or the same text but for its spelling. */
    WITHIN_TOLERANCE("What differs is too little to count."),
    /** Unsettled: a debounced field differs, but not for long enough. */
    SETTLING("A debounced field differs, but not for long enough."),
    /** Held: a value is implausible. */
    IMPLAUSIBLE("A value is implausible: it waits for a second scrape that agrees, or for a person."),
    /** Held: a person said that the value is wrong. */
    REJECTED("A person said that the value is wrong."),
    /** Stale: the very scrape that is the newest known. */
    REPEAT("A repeat of the newest scrape of the key."),
    /** Stale: older than the newest known. */
    OLDER("Older than the newest scrape of the key."),
    /** Stale: of the same moment as the newest known, and the feed orders it before that. */
    SAME_MOMENT("Of the same moment as the newest scrape of the key, and ordered before it."),
    /** Stale: it stands before a reset of its key. */
    BEFORE_RESET("It stands before a reset of the key."),
    /** A ruling without effect: what it speaks of is not there any more. */
    OVERTAKEN("What the person spoke of is no longer the newest of the key.");

    private final String sentence;

    Reason(String sentence) {
        this.sentence = sentence;
    }

    /** The word in records: {@code within_tolerance}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The same in one sentence. */
    public String sentence() {
        return sentence;
    }
}
