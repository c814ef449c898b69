package io.leat.delivery;

import io.leat.core.delivery.Subscription;
import io.leat.delivery.lane.Cursor;
import io.leat.delivery.lane.Lane;
import io.leat.delivery.lane.LogEntry;
import io.leat.delivery.lane.Outcome;
import io.leat.delivery.lane.Send;
import io.leat.delivery.lane.Terms;
import io.leat.delivery.lane.Verdict;
import io.leat.format.webhook.Filter;
import io.leat.format.webhook.WebhookHeaders;
import io.leat.format.webhook.WebhookUrl;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lane with its surroundings: what it decides is done here. For the office's thread. */
final class ClientLane {

    private static final Logger LOG = LoggerFactory.getLogger(ClientLane.class);
    private static final long AGAIN_MILLIS = 1_000;
    private static final long LOOK_AGAIN_MILLIS = 200;

    private final Office office;
    private final int partition;
    private final Lane lane;
    private final @Nullable Filter filter;
    private final boolean batches;
    private final Standing standing;
    private final WebhookUrl url;
    private final List<WebhookHeaders.Signer> signers;
    private boolean atHead;
    private boolean reading;
    private boolean committing;
    private int burying;
    private boolean held;
    private boolean leaving;
    private boolean closed;
    private final Set<Long> unreadable = new HashSet<>();
    private long wakeAt = Long.MAX_VALUE;
    private long committedAt;
    private boolean broken;
    private int unanswered;
    private @Nullable LogEntry lastUnanswered;

    /**
     * A lane.
     *
     * @param from how far the client is
     * @param followed the revision of the subscription that this was committed under
     */
    ClientLane(Office office, int partition, Standing standing, Cursor from, long followed) {
        Subscription subscription = standing.subscription();
        this.office = office;
        this.partition = partition;
        this.lane = new Lane(
                Terms.of(subscription, office.partitions()),
                from,
                office.budget(),
                office.crowd().traffic(),
                office.random());
        String where = subscription.where();
        this.filter = where == null ? null : Filter.compile(where);
        this.batches = subscription.batch().maxItems() > 1;
        this.standing = standing;
        this.url = WebhookUrl.parse(subscription.url());
        this.signers = WebhookHeaders.Signer.of(subscription.keys());
        if (followed != standing.revision()) {
            lane.resume();
        }
        if (standing.state() != Standing.State.ACTIVE) {
            lane.stop();
        } else if (!standing.delivers(office.clock().millis())) {
            held = true;
            lane.stop();
            wake(standing.heldUntilMillis());
        }
    }

    Standing standing() {
        return standing;
    }

    String name() {
        return standing.subscription().name();
    }

    long next() {
        return lane.next();
    }

    boolean isAtHead() {
        return atHead;
    }

    void setAtHead(boolean now) {
        atHead = now;
    }

    /** Whether nothing is under way and everything that was done is committed. */
    boolean isIdle() {
        return lane.inFlight() == 0
                && burying == 0
                && !committing
                && lane.toCommit(false).isEmpty();
    }

    int held() {
        return lane.held();
    }

    boolean isResting() {
        return lane.isResting();
    }

    /**
     * Begins nothing more and takes nothing more: another lane takes its place.
     *
     * @return whether what was under way has ended, and is committed
     */
    boolean leave() {
        leaving = true;
        atHead = false;
        lane.stop();
        return isIdle();
    }

    boolean isLeaving() {
        return leaving;
    }

    /** How far the client is. */
    Cursor cursor() {
        return lane.cursor();
    }

    /** Takes a change or passes it by; false if it has no room, and then it has to come again. */
    boolean take(Told told) {
        LogEntry entry = told.entry();
        if (!lane.wants(entry.offset()) || !isWanted(told)) {
            lane.pass(entry.offset());
            return true;
        }
        return lane.offer(entry, office.clock().millis());
    }

    private boolean isWanted(Told told) {
        if (filter == null) {
            return true;
        }
        try {
            Optional<Boolean> answer = filter.matches(told.tree());
            if (answer.isEmpty()) {
                unanswered(told.entry());
            }
            return answer.orElse(false);
        } catch (RuntimeException | StackOverflowError e) {
            unreadable.add(
                    told.entry().offset()); // what cannot be judged is a letter of this lane, and no other's trouble
            return true;
        }
    }

    private void unanswered(LogEntry entry) {
        office.notTold().count(name());
        unanswered++;
        lastUnanswered = entry;
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
    void safely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.error("The lane of subscription {} in partition {} failed and is opened again", name(), partition, e);
            broken = true;
        }
    }

    /** Whether it has failed: it is to be closed, and opened again from what is committed. */
    boolean isBroken() {
        return broken;
    }

    void reached(long offset) {
        lane.reached(offset);
    }

    /** Does what is to be done now. */
    void pump() {
        if (closed) {
            return;
        }
        long now = office.clock().millis();
        if (held && !leaving && standing.delivers(now)) {
            held = false;
            lane.resume();
        }
        if (office.mayDeliver().getAsBoolean()) {
            lane.due(now).forEach(this::begin);
            wake(lane.wakeAt());
            if (lane.isCrowdedOut()) {
                office.crowd().join(this);
            }
        } else {
            wake(now + LOOK_AGAIN_MILLIS);
        }
        commit(false);
        readOn();
    }

    private void wake(long moment) {
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

    private void begin(Send send) {
        Subscription subscription = standing.subscription();
        long started = office.clock().millis();
        Letter letter;
        try {
            letter = letter(send, subscription);
        } catch (RuntimeException e) {
            setAside(send, started, e);
            return;
        }
        office.sender()
                .post(
                        url,
                        letter.headers(started, signers),
                        letter.body(),
                        subscription.limits().timeout())
                .whenComplete((outcome, failure) -> office.thread().execute(() -> {
                    if (!closed) {
                        safely(() -> finished(send, letter.id(), outcome, started));
                    }
                }));
    }

    private Letter letter(Send send, Subscription subscription) {
        if (send.entries().stream().anyMatch(entry -> unreadable.contains(entry.offset()))) {
            throw new IllegalArgumentException("it cannot be read");
        }
        return Letter.of(send, subscription, batches);
    }

    /** What cannot be written as a delivery is given up; the others of its batch go alone. */
    private void setAside(Send send, long now, RuntimeException cause) {
        if (send.changes().size() > 1) {
            lane.apart(send, now);
            wake(now);
            return;
        }
        send.entries().forEach(entry -> unreadable.remove(entry.offset()));
        burying++;
        bury(lane.setAside(send), "it cannot be delivered: " + cause.getMessage());
    }

    private void finished(Send send, String id, Outcome outcome, long started) {
        long now = office.clock().millis();
        Verdict verdict = lane.finished(send, outcome, now);
        office.attempts().write(standing, partition, send, id, outcome, verdict, started, now - started);
        if (verdict instanceof Verdict.GivenUp givenUp) {
            burying++;
            bury(givenUp, "tried for " + standing.subscription().limits().giveUpAfter());
        } else if (verdict instanceof Verdict.Disable disable) {
            LOG.error("Subscription {} is disabled: {}", name(), disable.reason());
            office.disable().disable(standing, disable.reason());
        }
        pump();
        office.crowd().roomCame();
    }

    private void bury(Verdict.GivenUp givenUp, String reason) {
        office.deadLetters()
                .write(standing.id(), partition, givenUp, reason)
                .whenComplete((done, failure) -> office.thread().execute(() -> {
                    if (closed) {
                        return;
                    }
                    if (failure != null) {
                        office.later(AGAIN_MILLIS, () -> bury(givenUp, reason));
                        return;
                    }
                    LOG.error(
                            "{} deliveries of subscription {} are given up",
                            givenUp.changes().size(),
                            name());
                    burying--;
                    safely(() -> {
                        lane.buried(givenUp);
                        pump();
                    });
                }));
    }

    /** Commits how far it is, one commit at a time. */
    void commit(boolean evenIfIdle) {
        if (evenIfIdle) {
            tellUnanswered();
        }
        if (committing || closed) {
            return;
        }
        long now = office.clock().millis();
        boolean expires = evenIfIdle && now - committedAt >= office.renewMillis();
        Optional<Lane.Commit> commit = expires ? Optional.of(lane.asItStands()) : lane.toCommit(evenIfIdle);
        if (commit.isEmpty()) {
            return;
        }
        committing = true;
        committedAt = now;
        office.cursors()
                .commit(standing.id(), partition, commit.get().cursor(), standing.revision())
                .whenComplete((done, failure) ->
                        office.thread().execute(() -> safely(() -> committed(commit.get(), failure))));
    }

    private void committed(Lane.Commit commit, @Nullable Throwable failure) {
        committing = false;
        if (failure == null) {
            lane.committed(commit);
            pump();
        } else {
            LOG.warn("The cursor of {} cannot be committed at the moment: {}", name(), failure.toString());
            wake(office.clock().millis() + AGAIN_MILLIS);
        }
    }

    private void readOn() {
        if (!atHead && !reading && !leaving && lane.hasRoom() && standing.state() == Standing.State.ACTIVE) {
            reading = true;
            office.catchUp().request(this, partition, lane.next());
        }
    }

    /** A chunk that was asked for has come, or none because there was nothing or it failed. */
    void chunkCame() {
        reading = false;
    }

    /** Whether it takes nothing more. */
    boolean isClosed() {
        return closed || leaving;
    }

    /** Begins nothing more. */
    void stop() {
        lane.stop();
    }

    void close() {
        tellUnanswered();
        closed = true;
        lane.close();
    }
}
