package io.leat.format;

import io.leat.core.CrawlEnded;
import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Refusal;
import io.leat.core.Refusal.Code;
import io.leat.core.Rules;
import io.leat.core.Verdict;
import io.leat.core.normalize.Normalization;
import io.leat.format.json.CanonicalText;
import io.leat.format.json.Document;
import io.leat.format.json.JsonKind;
import io.leat.format.json.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which records say that a crawl has ended, and what they say: their times and site are read as those of scrapes are. */
final class CrawlEndReader {

    private final Rules.CrawlEnd mark;
    private final Name[] field;
    private final ItemTime ended;
    private final ItemTime started;
    private final Name @Nullable [] site;
    private final CanonicalText text = new CanonicalText();

    CrawlEndReader(Feed.Time time, Rules.CrawlEnd mark) {
        this.mark = mark;
        this.field = Name.path(mark.field());
        this.ended = new ItemTime(time);
        this.started = new ItemTime(new Feed.Time(mark.started(), time.format(), null, time.maxSkew()));
        this.site = mark.site() == null ? null : Name.path(mark.site());
    }

    /** What is normalized of a mark: its times and its site, as in a scrape. */
    static List<Normalization> normalizations(Feed feed, Rules.CrawlEnd mark) {
        FieldPath time = feed.time().field();
        List<Normalization> own = new ArrayList<>();
        for (Normalization each : feed.normalize()) {
            if (List.of(time, mark.started()).contains(each.field()) || each.field().equals(mark.site())) {
                own.add(each);
            }
            if (each.field().equals(time)
                    && feed.normalize().stream().noneMatch(other -> other.field().equals(mark.started()))) {
                own.add(new Normalization(mark.started(), each.as(), each.nullOnFailure()));
            }
        }
        return own;
    }

    /** Whether a record says that a crawl has ended. */
    boolean isMark(Document rec) {
        int value = rec.at(field);
        return rec.kind(value) == JsonKind.STRING && rec.text(value).equals(mark.value());
    }

    /**
     * What a mark says.
     *
     * @param rec in normal form
     * @param brokerTimeMillis when the broker took it, milliseconds since 1970
     */
    Verdict read(Document rec, long brokerTimeMillis) {
        Lookup<Long> end = ended.of(rec, brokerTimeMillis);
        if (end instanceof Lookup.Missing<Long> missing) {
            return new Verdict.Refused(missing.refusal());
        }
        Lookup<Long> start = started.of(rec, brokerTimeMillis);
        if (start instanceof Lookup.Missing<Long> missing) {
            return new Verdict.Refused(missing.refusal());
        }
        if (start.found() > end.found()) {
            return new Verdict.Refused(Refusal.of(
                    Code.TIME_INVALID,
                    mark.started().toString(),
                    "The crawl began at %s and ended before that."
                            .formatted(EventTimes.format(Objects.requireNonNull(start.found())))));
        }
        if (site == null) {
            return new Verdict.Ended(new CrawlEnded("", start.found(), end.found()));
        }
        int named = rec.at(site);
        if (Records.isEmpty(rec, named)) {
            return new Verdict.Refused(Refusal.of(
                    Code.KEY_MISSING,
                    String.valueOf(mark.site()),
                    "The mark of a crawl's end names no site: '%s' is %s."
                            .formatted(mark.site(), Records.word(rec, named))));
        }
        return new Verdict.Ended(new CrawlEnded(text.clear().value(rec, named).toString(), start.found(), end.found()));
    }
}
