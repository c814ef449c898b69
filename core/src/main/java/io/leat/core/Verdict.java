package io.leat.core;

/** What the contract stage says of a scrape. */
public sealed interface Verdict {

    /** It is an item. */
    record Kept(Item item) implements Verdict {}

    /** It is not, for this reason. */
    record Refused(Refusal refusal) implements Verdict {}
}
