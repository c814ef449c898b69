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
    /** The key is to forget what it knows: what it knows is wrong. */
    RESET
}
