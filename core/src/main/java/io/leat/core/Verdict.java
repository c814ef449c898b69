package io.leat.core;

/** What the contract stage says of a scrape. */
public sealed interface Verdict {

    /** It is an item. */
    record Kept(Item item) implements Verdict {}

    /** It says that a crawl has ended. */
    record Ended(CrawlEnded end) implements Verdict {}

    /** It is neither, for this reason. */
    record Refused(Refusal refusal) implements Verdict {}
}
