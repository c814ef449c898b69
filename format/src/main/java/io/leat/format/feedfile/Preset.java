package io.leat.format.feedfile;

import io.leat.core.Feed;
import io.leat.core.FieldPath;
import java.util.List;
import java.util.stream.Stream;

/** Who writes a topic of scrapes, and so what a feed file need not say of them. */
enum Preset {
    /**
     * A page a record, as scrapy-cluster's pipeline writes it. What differs from one crawl of an unchanged page to the
     * next tells nothing: the crawl's own marks and the headers.
     */
    SCRAPY_CLUSTER;

    List<Feed.KeyPart> key() {
        return List.of(
                new Feed.KeyPart.Field(FieldPath.parse("appid")), new Feed.KeyPart.Field(FieldPath.parse("url")));
    }

    Feed.Time time() {
        return new Feed.Time(FieldPath.parse("timestamp"), Feed.Time.Format.UTC, null, Feed.Time.DEFAULT_MAX_SKEW);
    }

    /** Which fields tell a change, in a feed whose time may be another. */
    Feed.Comparison comparison(Feed.Time declared) {
        Stream<String> marks =
                Stream.of("crawlid", "spiderid", "attrs", "request_headers", "response_headers", "timestamp");
        return new Feed.Comparison.AllBut(Stream.concat(marks.map(FieldPath::parse), Stream.of(declared.field()))
                .distinct()
                .toList());
    }
}
