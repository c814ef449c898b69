package io.leat.core;

/**
 * A scraper says that it has seen all there is of a site.
 *
 * @param site the canonical text of the key's part that names it; empty if all keys are of one site
 * @param started when the crawl began, microseconds since 1970; what was not seen since is gone
 * @param ended when it ended
 */
public record CrawlEnded(String site, long started, long ended) {}
