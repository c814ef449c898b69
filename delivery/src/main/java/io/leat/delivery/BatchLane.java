package io.leat.delivery;

import io.leat.delivery.batch.Arrival;
import io.leat.delivery.batch.Batch;
import io.leat.delivery.batch.BatchLost;
import io.leat.delivery.batch.BatchSink;
import io.leat.delivery.batch.BatchWriter;
import io.leat.delivery.batch.Durable;
import io.leat.delivery.batch.SinkRefusal;
import io.leat.delivery.lane.Cursor;
import io.leat.delivery.lane.LogEntry;
import io.leat.delivery.lane.Verdict;
import io.leat.delivery.lane.Waiting;
import io.leat.format.EventTimes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lane of an end that takes changes in batches: one batch after another in the order of the log, each tried until it is
 * taken. For the office's thread; the end is written to on another.
 */
final class BatchLane extends ClientLane {

    private static final Logger LOG = LoggerFactory.getLogger(BatchLane.class);
    private static final int MOST_WAITING = 10_000;
    private static final long MOST_BYTES = 4 << 20;
    private static final long FIRST_PAUSE_MILLIS = 250;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;
    private static final int MOST_DOUBLINGS = 7;
    private static final long BURY_SECONDS = 10;

    private final Office office;
    private final Standing standing;
    private final long epoch;
    private final Settling settling;
    private final String place;
    private final BatchWriter writer;
    private final List<Arrival> waiting = new ArrayList<>();
    private final BatchCounts counts;
    private final BatchAttempts attempts;
    private final FarBehind farBehind = new FarBehind();
    private long counted;
    private long bytes;
    private long next;
    private long position;
    private long handedOver;
    private long settledTold;
    private long durable;
    private long committed;
    private long committing;
    private String mark;
    private @Nullable Batch inHand;
    private boolean looks;
    private boolean writing;
    private boolean stopped;
    private boolean superseded;
    private int failures;
    private long notBefore;
    private int burying;
    private volatile boolean ended;

    /**
     * A lane.
     *
     * @param from how far the client is
     */
    BatchLane(Office office, int partition, Standing standing, Cursor from) {
        super(office, partition, standing);
        this.office = office;
        this.standing = standing;
        this.epoch = from.epoch();
        this.counts =
                new BatchCounts(office.counts().apply(standing.subscription().name()));
        this.place = Ends.place(standing.subscription().sink());
        this.attempts = new BatchAttempts(office, standing, partition);
        BatchSink sink = office.ends().lend(standing);
        this.looks = sink.looksFirst();
        this.settling = new Settling(sink.every(), office.clock().millis());
        this.next = from.position();
        this.position = next;
        this.handedOver = next;
        this.durable = next;
        this.committed = next;
        this.mark = from.mark();
        this.writer = sink.open(partition, from, this::buried);
        restIfTold();
    }

    @Override
    long next() {
        return next;
    }

    @Override
    boolean take(Told told) {
        LogEntry entry = told.entry();
        if (entry.offset() < next) {
            return true;
        }
        if (!hasRoom()) {
            return false;
        }
        BatchCounts.Asked asked = asked(told);
        Arrival arrival =
                new Arrival(entry.offset(), told.appendedMillis(), asked == BatchCounts.Asked.YES ? entry : null);
        if (office.budget().take(arrival.size())) {
            counted += arrival.size();
        } else if (!waiting.isEmpty()) {
            return false;
        }
        bytes += arrival.size();
        waiting.add(arrival);
        counts.took(asked);
        if (asked == BatchCounts.Asked.UNREADABLE) {
            bury(entry);
        }
        reached(entry.offset() + 1);
        return true;
    }

    private BatchCounts.Asked asked(Told told) {
        try {
            EventTimes.parse(told.entry().time());
            boolean wanted = asksFor(told);
            if (wanted && !standing.subscription().fields().isEmpty()) {
                told.tree();
            }
            return wanted ? BatchCounts.Asked.YES : BatchCounts.Asked.NO;
        } catch (RuntimeException | StackOverflowError e) {
            return BatchCounts.Asked.UNREADABLE;
        }
    }

    /** What cannot be judged lies among what was not delivered before the cursor goes past it. */
    private void bury(LogEntry entry) {
        burying++;
        tryToBury(new Verdict.GivenUp(List.of(new Waiting(entry, office.clock().millis()))));
    }

    /** What the end refuses; on a thread of the ends. */
    private void buried(LogEntry entry, String reason) throws IOException {
        try {
            office.deadLetters()
                    .write(
                            standing.id(),
                            partition(),
                            new Verdict.GivenUp(
                                    List.of(new Waiting(entry, office.clock().millis()))),
                            reason)
                    .toCompletableFuture()
                    .get(BURY_SECONDS, TimeUnit.SECONDS);
            counts.refused(entry.offset());
            LOG.error("A change is not told to subscription {}: {}", name(), reason);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("what is refused cannot be kept", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void tryToBury(Verdict.GivenUp letter) {
        office.deadLetters()
                .write(standing.id(), partition(), letter, "it cannot be read")
                .whenComplete((done, failure) -> office.thread().execute(() -> {
                    if (failure == null) {
                        LOG.error("A change is not told to subscription {}: it cannot be read", name());
                        burying--;
                        counts.buried();
                        safely(this::pump);
                    } else if (!hasEnded()) {
                        office.later(AGAIN_MILLIS, () -> tryToBury(letter));
                    }
                }));
    }

    @Override
    void reached(long offset) {
        next = Math.max(next, offset);
        position = next;
        settling.reached(position);
    }

    @Override
    boolean isResting() {
        return failures > 0;
    }

    @Override
    int held() {
        return waiting.size();
    }

    @Override
    boolean hasRoom() {
        return !stopped && waiting.size() < MOST_WAITING && bytes < MOST_BYTES;
    }

    @Override
    long begin(long nowMillis) {
        if (stopped) {
            return Long.MAX_VALUE;
        }
        if (settling.asksNow(nowMillis)) {
            ask(nowMillis);
        }
        if (nowMillis < notBefore) {
            return notBefore;
        }
        boolean something = looks || inHand != null || !waiting.isEmpty();
        if (!writing && (something || settling.settledMillis() != settledTold)) {
            write(nowMillis);
        }
        return settling.lookAtMillis();
    }

    private void ask(long nowMillis) {
        settling.asking(nowMillis);
        office.ends().endOf(partition()).whenComplete((end, failure) -> office.thread()
                .execute(() -> safely(() -> {
                    settling.answered(
                            failure == null ? end : null, office.clock().millis());
                    settling.reached(position);
                    pump();
                })));
    }

    private void write(long nowMillis) {
        Batch given = inHand;
        Batch batch = given == null ? new Batch(waiting, position, settling.settledMillis(), nowMillis) : given;
        if (given == null) {
            waiting.clear();
            handedOver = position;
            settledTold = settling.settledMillis();
        }
        looks = false;
        inHand = batch;
        writing = true;
        attempts.begin(batch, nowMillis);
        String far = batch.arrivals().isEmpty()
                ? null
                : farBehind.look(batch.arrivals().get(0).appendedMillis(), nowMillis);
        if (far != null) {
            LOG.error("Subscription {}: {}", name(), far);
        }
        office.ends().work(place, () -> write(batch), failures > 0);
    }

    /** On a thread of the ends. */
    private void write(Batch batch) {
        Durable done = null;
        Throwable failed = null;
        synchronized (writer) {
            try {
                done = ended ? null : writer.write(batch);
            } catch (IOException | RuntimeException | Error e) {
                failed = e;
            }
        }
        Durable result = done;
        Throwable failure = failed;
        office.thread().execute(() -> {
            if (!hasEnded()) {
                safely(() -> written(result, failure));
            }
        });
    }

    private void written(@Nullable Durable done, @Nullable Throwable failure) {
        writing = false;
        if (done != null) {
            taken(done);
        } else if (failure instanceof SinkRefusal refusal) {
            stopped = true;
            LOG.error("Subscription {} is disabled: {}", name(), refusal.getMessage());
            attempts.refused(inHand, refusal);
            office.disable().disable(standing, String.valueOf(refusal.getMessage()));
        } else if (failure instanceof BatchLost) {
            LOG.warn("{} of subscription {} begins anew where it was durable: {}", sink(), name(), failure.toString());
            stopped = true;
            attempts.failed(inHand, failure, office.clock().millis());
            reopen();
        } else if (failure instanceof IOException) {
            long pause = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures, MOST_DOUBLINGS));
            failures++;
            notBefore = office.clock().millis() + pause;
            attempts.failed(inHand, failure, notBefore);
            LOG.warn("{} of subscription {} is tried again in {} ms: {}", sink(), name(), pause, failure.toString());
        } else {
            throw new IllegalStateException("the end failed", failure);
        }
        pump();
    }

    private String sink() {
        return standing.subscription().sink().kind();
    }

    private void taken(Durable done) {
        Batch given = inHand;
        if (given != null) {
            counts.handedOver(given);
        }
        inHand = null;
        attempts.durable(
                durable,
                done.position(),
                counts.durable(done.position(), office.clock().millis()));
        failures = 0;
        durable = done.position();
        mark = done.mark() == null ? mark : done.mark();
        office.budget().giveBack(counted);
        counted = 0;
        bytes = 0;
        for (Arrival arrival : waiting) {
            bytes += arrival.size();
            counted += office.budget().take(arrival.size()) ? arrival.size() : 0;
        }
        if (done.superseded()) {
            LOG.warn("{} of subscription {} went on elsewhere; the lane begins anew there", sink(), name());
            stopped = true;
            superseded = true;
        }
    }

    @Override
    boolean isDone() {
        return !writing && burying == 0 && durable == committed;
    }

    @Override
    Cursor cursor() {
        return Cursor.at(epoch, burying > 0 ? committed : durable).marked(mark);
    }

    @Override
    Optional<Cursor> toCommit(boolean evenIfIdle) {
        boolean nothingOpen = !writing && inHand == null && waiting.isEmpty() && durable == handedOver;
        if (evenIfIdle && nothingOpen && !superseded) {
            handedOver = position;
            durable = position;
        }
        committing = burying > 0 ? committed : durable;
        return durable == committed || burying > 0 ? Optional.empty() : Optional.of(cursor());
    }

    @Override
    void committed() {
        committed = committing;
        if (superseded && committed == durable) {
            reopen();
        }
    }

    @Override
    void stop() {
        stopped = true;
    }

    @Override
    void resume() {
        stopped = false;
    }

    @Override
    void end() {
        ended = true;
        counts.ended(waiting, inHand);
        office.budget().giveBack(counted);
        counted = 0;
        office.ends()
                .work(
                        place,
                        () -> {
                            synchronized (writer) {
                                writer.close();
                            }
                            office.ends().giveBack(standing);
                        },
                        failures > 0);
    }
}
