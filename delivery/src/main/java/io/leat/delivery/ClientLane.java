package io.leat.delivery;

import io.leat.delivery.lane.Cursor;
import io.leat.delivery.lane.LogEntry;
import io.leat.format.webhook.Filter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands between one partition of the log and the end of one subscription: where it reads, what of it is asked for,
 * and how far it is. What is done with a change is said by the kind of its end. For the office's thread.
 */
abstract sealed class ClientLane permits WebhookLane, BatchLane {

    private static final Logger LOG = LoggerFactory.getLogger(ClientLane.class);
    static final long AGAIN_MILLIS = 1_000;
    private static final long LOOK_AGAIN_MILLIS = 200;

    private final Office office;
    private final int partition;
    private final Standing standing;
    private final @Nullable Filter filter;
    private final SinkCounts.Counter counter;
    private boolean atHead;
    private boolean reading;
    private boolean committing;
    private boolean held;
    private boolean leaving;
    private boolean closed;
    private boolean broken;
    private long wakeAt = Long.MAX_VALUE;
    private long committedAt;
    private int unanswered;
    private @Nullable LogEntry lastUnanswered;

    ClientLane(Office office, int partition, Standing standing) {
        this.office = office;
        this.partition = partition;
        this.standing = standing;
        String where = standing.subscription().where();
        this.filter = where == null ? null : Filter.compile(where);
        this.counter = office.counts().apply(name());
    }

    /** Rests from the beginning if its subscription says so. */
    final void restIfTold() {
        if (standing.state() != Standing.State.ACTIVE) {
            stop();
        } else if (!standing.delivers(office.clock().millis())) {
            held = true;
            stop();
            wake(standing.heldUntilMillis());
        }
    }

    /** The offset it goes on reading at. */
    abstract long next();

    /** Takes a change or passes it by; false if it has no room, and then it has to come again. */
    abstract boolean take(Told told);

    /** Everything before an offset was offered. */
    abstract void reached(long offset);

    /** How many changes it holds. */
    abstract int held();

    abstract boolean hasRoom();

    /** Begins nothing more. */
    abstract void stop();

    /** Goes on after a pause. */
    abstract void resume();

    /**
     * Begins what is due.
     *
     * @return when to ask again, milliseconds since 1970; {@link Long#MAX_VALUE} if something will happen before
     */
    abstract long begin(long nowMillis);

    /** Whether nothing is under way and everything that was done is committed. */
    abstract boolean isDone();

    /** Whether its end is left alone for a while, because it answers nothing well. */
    abstract boolean isResting();

    /** How far the client is. */
    abstract Cursor cursor();

    /**
     * What is to be committed, if there is anything.
     *
     * @param evenIfIdle whether it is worth a commit that only uninteresting changes went by
     */
    abstract Optional<Cursor> toCommit(boolean evenIfIdle);

    /** What {@link #toCommit} told last, or the cursor as it stood, is committed. */
    abstract void committed();

    /** Ends; what is under way is of no interest any more. */
    abstract void end();

    final Office office() {
        return office;
    }

    final int partition() {
        return partition;
    }

    final Standing standing() {
        return standing;
    }

    final String name() {
        return standing.subscription().name();
    }

    final boolean isAtHead() {
        return atHead;
    }

    final void setAtHead(boolean now) {
        atHead = now;
    }

    final boolean isIdle() {
        return !committing && isDone();
    }

    /**
     * Begins nothing more and takes nothing more: another lane takes its place.
     *
     * @return whether what was under way has ended, and is committed
     */
    final boolean leave() {
        leaving = true;
        atHead = false;
        stop();
        return isIdle();
    }

    final boolean isLeaving() {
        return leaving;
    }

    /**
     * Whether the subscription asks for a change.
     *
     * @throws RuntimeException if the change cannot be judged
     */
    final boolean asksFor(Told told) {
        if (filter == null) {
            return true;
        }
        Optional<Boolean> answer = filter.matches(told.tree());
        if (answer.isEmpty()) {
            office.notTold().count(name());
            unanswered++;
            lastUnanswered = told.entry();
        }
        return answer.orElse(false);
    }

    /** The trace of what had no answer: a line now and then, however many there are. */
    private void tellUnanswered() {
        LogEntry last = lastUnanswered;
        if (last != null) {
            office.attempts()
                    .unanswered(
                            standing,
                            partition,
                            last,
                            unanswered,
                            office.clock().millis());
            unanswered = 0;
            lastUnanswered = null;
        }
    }

    /** Work of this lane that fails ends this lane alone. */
    final void safely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.error("The lane of subscription {} in partition {} failed and is opened again", name(), partition, e);
            broken = true;
        }
    }

    /** Has it closed and opened again from what is committed. */
    final void reopen() {
        broken = true;
    }

    /** Whether it has failed: it is to be closed, and opened again from what is committed. */
    final boolean isBroken() {
        return broken;
    }

    /** Does what is to be done now. */
    final void pump() {
        if (closed) {
            return;
        }
        long now = office.clock().millis();
        if (held && !leaving && standing.delivers(now)) {
            held = false;
            resume();
        }
        wake(office.mayDeliver().getAsBoolean() ? begin(now) : now + LOOK_AGAIN_MILLIS);
        commit(false);
        readOn();
        counter.serves(partition, isResting());
    }

    /** Has it look again at a moment, milliseconds since 1970. */
    final void wake(long moment) {
        if (moment == Long.MAX_VALUE || moment >= wakeAt) {
            return;
        }
        wakeAt = moment;
        long pause = Math.max(1, moment - office.clock().millis());
        office.later(pause, this::woken);
    }

    private void woken() {
        wakeAt = Long.MAX_VALUE;
        safely(this::pump);
    }

    /** Commits how far it is, one commit at a time. */
    final void commit(boolean evenIfIdle) {
        if (evenIfIdle) {
            tellUnanswered();
        }
        if (committing || closed) {
            return;
        }
        long now = office.clock().millis();
        boolean expires = evenIfIdle && now - committedAt >= office.renewMillis();
        Optional<Cursor> commit = toCommit(evenIfIdle);
        if (commit.isEmpty() && !expires) {
            return;
        }
        committing = true;
        committedAt = now;
        office.cursors()
                .commit(standing.id(), partition, commit.orElseGet(this::cursor), standing.revision())
                .whenComplete((done, failure) -> office.thread().execute(() -> safely(() -> committed(failure))));
    }

    private void committed(@Nullable Throwable failure) {
        committing = false;
        if (failure == null) {
            committed();
            pump();
        } else {
            LOG.warn("The cursor of {} cannot be committed at the moment: {}", name(), failure.toString());
            wake(office.clock().millis() + AGAIN_MILLIS);
        }
    }

    private void readOn() {
        if (!atHead && !reading && !leaving && hasRoom() && standing.state() == Standing.State.ACTIVE) {
            reading = true;
            office.catchUp().request(this, partition, next());
        }
    }

    /** A chunk that was asked for has come, or none because there was nothing or it failed. */
    final void chunkCame() {
        reading = false;
    }

    /** Whether it takes nothing more. */
    final boolean isClosed() {
        return closed || leaving;
    }

    /** Whether it has ended. */
    final boolean hasEnded() {
        return closed;
    }

    final void close() {
        tellUnanswered();
        closed = true;
        counter.leaves(partition);
        end();
    }
}
