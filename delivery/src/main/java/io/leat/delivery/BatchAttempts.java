package io.leat.delivery;

import io.leat.delivery.batch.Arrival;
import io.leat.delivery.batch.Batch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells the log of attempts how the batches of one lane fare: each failure, and each time that changes have become durable. For
 * the office's thread.
 */
final class BatchAttempts {

    private static final int MOST_TEXT = 500;

    private final Office office;
    private final Standing standing;
    private final int partition;
    /** Of batches that the end has taken and that are not durable yet, the oldest first. */
    private final List<AttemptSpans> taken = new ArrayList<>();

    private AttemptSpans inHand = AttemptSpans.NONE;
    private long begunAt;
    private int attempt;

    BatchAttempts(Office office, Standing standing, int partition) {
        this.office = office;
        this.standing = standing;
        this.partition = partition;
    }

    /** A batch is given to the end, or given again. */
    void begin(Batch batch, long nowMillis) {
        begunAt = nowMillis;
        attempt++;
        inHand = AttemptSpans.begin(batch, standing, attempt, nowMillis);
    }

    /**
     * The end has taken it.
     *
     * @param from where the end was durable before
     * @param to everything below this offset is durable now
     * @param changes how many of those between it was told
     */
    void durable(long from, long to, long changes) {
        arrived(to);
        if (changes > 0) {
            write("delivered", "", changes, from, to, 0);
        }
        attempt = 0;
    }

    private void arrived(long to) {
        taken.add(inHand);
        inHand = AttemptSpans.NONE;
        long now = office.clock().millis();
        taken.removeIf(AttemptSpans::isEmpty);
        taken.replaceAll(each -> each.arrived(to, now));
    }

    /** @param againAt when it is tried again, milliseconds since 1970 */
    void failed(@Nullable Batch batch, Throwable failure, long againAt) {
        write("retry", batch, failure, againAt);
    }

    /** The subscription is disabled. */
    void refused(@Nullable Batch batch, Throwable failure) {
        write("disabled", batch, failure, 0);
    }

    private void write(String result, @Nullable Batch batch, Throwable failure, long againAt) {
        List<Arrival> arrivals = batch == null ? List.of() : batch.arrivals();
        long to = batch == null ? 0 : batch.position();
        long from = arrivals.isEmpty() ? to : arrivals.get(0).offset();
        String said = String.valueOf(failure.getMessage());
        String words = said.length() > MOST_TEXT ? said.substring(0, MOST_TEXT) + "…" : said;
        inHand.fail(words, office.clock().millis());
        inHand = AttemptSpans.NONE;
        write(result, words, BatchCounts.asked(arrivals), from, to, againAt);
    }

    private void write(String result, String detail, long changes, long from, long to, long againAt) {
        long took = Math.max(0, office.clock().millis() - begunAt);
        office.attempts()
                .write(
                        standing,
                        partition,
                        new Attempts.OfBatch(begunAt, attempt, result, detail, took, changes, from, to, againAt));
    }
}
