package io.leat.core;

/**
 * A scrape that kept its contract.
 *
 * @param key what identifies it over time: a canonical JSON array
 * @param eventTime the moment of extraction, microseconds since 1970
 * @param tie orders items of one key and moment
 * @param compared the values that tell a change
 * @param body the whole item as canonical JSON
 * @param source where the scrape stands
 * @param contract the contract version it kept; empty if the feed has none
 */
public record Item(
        String key, long eventTime, long tie, Compared compared, String body, Position source, String contract) {}
