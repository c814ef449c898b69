package io.leat.job;

import io.leat.core.EventProgress;
import io.leat.core.Ruling;
import io.leat.core.Verdict;
import io.leat.core.drift.Observation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record of the raw topic that was read.
 *
 * @param raw as it stands there
 * @param verdict what it is, {@code null} for nothing: what a person said of something that is no scrape
 * @param look how its fields look, {@code null} if nobody watches or there is nothing to see
 * @param takenMillis when it was taken, milliseconds since 1970; 0 without a look
 */
public record Scrape(RawRecord raw, @Nullable Verdict verdict, @Nullable Observation look, long takenMillis) {

    private static final String AT_HEAD = "";

    /**
     * Says, behind all records that were read, that there was nothing more to read.
     *
     * @param reader who says so, of so many
     * @param millis the broker took no record before this moment that was not read; milliseconds since 1970
     */
    public static Scrape atHead(int reader, int readers, long millis) {
        return new Scrape(new RawRecord(AT_HEAD, reader, readers, millis, null, null, List.of()), null, null, 0);
    }

    /** Whether it is no record: see {@link #atHead}. */
    public boolean isAtHead() {
        return raw.topic().equals(AT_HEAD);
    }

    /** Its event time, milliseconds since 1970; {@link EventProgress#NEVER} if it has none. */
    public long eventTimeMillis() {
        if (verdict instanceof Verdict.Kept kept && kept.item().ruling() == Ruling.NONE) {
            return Math.floorDiv(kept.item().eventTime(), 1_000);
        }
        return verdict instanceof Verdict.Ended ended
                ? Math.floorDiv(ended.end().ended(), 1_000)
                : EventProgress.NEVER;
    }
}
