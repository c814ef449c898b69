package io.leat.format.feedfile;

import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Rules;
import io.leat.format.Quote;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads when a key that stopped appearing is told as gone. */
final class GoneSection {

    private static final Pattern PERCENT = Pattern.compile("\\d{1,2}(\\.\\d{1,3})?%|100%");

    private final Values values;
    private final Problems problems;
    private final List<Feed.KeyPart> key;

    GoneSection(Values values, Problems problems, List<Feed.KeyPart> key) {
        this.values = values;
        this.problems = problems;
        this.key = key;
    }

    /** @return {@code null} if neither is there */
    Rules.@Nullable Gone read(@Nullable Node after, @Nullable Node block) {
        if (after == null && block == null) {
            return null;
        }
        Duration span = after == null ? null : values.duration(after, Duration.ofSeconds(1), Duration.ofDays(3_650));
        Section section = block == null ? null : values.section(block, ChangesKey.GONE.path());
        Node by = section == null ? null : section.get(ChangesKey.GONE_BY);
        Node coverage = section == null ? null : section.get(ChangesKey.GONE_COVERAGE);
        Node end = section == null ? null : section.get(ChangesKey.GONE_CRAWL_END);
        Rules.CrawlEnd crawlEnd = end == null ? null : crawlEnd(end);
        if (block != null && section != null && after == null && end == null) {
            problems.add(
                    block,
                    ProblemCode.GONE_NEVER,
                    "'gone' says neither after which time nor by which mark.",
                    "Add 'gone_after' beside it, or 'crawl_end' to it.");
        }
        return new Rules.Gone(
                span,
                by == null ? -1 : sitePart(by),
                coverage == null ? Rules.Gone.DEFAULT_COVERAGE : coverage(coverage),
                crawlEnd);
    }

    private int sitePart(Node node) {
        FieldPath path = values.path(node);
        for (int i = 0; path != null && i < key.size(); i++) {
            if (key.get(i) instanceof Feed.KeyPart.Field field && field.path().equals(path)) {
                return i;
            }
        }
        if (path != null) {
            problems.add(
                    node,
                    ProblemCode.NOT_IN_KEY,
                    "'" + Quote.shorten(path.toString()) + "' is not a field of the key.",
                    "A key's site is named by one of its own fields.");
        }
        return -1;
    }

    private BigDecimal coverage(Node node) {
        String text = values.plain(node);
        if (text != null && PERCENT.matcher(text).matches()) {
            return new BigDecimal(text.substring(0, text.length() - 1)).movePointLeft(2);
        }
        if (text != null) {
            values.wrongType(node, "a percentage", "Write, for example, 50%.");
        }
        return Rules.Gone.DEFAULT_COVERAGE;
    }

    private Rules.@Nullable CrawlEnd crawlEnd(Node node) {
        Section section = values.section(node, ChangesKey.GONE_CRAWL_END.path());
        Node field = section == null ? null : section.required(ChangesKey.CRAWL_END_FIELD);
        Node value = section == null ? null : section.required(ChangesKey.CRAWL_END_VALUE);
        Node started = section == null ? null : section.required(ChangesKey.CRAWL_END_STARTED);
        Node site = section == null ? null : section.get(ChangesKey.CRAWL_END_SITE);
        FieldPath fieldPath = field == null ? null : values.path(field);
        Text text = value == null ? null : values.text(value);
        FieldPath startedPath = started == null ? null : values.path(started);
        return fieldPath == null || text == null || startedPath == null
                ? null
                : new Rules.CrawlEnd(fieldPath, text.value(), startedPath, site == null ? null : values.path(site));
    }
}
