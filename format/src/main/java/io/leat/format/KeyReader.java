package io.leat.format;

import io.leat.core.Feed;
import io.leat.core.Refusal;
import io.leat.core.Refusal.Code;
import io.leat.format.json.Document;
import io.leat.format.json.DocumentReader;
import io.leat.format.json.JsonKind;
import org.jspecify.annotations.Nullable;

/** Finds the key of a record before it is judged. Not safe for use by several threads at once. */
public final class KeyReader {

    private final DocumentReader json;
    private final ItemKey key;
    private final boolean isKeyNormalized;
    private final NormalReader normal;

    /** Reads the scrapes of one feed. */
    public KeyReader(Feed feed) {
        this.json = new DocumentReader(feed.limits());
        this.key = new ItemKey(feed.key());
        this.isKeyNormalized = Touched.by(feed).hasKey(feed);
        this.normal = new NormalReader(new Normalizing(feed), false);
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

    /** Where a value belongs. A total function, as {@link ScrapeReader#read} is. */
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
        return normal.of(rec) instanceof Lookup.Found<NormalReader.Normal> found
                ? new Lookup.Found<>(found.value().rec())
                : new Lookup.Missing<>(Refusal.of(Code.KEY_MISSING, "The key has no normal form."));
    }
}
