package io.leat.format;

import io.leat.core.Compared;
import io.leat.core.Feed;
import io.leat.core.Refusal;
import io.leat.core.Sameness;
import io.leat.format.json.DocumentReader;
import java.nio.charset.StandardCharsets;

/** Reads items that were told before, as the change log has them. Not safe for use by several threads at once. */
public final class ToldReader {

    private final DocumentReader own = new DocumentReader(NormalReader.OWN);
    private final ItemKey key;
    private final boolean isKeyNormalized;
    private final ComparedValues compared;

    /** Reads the items of one feed. */
    public ToldReader(Feed feed) {
        this(feed, Sameness.of(feed));
    }

    /** Reads the items of one feed that were told under other rules. */
    public ToldReader(Feed feed, Sameness sameness) {
        this.key = new ItemKey(feed.key());
        this.isKeyNormalized = Touched.by(feed).hasKey(feed);
        this.compared = new ComparedValues(sameness.comparison());
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
            throw new IllegalArgumentException(refusal == null ? ScrapeReader.TOO_MUCH : refusal.message());
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
}
