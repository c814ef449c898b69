package io.leat.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change that is told: one record of the change log.
 *
 * @param id the same after every replay; see {@link ChangeId}
 * @param key the item's key, a canonical JSON array
 * @param seq 1, 2, 3 … within its key: a reader can prove that it has no gap and no repeat
 * @param op what happened
 * @param changed the dotted paths that differ; empty for a new key
 * @param before the compared values last told; {@code null} for a key that is new or back
 * @param after the whole item as canonical JSON; {@link Compared#NULL} for a key that is gone
 * @param eventTime the moment of extraction, microseconds since 1970
 * @param tie orders changes of one key and moment
 * @param source where the scrape stands that told it; for a key that is gone, the scrape or marker that gave the occasion
 * @param contract the contract version the item kept; empty if the feed has none
 * @param scraped a canonical JSON object of the values that normalization replaced, as they were; empty if there are none
 * @param evidence what was seen of the key before
 * @param floor the key's last reset, this change if it is one; {@code null} if there was none
 * @param told the values of {@code before} as they were told last, where those have been read again since by other rules;
 *     {@code null} if none was
 */
public record Change(
        String id,
        String key,
        long seq,
        Op op,
        List<String> changed,
        @Nullable Compared before,
        String after,
        long eventTime,
        long tie,
        Position source,
        String contract,
        String scraped,
        Evidence evidence,
        @Nullable Floor floor,
        @Nullable Compared told) {

    /** A change of a key whose values stand as they were told. */
    public Change(
            String id,
            String key,
            long seq,
            Op op,
            List<String> changed,
            @Nullable Compared before,
            String after,
            long eventTime,
            long tie,
            Position source,
            String contract,
            String scraped,
            Evidence evidence,
            @Nullable Floor floor) {
        this(
                id, key, seq, op, changed, before, after, eventTime, tie, source, contract, scraped, evidence, floor,
                null);
    }

    /** A change of a key that was never reset. */
    public Change(
            String id,
            String key,
            long seq,
            Op op,
            List<String> changed,
            @Nullable Compared before,
            String after,
            long eventTime,
            long tie,
            Position source,
            String contract,
            String scraped,
            Evidence evidence) {
        this(id, key, seq, op, changed, before, after, eventTime, tie, source, contract, scraped, evidence, null);
    }

    /** A change whose item is as it was scraped, without evidence. */
    public Change(
            String id,
            String key,
            long seq,
            Op op,
            List<String> changed,
            @Nullable Compared before,
            String after,
            long eventTime,
            long tie,
            Position source,
            String contract) {
        this(id, key, seq, op, changed, before, after, eventTime, tie, source, contract, "", Evidence.NONE);
    }
}
