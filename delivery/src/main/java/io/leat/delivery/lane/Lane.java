package io.leat.delivery.lane;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The changes between one partition of the log and one client. Keeps the order of each key; other keys go on while one
 * is tried again.
 *
 * <p>A delivery counts as under way until its completion is committed. Two invariants follow for a gateway that dies at
 * any moment: no more is repeated than was allowed under way, and what is repeated is the newest its key ever got.
 *
 * <p>Decides only; for one thread. Moments are milliseconds since 1970, handed in.
 */
public final class Lane {

    static final long DISABLE_AFTER_MILLIS = Duration.ofDays(5).toMillis();

    private final Terms terms;
    private final Budget budget;
    private final Traffic traffic;
    private final RandomGenerator random;
    private final Progress progress;
    private final Breaker breaker = new Breaker();
    private final Window window;
    private final Pace pace;
    private final Lines lines = new Lines();
    private final Failures failures;
    private final Map<Long, Send> flying = new HashMap<>();
    private final Deque<Send> settled = new ArrayDeque<>();
    private long sends;
    private int held;
    private long bytes;
    private long folded;
    private long committedPosition = -1;
    private boolean crowdedOut;
    private boolean stopped;

    public Lane(Terms terms, Cursor from, Budget budget, Traffic traffic, RandomGenerator random) {
        this.terms = terms;
        this.budget = budget;
        this.traffic = traffic;
        this.random = random;
        this.progress = new Progress(from);
        this.window = new Window(terms.inFlight());
        this.pace = new Pace(terms.ratePerSecond());
        this.failures = new Failures(from.trials());
    }

    /** The next offset this lane has not been offered. */
    public long next() {
        return progress.next();
    }

    /** Whether the change is still to be told; one that was done in an earlier life is not. */
    public boolean wants(long offset) {
        return progress.wants(offset);
    }

    /** The change at this offset is none of the client's business. */
    public void pass(long offset) {
        progress.pass(offset);
    }

    /** Everything before this offset was offered or is not there. */
    public void reached(long offset) {
        progress.moveTo(offset);
    }

    /**
     * Takes a change it {@link #wants}.
     *
     * @return whether there was room; if not, nothing is remembered, and the same change has to be offered again later
     */
    public boolean offer(LogEntry entry, long now) {
        if (terms.newestOnly()) {
            for (LogEntry old : lines.fold(entry.key())) {
                forget(old);
                folded++;
            }
        }
        boolean room = held < terms.mostWaiting() && (bytes + entry.size() <= terms.mostBytes() || held == 0);
        if (!room || !budget.take(entry.size())) {
            lines.dropIfEmpty(entry.key());
            return false;
        }
        held++;
        bytes += entry.size();
        progress.take(entry.offset());
        Trials.Trial known = failures.of(entry.offset());
        lines.add(entry, known == null ? now : known.sinceMillis(), known == null ? 0 : known.attempts());
        return true;
    }

    private void forget(LogEntry entry) {
        progress.done(entry.offset());
        failures.forget(entry.offset());
        held--;
        bytes -= entry.size();
        budget.giveBack(entry.size());
    }

    /** Whether so much has left that it is worth reading on. */
    public boolean hasRoom() {
        return held <= terms.mostWaiting() / 2 && bytes <= terms.mostBytes() / 2;
    }

    /** The attempts to begin now. */
    public List<Send> due(long now) {
        List<Send> due = new ArrayList<>();
        crowdedOut = false;
        if (stopped) {
            return due;
        }
        lines.wake(now);
        Breaker.Permit permit = breaker.at(now);
        if (permit == Breaker.Permit.ONE_PROBE) {
            Optional.ofNullable(lines.probe()).ifPresent(line -> {
                breaker.probe();
                due.add(begin(List.of(line.waiting.remove()), line.attempts + 1, true, now));
            });
        } else if (permit == Breaker.Permit.ALL) {
            while (hasSlot() && pace.allows(now)) {
                if (!traffic.lets(flying.size())) {
                    crowdedOut = lines.hasReady();
                    break;
                }
                List<Waiting> changes = lines.next(terms.maxItems(), now - terms.maxWaitMillis());
                if (changes.isEmpty()) {
                    break;
                }
                int attempt = lines.held(changes.get(0).entry().key()).attempts + 1;
                due.add(begin(changes, attempt, false, now));
            }
        }
        return due;
    }

    private boolean hasSlot() {
        return flying.size() + settled.size() < terms.inFlight() && window.hasRoom(flying.size());
    }

    /** Whether it would begin more if others had fewer attempts open: it is to be asked again when one of theirs has ended. */
    public boolean isCrowdedOut() {
        return crowdedOut;
    }

    private Send begin(List<Waiting> changes, int attempt, boolean probe, long now) {
        pace.begin(now);
        Send send = new Send(++sends, changes, attempt, probe);
        traffic.began(flying.size());
        flying.put(send.number(), send);
        return send;
    }

    /** What follows from an attempt. A {@link Verdict.Disable} has stopped the lane. */
    public Verdict finished(Send send, Outcome outcome, long now) {
        if (flying.remove(send.number()) == null) {
            throw new IllegalStateException("this attempt is not under way");
        }
        traffic.ended(flying.size());
        if (outcome instanceof Outcome.Answered) {
            window.answered();
        } else {
            window.unanswered();
        }
        return switch (Reading.of(outcome)) {
            case DELIVERED -> delivered(send);
            case GONE -> disable(send, now, "the endpoint answered 410 Gone");
            case THROTTLED -> {
                long wish =
                        outcome instanceof Outcome.Answered answered ? answered.retryAfterMillis() : Outcome.NO_WISH;
                breaker.throttled(send.probe(), wish, now, random);
                yield failed(send, now);
            }
            case FAILED -> {
                breaker.failed(send.probe(), now, random);
                yield failed(send, now);
            }
        };
    }

    private Verdict delivered(Send send) {
        failures.worked();
        if (breaker.isResting()) {
            lines.wakeAll();
        }
        breaker.worked();
        settle(send);
        return new Verdict.Delivered();
    }

    private void settle(Send send) {
        send.entries().forEach(this::forget);
        settled.add(send);
    }

    private Verdict failed(Send send, long now) {
        if (now - failures.failed(now) >= DISABLE_AFTER_MILLIS) {
            return disable(send, now, "every attempt of five days failed");
        }
        List<Waiting> givenUp = new ArrayList<>();
        long again = Long.MAX_VALUE;
        for (Map.Entry<String, List<Waiting>> part : byKey(send).entrySet()) {
            Line line = lines.held(part.getKey());
            line.attempts++;
            if (now - part.getValue().get(0).sinceMillis() >= terms.giveUpAfterMillis()) {
                givenUp.addAll(part.getValue());
            } else {
                again = Math.min(again, putBack(line, part.getValue(), now));
            }
        }
        return givenUp.isEmpty() ? new Verdict.Again(again) : new Verdict.GivenUp(givenUp);
    }

    private long putBack(Line line, List<Waiting> changes, long now) {
        if (terms.newestOnly() && !line.waiting.isEmpty()) {
            changes.forEach(change -> forget(change.entry()));
            folded += changes.size();
        } else {
            line.putBack(changes);
        }
        failures.note(line.waiting.element(), line.attempts);
        line.retryAt = now + RetrySchedule.pauseMillis(line.attempts, random);
        lines.rest(line);
        return line.retryAt;
    }

    private Verdict disable(Send send, long now, String reason) {
        stopped = true;
        byKey(send).forEach((key, changes) -> {
            Line line = lines.held(key);
            line.putBack(changes);
            line.retryAt = now;
            lines.rest(line);
        });
        return new Verdict.Disable(reason);
    }

    private static Map<String, List<Waiting>> byKey(Send send) {
        Map<String, List<Waiting>> parts = new LinkedHashMap<>();
        send.changes().forEach(change -> parts.computeIfAbsent(change.entry().key(), key -> new ArrayList<>())
                .add(change));
        return parts;
    }

    /** These cannot go as one: each of them goes alone, at once. */
    public void apart(Send send, long now) {
        notBegun(send);
        byKey(send).forEach((key, changes) -> {
            Line line = lines.held(key);
            line.attempts++;
            line.putBack(changes);
            line.retryAt = now;
            lines.rest(line);
        });
    }

    /** These cannot go at all: they are given up, and the endpoint has nothing to do with it. */
    public Verdict.GivenUp setAside(Send send) {
        notBegun(send);
        return new Verdict.GivenUp(send.changes());
    }

    private void notBegun(Send send) {
        flying.remove(send.number());
        traffic.ended(flying.size());
        if (send.probe()) {
            breaker.notProbed();
        }
    }

    /** Changes that were given up lie safely with the dead letters. */
    public void buried(Verdict.GivenUp givenUp) {
        settle(new Send(++sends, givenUp.changes(), 0, false));
    }

    /**
     * What is to be committed.
     *
     * @param cursor how far the lane is
     * @param sends how many deliveries are under way no more once this is committed
     */
    public record Commit(Cursor cursor, int sends) {}

    /**
     * What is to be committed, if there is anything; one at a time.
     *
     * @param evenIfIdle whether it is worth a commit that only uninteresting changes went by, or that an attempt failed
     */
    public Optional<Commit> toCommit(boolean evenIfIdle) {
        boolean moved = evenIfIdle && (progress.position() != committedPosition || failures.haveChanged());
        return settled.isEmpty() && !moved ? Optional.empty() : Optional.of(new Commit(cursor(), settled.size()));
    }

    /** What is to be committed so that it does not expire, whether anything has moved or not. */
    public Commit asItStands() {
        return new Commit(cursor(), settled.size());
    }

    /** It is committed: its keys may go on. */
    public void committed(Commit commit) {
        committedPosition = commit.cursor().position();
        for (int i = 0; i < commit.sends(); i++) {
            byKey(settled.remove()).keySet().forEach(key -> lines.release(lines.held(key)));
        }
    }

    /** Begins nothing more; what is under way may end. */
    public void stop() {
        stopped = true;
    }

    /** Goes on after a pause, at once. */
    public void resume() {
        stopped = false;
        failures.worked();
        breaker.worked();
        lines.wakeAll();
    }

    /** Gives back the memory; the lane is not used any more. */
    public void close() {
        stopped = true;
        budget.giveBack(bytes);
        traffic.left(flying.size());
    }

    /** When {@link #due} should be asked again if nothing else happens; {@code Long.MAX_VALUE} for never. */
    public long wakeAt() {
        if (stopped || crowdedOut || lines.isEmpty() || !hasSlot()) {
            return Long.MAX_VALUE;
        }
        if (breaker.isResting()) {
            return breaker.isProbing() ? Long.MAX_VALUE : breaker.restsUntil();
        }
        long ready = Long.MAX_VALUE;
        if (lines.hasReady()) {
            ready = terms.maxItems() == 1 ? 0 : lines.oldestSince() + terms.maxWaitMillis();
        }
        return Math.max(Math.min(ready, lines.nextRetryAt()), pace.freeAt());
    }

    /** How far it is, as it would be committed now. */
    public Cursor cursor() {
        return progress.cursor(failures.kept(progress::isOpen));
    }

    /** Changes held: waiting, or under way. */
    public int held() {
        return held;
    }

    /** Attempts under way. */
    public int inFlight() {
        return flying.size();
    }

    /** Changes that were passed over because a newer one of their key waited. */
    public long folded() {
        return folded;
    }

    /** Whether the endpoint is being left alone. */
    public boolean isResting() {
        return breaker.isResting();
    }
}
