package io.leat.core;

/** What is said beside the scrapes: by a person of a held item, or by a scraper of its crawl. */
public enum Ruling {
    /** Nothing: it is a scrape. */
    NONE,
    /** It is right: tell it. */
    RELEASE,
    /** It is wrong: never tell it, however many scrapes agree. */
    REJECT,
    /** Not about an item: a crawl has ended. */
    CRAWL_ENDED,
    /** Not about an item: nothing more comes in this partition for now, so nobody need wait for it. */
    INPUT_ENDED,
    /**
     * The key is to forget what it knows: what it knows is wrong. The item's tie is the moment the key was first seen: it
     * names the life that is meant, so that a reset that is read again resets no later one.
     */
    RESET
}
