package io.leat.format;

import io.leat.core.CrawlEnded;
import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Rules;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Which site a key belongs to, and which records say that a site's crawl has ended. Thread-safe. */
public final class Sites {

    private final Rules.Gone rule;
    private final Feed.Time time;

    /** @param rule of this feed */
    public Sites(Feed feed, Rules.Gone rule) {
        this.rule = rule;
        this.time = feed.time();
    }

    /** The canonical text of the part that names a key's site; empty if all keys are of one. */
    public String of(String key) {
        return rule.sitePart() < 0
                ? ""
                : CanonicalJson.of(Json.OWN.readTree(key).path(rule.sitePart()));
    }

    /** What a record says of a crawl's end, {@code null} if it is an ordinary one. */
    public @Nullable CrawlEnded crawlEnded(byte @Nullable [] value) {
        Rules.CrawlEnd mark = rule.crawlEnd();
        if (mark == null || value == null || !new String(value, StandardCharsets.UTF_8).contains(mark.value())) {
            return null;
        }
        try {
            JsonNode rec = Json.OWN.readTree(value);
            JsonNode said = at(rec, mark.field());
            if (!said.isString() || !said.stringValue().equals(mark.value())) {
                return null;
            }
            FieldPath site = mark.site();
            Long started = micros(at(rec, mark.started()));
            Long ended = micros(at(rec, time.field()));
            return started == null || ended == null || ended < started
                    ? null
                    : new CrawlEnded(site == null ? "" : CanonicalJson.of(at(rec, site)), started, ended);
        } catch (JacksonException | DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private @Nullable Long micros(JsonNode moment) {
        if (time.format().isText()) {
            return moment.isString() ? (Long) EventTimes.parse(moment.stringValue(), time.format()) : null;
        }
        int digits = time.format() == Feed.Time.Format.EPOCH_S ? 6 : 3;
        return moment.isNumber()
                ? (Long) moment.decimalValue()
                        .movePointRight(digits)
                        .setScale(0, RoundingMode.FLOOR)
                        .longValueExact()
                : null;
    }

    private static JsonNode at(JsonNode rec, FieldPath path) {
        JsonNode node = rec;
        for (String name : path.names()) {
            node = node.path(name);
        }
        return node;
    }
}
