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
    SCRAPY_CLUSTER(
            List.of("appid", "url"),
            new Feed.Time(
                    FieldPath.parse("timestamp"), Feed.Time.Format.UTC, null, Feed.Time.DEFAULT_MAX_SKEW),
            List.of("crawlid", "spiderid", "attrs", "request_headers", "response_headers", "timestamp"));

    private final List<Feed.KeyPart> key;
    private final Feed.Time time;
    private final List<FieldPath> ignored;

    Preset(List<String> key, Feed.Time time, List<String> ignored) {
        this.key = key.stream()
                .<Feed.KeyPart>map(name -> new Feed.KeyPart.Field(FieldPath.parse(name)))
                .toList();
        this.time = time;
        this.ignored = ignored.stream().map(FieldPath::parse).toList();
    }

    List<Feed.KeyPart> key() {
        return key;
    }

    Feed.Time time() {
        return time;
    }

    /** Which fields tell a change, in a feed whose time may be another. */
    Feed.Comparison comparison(Feed.Time declared) {
        return new Feed.Comparison.AllBut(
                Stream.concat(ignored.stream(), Stream.of(declared.field())).distinct().toList());
    }
}
