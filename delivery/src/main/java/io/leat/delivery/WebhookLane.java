package io.leat.delivery;

import io.leat.core.delivery.Subscription;
import io.leat.core.delivery.Webhook;
import io.leat.delivery.lane.Cursor;
import io.leat.delivery.lane.Lane;
import io.leat.delivery.lane.LogEntry;
import io.leat.delivery.lane.Outcome;
import io.leat.delivery.lane.Send;
import io.leat.delivery.lane.Terms;
import io.leat.delivery.lane.Verdict;
import io.leat.delivery.webhook.SeenAnswer;
import io.leat.format.webhook.WebhookHeaders;
import io.leat.format.webhook.WebhookUrl;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lane of a webhook: what {@link Lane} decides is done here. For the office's thread. */
final class WebhookLane extends ClientLane {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookLane.class);

    private final Office office;
    private final Standing standing;
    private final Lane lane;
    private final boolean batches;
    private final WebhookUrl url;
    private final List<WebhookHeaders.Signer> signers;
    private final Set<Long> unreadable = new HashSet<>();
    private int burying;
    private Lane.@Nullable Commit commit;
    private final SinkCounts.Counter counts;
    private long folded;

    /**
     * A lane.
     *
     * @param from how far the client is
     * @param followed the revision of the subscription that this was committed under
     */
    WebhookLane(Office office, int partition, Standing standing, Cursor from, long followed) {
        super(office, partition, standing);
        Subscription subscription = standing.subscription();
        Webhook webhook = subscription.webhook();
        this.office = office;
        this.standing = standing;
        this.lane = new Lane(
                Terms.of(subscription, office.partitions()),
                from,
                office.budget(),
                office.crowd().traffic(),
                office.random());
        this.counts = office.counts().apply(subscription.name());
        this.batches = webhook.batch().maxItems() > 1;
        this.url = WebhookUrl.parse(webhook.url());
        this.signers = WebhookHeaders.Signer.of(webhook.keys());
        if (followed != standing.revision()) {
            lane.resume();
        }
        restIfTold();
    }

    @Override
    long next() {
        return lane.next();
    }

    @Override
    boolean isDone() {
        return lane.inFlight() == 0 && burying == 0 && lane.toCommit(false).isEmpty();
    }

    @Override
    boolean isResting() {
        return lane.isResting();
    }

    @Override
    int held() {
        return lane.held();
    }

    @Override
    boolean hasRoom() {
        return lane.hasRoom();
    }

    @Override
    Cursor cursor() {
        return lane.cursor();
    }

    @Override
    boolean take(Told told) {
        LogEntry entry = told.entry();
        if (!lane.wants(entry.offset())) {
            lane.pass(entry.offset());
            return true;
        }
        if (!isWanted(told)) {
            counts.filtered();
            lane.pass(entry.offset());
            return true;
        }
        boolean hadRoom = lane.offer(entry, office.clock().millis());
        if (hadRoom) {
            counts.taken();
        }
        countFolded();
        return hadRoom;
    }

    private void countFolded() {
        counts.folded(lane.folded() - folded);
        folded = lane.folded();
    }

    private boolean isWanted(Told told) {
        try {
            return asksFor(told);
        } catch (RuntimeException | StackOverflowError e) {
            unreadable.add(
                    told.entry().offset()); // what cannot be judged is a letter of this lane, and no other's trouble
            return true;
        }
    }

    @Override
    void reached(long offset) {
        lane.reached(offset);
    }

    @Override
    long begin(long nowMillis) {
        lane.due(nowMillis).forEach(this::begin);
        if (lane.isCrowdedOut()) {
            office.crowd().join(this);
        }
        return lane.wakeAt();
    }

    private void begin(Send send) {
        Subscription subscription = standing.subscription();
        long started = office.clock().millis();
        AttemptSpans spans = AttemptSpans.begin(send, standing, started);
        Letter letter;
        try {
            letter = spans.in(letter(send, subscription));
        } catch (RuntimeException e) {
            setAside(send, started, e);
            return;
        }
        Map<String, String> headers = letter.headers(started, signers);
        SeenAnswer seen = new SeenAnswer();
        office.sender()
                .post(
                        url,
                        headers,
                        letter.body(),
                        subscription.webhook().limits().timeout(),
                        seen)
                .whenComplete((outcome, failure) -> office.thread().execute(() -> {
                    if (!hasEnded()) {
                        long ended = office.clock().millis();
                        long took = ended - started;
                        spans.end(outcome, ended);
                        counts.exchanged(
                                standing.id(),
                                outcome,
                                started,
                                () -> new Exchange(
                                        started,
                                        letter.id(),
                                        send.attempt(),
                                        url,
                                        headers,
                                        letter.body(),
                                        letter.body().length,
                                        outcome,
                                        seen,
                                        took));
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
        countFolded();
        if (verdict instanceof Verdict.Delivered) {
            counts.delivered(send.entries(), now);
        }
        office.attempts().write(standing, partition(), send, id, outcome, verdict, started, now - started);
        if (verdict instanceof Verdict.GivenUp givenUp) {
            burying++;
            bury(
                    givenUp,
                    "tried for " + standing.subscription().webhook().limits().giveUpAfter());
        } else if (verdict instanceof Verdict.Disable disable) {
            LOG.error("Subscription {} is disabled: {}", name(), disable.reason());
            office.disable().disable(standing, disable.reason());
        }
        pump();
        office.crowd().roomCame();
    }

    private void bury(Verdict.GivenUp givenUp, String reason) {
        office.deadLetters()
                .write(standing.id(), partition(), givenUp, reason)
                .whenComplete((done, failure) -> office.thread().execute(() -> {
                    if (hasEnded()) {
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
                        counts.undelivered(givenUp.changes().size());
                        pump();
                    });
                }));
    }

    @Override
    Optional<Cursor> toCommit(boolean evenIfIdle) {
        Optional<Lane.Commit> next = lane.toCommit(evenIfIdle);
        commit = next.orElseGet(lane::asItStands);
        return next.map(Lane.Commit::cursor);
    }

    @Override
    void committed() {
        Lane.Commit done = commit;
        if (done != null) {
            lane.committed(done);
        }
    }

    @Override
    void stop() {
        lane.stop();
    }

    @Override
    void resume() {
        lane.resume();
    }

    @Override
    void end() {
        counts.returned(lane.held());
        lane.close();
    }
}
