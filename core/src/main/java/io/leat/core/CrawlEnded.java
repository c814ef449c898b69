package io.leat.core;

import org.jspecify.annotations.Nullable;

/**
 * A scraper says that it has seen all there is of a site.
 *
 * @param site the canonical text of the key's part that names it; empty if all keys are of one site
 * @param started when the crawl began, microseconds since 1970; what was not seen since is gone
 * @param ended when it ended
 */
public record CrawlEnded(String site, long started, long ended) {

    /** From when on a key counts as gone, {@code null} if it does not. */
    public @Nullable Long goneAt(Known known, String siteOfKey) {
        return known.isPresent() && known.eventTime() < started && siteOfKey.equals(site) ? (Long) ended : null;
    }
}
