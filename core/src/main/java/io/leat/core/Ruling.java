package io.leat.core;

/** What a person says of a held item. */
public enum Ruling {
    /** Nothing: it is a scrape. */
    NONE,
    /** It is right: tell it. */
    RELEASE,
    /** It is wrong: never tell it, however many scrapes agree. */
    REJECT
}
