package io.leat.core;

/** Where a scrape stands in its topic. */
public record Position(String topic, int partition, long offset) {}
