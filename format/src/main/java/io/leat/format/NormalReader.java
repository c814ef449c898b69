package io.leat.format;

import io.leat.core.ChangeId;
import io.leat.core.Limits;
import io.leat.core.Refusal;
import io.leat.format.json.CanonicalText;
import io.leat.format.json.Document;
import io.leat.format.json.DocumentReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Puts records into normal form. Not safe for use by several threads at once. */
final class NormalReader {

    /** What Leat wrote may be longer than what it was read from: numbers lose their exponents. */
    static final Limits OWN = new Limits(
            Integer.MAX_VALUE,
            Limits.WIDEST.depth(),
            Limits.WIDEST.tokens(),
            Limits.WIDEST.name(),
            Limits.WIDEST.string(),
            2 * Limits.WIDEST.number(),
            Limits.Duplicates.REFUSE);

    private final Normalizing wanted;
    private final boolean needsTie;
    private final DocumentReader own = new DocumentReader(OWN);
    private final CanonicalText body = new CanonicalText();

    /**
     * @param wanted which fields
     * @param needsTie whether the hash of what was scraped is asked for
     */
    NormalReader(Normalizing wanted, boolean needsTie) {
        this.wanted = wanted;
        this.needsTie = needsTie;
    }

    /**
     * A record in normal form; as long as no other is read.
     *
     * @param tie the hash of the record as scraped, {@code null} if that is the record itself, or not asked for
     * @param scraped what was replaced, as canonical JSON; empty if nothing was
     */
    record Normal(Document rec, @Nullable Long tie, String scraped) {}

    /** The normal form, or why there is none. */
    Lookup<Normal> of(Document rec) {
        if (wanted.isIdle()) {
            return new Lookup.Found<>(new Normal(rec, null, ""));
        }
        body.clear().value(rec, Document.ROOT);
        Long tie = needsTie ? (Long) ChangeId.tie(body.utf8()) : null;
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
}
