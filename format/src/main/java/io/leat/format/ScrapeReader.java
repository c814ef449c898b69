package io.leat.format;

import io.leat.core.Compared;
import io.leat.core.Feed;
import io.leat.core.Item;
import io.leat.core.Position;
import io.leat.core.Refusal;
import io.leat.core.Refusal.Code;
import io.leat.core.Rules;
import io.leat.core.Ruling;
import io.leat.core.Sighting;
import io.leat.core.Verdict;
import io.leat.core.drift.Observation;
import io.leat.format.contract.Breach;
import io.leat.format.contract.Contract;
import io.leat.format.json.CanonicalText;
import io.leat.format.json.Document;
import io.leat.format.json.DocumentReader;
import io.leat.format.json.JsonKind;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of a scrape into an item, or says why it is none.
 *
 * <p>A total function: whatever the bytes are, it answers and does not throw. The same bytes give the same answer on
 * every machine. Not safe for use by several threads at once.
 */
public final class ScrapeReader {

    /** A change holds two items and their key, and must fit the change log's largest record. */
    private static final int MAX_BODY_BYTES = 1_200_000;

    private static final int MAX_KEY_BYTES = 64 * 1024;
    static final String TOO_MUCH =
            "A change of the item would not fit the change log: its compared fields, or their names, take too many"
                    + " bytes.";
    private final DocumentReader json;
    private final List<Contract> contracts;
    private final ItemKey key;
    private final ItemTime time;
    private final ComparedValues compared;
    private final CanonicalText body = new CanonicalText();
    private final NormalReader normal;
    private final @Nullable CrawlEndReader crawlEnds;
    private final NormalReader normalMark;
    private final @Nullable FieldLooks looks;
    private final @Nullable Sightings sightings;

    /** Reads every scrape to its end. */
    public ScrapeReader(Feed feed) {
        this(feed, false);
    }

    /**
     * @param sights whether a scrape that is known to be an item may be left unread: see {@link Item#sighting}
     */
    public ScrapeReader(Feed feed, boolean sights) {
        this.sightings = sights ? Sightings.of(feed, MAX_BODY_BYTES) : null;
        this.json = new DocumentReader(feed.limits());
        Feed.Watch watch = feed.watch();
        this.looks = watch == null ? null : new FieldLooks(watch.by());
        this.contracts = feed.contracts().stream().map(Contract::compile).toList();
        Rules.Gone gone = feed.rules().gone();
        Rules.CrawlEnd mark = gone == null ? null : gone.crawlEnd();
        this.crawlEnds = mark == null ? null : new CrawlEndReader(feed.time(), mark);
        this.normalMark = new NormalReader(
                new Normalizing(mark == null ? List.of() : CrawlEndReader.normalizations(feed, mark)), false);
        this.key = new ItemKey(feed.key());
        this.time = new ItemTime(feed.time());
        this.normal = new NormalReader(new Normalizing(feed), !time.isTieDeclared());
        this.compared = new ComparedValues(feed.comparison());
    }

    /**
     * Reads one scrape.
     *
     * @param value its bytes, {@code null} for a record without a value
     * @param brokerTimeMillis when the broker took it, milliseconds since 1970
     * @param position where it stands
     */
    public Verdict read(byte @Nullable [] value, long brokerTimeMillis, Position position) {
        try {
            return judge(value, brokerTimeMillis, position);
        } catch (RuntimeException | StackOverflowError e) {
            return refused(Refusal.of(
                    Code.INTERNAL,
                    "The record could not be judged: " + e.getClass().getName()));
        }
    }

    /**
     * How the fields of the record look that was read last: the same object for records of a site that look alike. {@code null} if
     * there is nothing to look at, or nobody watches.
     *
     * @param verdict what {@link #read} said of it
     */
    public @Nullable Observation look(Verdict verdict) {
        Refusal refusal = verdict instanceof Verdict.Refused refused ? refused.refusal() : null;
        Document rec = json.document();
        return looks == null
                        || verdict instanceof Verdict.Ended
                        || refusal != null && !lookable(refusal)
                        || rec.kind(Document.ROOT) != JsonKind.OBJECT
                ? null
                : looks.of(rec, refusal);
    }

    /**
     * When the record was taken that was read last, milliseconds since 1970.
     *
     * @param verdict what {@link #read} said of it
     * @param brokerTimeMillis its time where it tells none itself
     */
    public long takenMillis(Verdict verdict, long brokerTimeMillis) {
        long micros = verdict instanceof Verdict.Kept kept
                ? kept.item().eventTime()
                : time.of(json.document(), brokerTimeMillis) instanceof Lookup.Found<Long> found
                        ? found.value()
                        : brokerTimeMillis * 1_000;
        return Math.floorDiv(micros, 1_000);
    }

    /** Whether the record was read to its end before it was refused. */
    private static boolean lookable(Refusal refusal) {
        return switch (refusal.code()) {
            case CONTRACT_BROKEN, VALUE_AMBIGUOUS, VALUE_UNPARSED, KEY_MISSING, TIME_MISSING, TIME_INVALID -> true;
            default -> false;
        };
    }

    private Verdict judge(byte @Nullable [] value, long brokerTimeMillis, Position position) {
        if (value == null) {
            return refused(Refusal.of(Code.NOT_JSON, "The record has no value."));
        }
        Refusal refusal = json.read(value);
        if (refusal != null) {
            return refused(refusal);
        }
        Document rec = json.document();
        if (rec.kind(Document.ROOT) != JsonKind.OBJECT) {
            return refused(Refusal.of(
                    Code.NOT_AN_OBJECT,
                    "Expected a JSON object, found %s.".formatted(Records.word(rec, Document.ROOT))));
        }
        if (crawlEnds != null && crawlEnds.isMark(rec)) {
            Lookup<NormalReader.Normal> mark = normalMark.of(rec);
            return mark instanceof Lookup.Missing<NormalReader.Normal> missing
                    ? refused(missing.refusal())
                    : crawlEnds.read(mark.found().rec(), brokerTimeMillis);
        }
        String version = "";
        Refusal newest = null;
        for (Contract contract : contracts) {
            Breach breach = contract.broken(rec);
            if (breach == null) {
                newest = null;
                version = contract.version();
                break;
            }
            newest = newest == null ? refusal(breach, contract.version()) : newest;
        }
        return newest != null ? refused(newest) : item(rec, version, brokerTimeMillis, position);
    }

    private Verdict item(Document rec, String version, long brokerTimeMillis, Position position) {
        Sighting sighting = sightings == null ? null : sightings.of(rec);
        if (sightings == null || sighting == null) {
            return read(rec, version, brokerTimeMillis, position, null);
        }
        if (sightings.isNormal(sighting)) {
            return unread(rec, version, brokerTimeMillis, position, sighting);
        }
        Verdict verdict = read(rec, version, brokerTimeMillis, position, sighting.read());
        if (verdict instanceof Verdict.Kept) {
            sightings.normal(sighting);
        }
        return verdict;
    }

    /** An item of which only what orders it has been read. */
    private Verdict unread(Document rec, String version, long brokerTimeMillis, Position position, Sighting sighting) {
        Lookup<String> itemKey = key.of(rec);
        if (itemKey instanceof Lookup.Missing<String> missing) {
            return refused(missing.refusal());
        }
        Lookup<Long> eventTime = time.of(rec, brokerTimeMillis);
        if (eventTime instanceof Lookup.Missing<Long> missing) {
            return refused(missing.refusal());
        }
        body.clear();
        if (!time.isTieDeclared()) {
            body.value(rec, Document.ROOT);
        }
        Lookup<Long> tie = time.tie(rec, body);
        if (tie instanceof Lookup.Missing<Long> missing) {
            return refused(missing.refusal());
        }
        return new Verdict.Kept(new Item(
                itemKey.found(),
                eventTime.found(),
                tie.found(),
                Compared.NOTHING,
                "",
                position,
                version,
                "",
                Ruling.NONE,
                sighting));
    }

    /**
     * The whole item.
     *
     * @param item one that a reader of this feed left unread, or any other, which is as it is
     */
    public Item read(Item item) {
        Sighting sighting = item.sighting();
        byte[] unread = sighting == null ? null : sighting.unread();
        if (sighting == null || unread == null) {
            return item;
        }
        if (json.read(unread) != null
                || !(normal.of(json.document()) instanceof Lookup.Found<NormalReader.Normal> found)) {
            throw new IllegalStateException("read before and found to be an item: " + item.source());
        }
        NormalReader.Normal read = found.value();
        body.clear().value(read.rec(), Document.ROOT);
        Compared values = compared.of(read.rec(), body.length(), MAX_BODY_BYTES);
        return new Item(
                item.key(),
                item.eventTime(),
                item.tie(),
                Objects.requireNonNull(values, "too large to be left unread"),
                body.toString(),
                item.source(),
                item.contract(),
                read.scraped(),
                item.ruling(),
                sighting.read());
    }

    static Refusal refusal(Breach breach, String version) {
        return new Refusal(
                breach.code(),
                breach.field(),
                "%s: expected %s, found %s"
                        .formatted(breach.rule(), Quote.shorten(breach.expected()), Quote.shorten(breach.found())),
                version);
    }

    private Verdict read(
            Document kept, String version, long brokerTimeMillis, Position position, @Nullable Sighting sighting) {
        Lookup<NormalReader.Normal> outcome = normal.of(kept);
        if (outcome instanceof Lookup.Missing<NormalReader.Normal> missing) {
            return refused(missing.refusal());
        }
        NormalReader.Normal found = outcome.found();
        Document rec = found.rec();
        Lookup<String> itemKey = key.of(rec);
        if (itemKey instanceof Lookup.Missing<String> missing) {
            return refused(missing.refusal());
        }
        Lookup<Long> eventTime = time.of(rec, brokerTimeMillis);
        if (eventTime instanceof Lookup.Missing<Long> missing) {
            return refused(missing.refusal());
        }
        body.clear().value(rec, Document.ROOT);
        if (body.length() + found.scraped().length() > MAX_BODY_BYTES || key.length() > MAX_KEY_BYTES) {
            return refused(Refusal.of(
                    Code.TOO_LARGE,
                    "The item in canonical form may have %s bytes and its key %s."
                            .formatted(MAX_BODY_BYTES, MAX_KEY_BYTES)));
        }
        Compared values = compared.of(rec, body.length(), MAX_BODY_BYTES);
        if (values == null) {
            return refused(Refusal.of(Code.TOO_LARGE, TOO_MUCH));
        }
        Lookup<Long> tie = found.tie() == null ? time.tie(rec, body) : new Lookup.Found<>(found.tie());
        if (tie instanceof Lookup.Missing<Long> missing) {
            return refused(missing.refusal());
        }
        return new Verdict.Kept(new Item(
                itemKey.found(),
                eventTime.found(),
                tie.found(),
                values,
                body.toString(),
                position,
                version,
                found.scraped(),
                Ruling.NONE,
                sighting));
    }

    private static Verdict refused(Refusal refusal) {
        return new Verdict.Refused(refusal);
    }
}
