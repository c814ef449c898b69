package io.leat.format;

import io.leat.core.ChangeId;
import io.leat.core.Compared;
import io.leat.core.Evidence;
import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Item;
import io.leat.core.Limits;
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
import io.leat.format.json.Name;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

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
    private static final String TOO_MUCH =
            "A change of the item would not fit the change log: its compared fields, or their names, take too many"
                    + " bytes.";
    /** What Leat wrote may be longer than what it was read from: numbers lose their exponents. */
    private static final Limits OWN = new Limits(
            Integer.MAX_VALUE,
            Limits.WIDEST.depth(),
            Limits.WIDEST.tokens(),
            Limits.WIDEST.name(),
            Limits.WIDEST.string(),
            2 * Limits.WIDEST.number(),
            Limits.Duplicates.REFUSE);

    private final DocumentReader json;
    private final DocumentReader own = new DocumentReader(OWN);
    private final List<Contract> contracts;
    private final ItemKey key;
    private final ItemTime time;
    private final ComparedValues compared;
    private final CanonicalText body = new CanonicalText();
    private final Normalizing normalizing;
    private final @Nullable CrawlEndReader crawlEnds;
    private final Normalizing normalizingMarks;
    private final boolean isKeyNormalized;
    private final FieldLooks looks = new FieldLooks();
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
        this.contracts = feed.contracts().stream().map(Contract::compile).toList();
        this.normalizing = new Normalizing(feed);
        Rules.Gone gone = feed.rules().gone();
        Rules.CrawlEnd mark = gone == null ? null : gone.crawlEnd();
        this.crawlEnds = mark == null ? null : new CrawlEndReader(feed.time(), mark);
        this.normalizingMarks = new Normalizing(mark == null ? List.of() : CrawlEndReader.normalizations(feed, mark));
        this.key = new ItemKey(feed.key());
        this.isKeyNormalized = Touched.by(feed).hasKey(feed);
        this.time = new ItemTime(feed.time());
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
     * How the fields of the record look that was read last; {@code null} if there is nothing to look at.
     *
     * @param by the field that names its site
     * @param verdict what {@link #read} said of it
     * @param brokerTimeMillis its time where it tells none itself
     */
    public @Nullable Observation look(FieldPath by, Verdict verdict, long brokerTimeMillis) {
        Refusal refusal = verdict instanceof Verdict.Refused refused ? refused.refusal() : null;
        Document rec = json.document();
        if (refusal != null && !lookable(refusal) || rec.kind(Document.ROOT) != JsonKind.OBJECT) {
            return null;
        }
        int named = rec.at(Name.path(by));
        if (Records.isEmpty(rec, named)) {
            return null;
        }
        String site = rec.kind(named) == JsonKind.STRING ? rec.text(named) : Quote.of(rec, named);
        long millis = verdict instanceof Verdict.Kept kept
                ? Math.floorDiv(kept.item().eventTime(), 1_000)
                : time.of(rec, brokerTimeMillis) instanceof Lookup.Found<Long> found
                        ? Math.floorDiv(found.value(), 1_000)
                        : brokerTimeMillis;
        return new Observation(Quote.shorten(site), millis, looks.of(site, rec, refusal));
    }

    /** Whether the record was read to its end before it was refused. */
    private static boolean lookable(Refusal refusal) {
        return switch (refusal.code()) {
            case CONTRACT_BROKEN, VALUE_AMBIGUOUS, VALUE_UNPARSED, KEY_MISSING, TIME_MISSING, TIME_INVALID -> true;
            default -> false;
        };
    }

    /** The key a record would have, {@code null} if it has none: what keeps a key in one partition. */
    public @Nullable String key(byte[] value) {
        return address(value) instanceof Keyed keyed ? keyed.key() : null;
    }

    /** Where a value belongs, before it is judged. */
    public sealed interface Address {}

    /**
     * It is a record.
     *
     * @param key {@code null} if it has none
     */
    public record Keyed(@Nullable String key) implements Address {}

    /** It is no record, whatever the feed. */
    public record NoRecord(Code code) implements Address {}

    /** Where a value belongs. A total function, as {@link #read} is. */
    public Address address(byte[] value) {
        try {
            Refusal refusal = json.read(value);
            if (refusal != null) {
                return new NoRecord(refusal.code());
            }
            Document rec = json.document();
            if (rec.kind(Document.ROOT) != JsonKind.OBJECT) {
                return new NoRecord(Code.NOT_AN_OBJECT);
            }
            return new Keyed(
                    named(rec) instanceof Lookup.Found<Document> named
                                    && key.of(named.value()) instanceof Lookup.Found<String> found
                            ? found.value()
                            : null);
        } catch (RuntimeException | StackOverflowError e) {
            return new Keyed(null);
        }
    }

    /** The record as it is as far as its key goes. */
    private Lookup<Document> named(Document rec) {
        if (!isKeyNormalized) {
            return new Lookup.Found<>(rec);
        }
        return normalized(rec) instanceof Lookup.Found<Normal> normal
                ? new Lookup.Found<>(normal.value().rec())
                : new Lookup.Missing<>(Refusal.of(Code.KEY_MISSING, "The key has no normal form."));
    }

    /**
     * The compared values of an item told before.
     *
     * @param told the item as canonical JSON
     * @throws IllegalArgumentException if it is none that may be told
     */
    public Compared compared(String told) {
        byte[] bytes = told.getBytes(StandardCharsets.UTF_8);
        Refusal refusal = own.read(bytes);
        Compared values = refusal == null ? compared.of(own.document(), bytes.length, Integer.MAX_VALUE) : null;
        if (values == null) {
            throw new IllegalArgumentException(refusal == null ? TOO_MUCH : refusal.message());
        }
        return values;
    }

    /**
     * Whether an item told before has the key that it was told under; also where its key is normalized, since that may have
     * been done otherwise.
     *
     * @param told the item as canonical JSON
     */
    public boolean isKeyed(String told, String toldKey) {
        return isKeyNormalized
                || own.read(told.getBytes(StandardCharsets.UTF_8)) == null
                        && key.of(own.document()) instanceof Lookup.Found<String> found
                        && found.value().equals(toldKey);
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
            Lookup<Normal> mark = normalized(rec, normalizingMarks);
            return mark instanceof Lookup.Missing<Normal> missing
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
        if (json.read(unread) != null || !(normalized(json.document()) instanceof Lookup.Found<Normal> found)) {
            throw new IllegalStateException("read before and found to be an item: " + item.source());
        }
        Normal normal = found.value();
        body.clear().value(normal.rec(), Document.ROOT);
        Compared values = compared.of(normal.rec(), body.length(), MAX_BODY_BYTES);
        return new Item(
                item.key(),
                item.eventTime(),
                item.tie(),
                Objects.requireNonNull(values, "too large to be left unread"),
                body.toString(),
                item.source(),
                item.contract(),
                normal.scraped(),
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

    /**
     * A record in normal form.
     *
     * @param tie the hash of the record as scraped, {@code null} if that is the record itself
     * @param scraped what was replaced, as canonical JSON; empty if nothing was
     */
    private record Normal(Document rec, @Nullable Long tie, String scraped) {}

    private Lookup<Normal> normalized(Document rec) {
        return normalized(rec, normalizing);
    }

    private Lookup<Normal> normalized(Document rec, Normalizing wanted) {
        if (wanted.isIdle()) {
            return new Lookup.Found<>(new Normal(rec, null, ""));
        }
        body.clear().value(rec, Document.ROOT);
        Long tie = time.isTieDeclared() ? null : ChangeId.tie(body.utf8());
        Normalizing.Outcome outcome = wanted.apply(body.toString());
        if (outcome instanceof Normalizing.Failed failed) {
            return new Lookup.Missing<>(failed.refusal());
        }
        Normalizing.Done done = (Normalizing.Done) outcome;
        Refusal refusal = own.read(done.item().getBytes(StandardCharsets.UTF_8));
        return refusal == null
                ? new Lookup.Found<>(new Normal(own.document(), tie, done.scraped()))
                : new Lookup.Missing<>(refusal);
    }

    private Verdict read(
            Document kept, String version, long brokerTimeMillis, Position position, @Nullable Sighting sighting) {
        Lookup<Normal> outcome = normalized(kept);
        if (outcome instanceof Lookup.Missing<Normal> missing) {
            return refused(missing.refusal());
        }
        Normal normal = outcome.found();
        Document rec = normal.rec();
        Lookup<String> itemKey = key.of(rec);
        if (itemKey instanceof Lookup.Missing<String> missing) {
            return refused(missing.refusal());
        }
        Lookup<Long> eventTime = time.of(rec, brokerTimeMillis);
        if (eventTime instanceof Lookup.Missing<Long> missing) {
            return refused(missing.refusal());
        }
        body.clear().value(rec, Document.ROOT);
        if (body.length() + normal.scraped().length() > MAX_BODY_BYTES || key.length() > MAX_KEY_BYTES) {
            return refused(Refusal.of(
                    Code.TOO_LARGE,
                    "The item in canonical form may have %s bytes and its key %s."
                            .formatted(MAX_BODY_BYTES, MAX_KEY_BYTES)));
        }
        Compared values = compared.of(rec, body.length(), MAX_BODY_BYTES);
        if (values == null) {
            return refused(Refusal.of(Code.TOO_LARGE, TOO_MUCH));
        }
        Lookup<Long> tie = normal.tie() == null ? time.tie(rec, body) : new Lookup.Found<>(normal.tie());
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
                normal.scraped(),
                Ruling.NONE,
                sighting));
    }

    /**
     * What a person says who resets a key.
     *
     * @param said an object with the {@code key} and the {@code first_seen} of its last change, {@code null} for a record
     *     without a value
     * @param brokerTimeMillis when the broker took it, milliseconds since 1970
     * @return {@code null} if it is no such object
     */
    public @Nullable Item reset(byte @Nullable [] said, long brokerTimeMillis, Position position) {
        try {
            JsonNode reset = said == null ? null : Json.OWN.readTree(said);
            if (reset == null || !reset.path("key").isArray()) {
                return null;
            }
            JsonNode first = reset.path("first_seen");
            return new Item(
                    CanonicalJson.of(reset.path("key")),
                    brokerTimeMillis * 1_000,
                    first.isString() ? EventTimes.parse(first.stringValue()) : Evidence.UNKNOWN,
                    new Compared(List.of(), List.of()),
                    "",
                    position,
                    "",
                    "",
                    Ruling.RESET);
        } catch (JacksonException | DateTimeException e) {
            return null;
        }
    }

    private static Verdict refused(Refusal refusal) {
        return new Verdict.Refused(refusal);
    }
}
