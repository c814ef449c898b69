package io.leat.core.drift;

import java.util.Locale;

/** What a field looks like in one scrape. */
public enum Look {
    /** Null or an empty text. */
    EMPTY(0),
    TEXT(1),
    NUMBER(2),
    BOOLEAN(3),
    LIST(4),
    /** An object without members; others are looked into. */
    OBJECT(5),
    /** Its value was refused, by the contract or a normalizer. */
    REFUSED(6),
    /** Not there at all: where it always was, even if empty, it goes by another name now. */
    ABSENT(7);

    static final int COUNT = 8;

    private static final Look[] ALL = values();

    private final int place;

    Look(int place) {
        this.place = place;
    }

    /** Its number in what is written down: never used for another. */
    public int place() {
        return place;
    }

    /** The look with this number. */
    public static Look at(int place) {
        return ALL[place];
    }

    /** Whether there is no value. */
    boolean isNothing() {
        return this == EMPTY || this == ABSENT;
    }

    /** The word in an alert: {@code empty}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
