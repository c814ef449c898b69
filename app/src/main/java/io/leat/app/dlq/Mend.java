package io.leat.app.dlq;

import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Position;
import io.leat.core.Verdict;
import io.leat.format.Fix;
import io.leat.format.ScrapeReader;
import java.util.List;
import java.util.Optional;

/** What is done to a dead letter before it is sent again, and whether it would then be an item. Not thread-safe. */
public final class Mend {

    private final ScrapeReader reader;
    private final List<Fix> fixes;

    /**
     * @param feed the feed with the contract that letters have to keep
     * @param fixes applied in this order
     */
    public Mend(Feed feed, List<Fix> fixes) {
        this.reader = new ScrapeReader(feed);
        this.fixes = List.copyOf(fixes);
    }

    /** The fields that are given a value. */
    List<FieldPath> fields() {
        return fixes.stream().map(Fix::field).toList();
    }

    /** What would become of a letter. */
    public sealed interface Outcome {}

    /**
     * It would be an item.
     *
     * @param value the scrape, mended
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
    public record Mended(byte[] value) implements Outcome {}

    /**
     * It would be refused again.
     *
     * @param code why
     * @param message one sentence
     */
    public record StillDead(String code, String message) implements Outcome {}

    /** Judges a letter as the job would. */
    public Outcome judge(Letter letter) {
        byte[] value = letter.value();
        if (value == null) {
            return new StillDead(letter.code(), letter.message());
        }
        for (Fix fix : fixes) {
            Optional<byte[]> fixed = fix.apply(value);
            if (fixed.isEmpty()) {
                return new StillDead("fix_without_answer", "The expression has no answer for this scrape.");
            }
            value = fixed.get();
        }
        Verdict verdict = reader.read(
                value, letter.at().toEpochMilli(), new Position(letter.topic(), letter.partition(), letter.offset()));
        return verdict instanceof Verdict.Refused refused
                ? new StillDead(
                        refused.refusal().code().word(), refused.refusal().message())
                : new Mended(value);
    }
}
