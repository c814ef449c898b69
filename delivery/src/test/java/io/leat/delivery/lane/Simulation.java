package io.leat.delivery.lane;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** One lane on virtual time: changes come at a steady pace, a scripted receiver answers, commits take a while. */
final class Simulation {

    static final int CHANGES = 15_000;
    static final int KEYS = 40;
    static final long EVERY_MILLIS = 20;
    private static final long COMMIT_MILLIS = 5;
    private static final long MOST_MILLIS = 8 * 86_400_000L;

    private record Event(long at, long order, Runnable what) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final RandomGenerator random = new SplittableRandom(1);
    private final SimulatedReceiver receiver;
    private final Lane lane;
    private final Map<String, Long> lastOffsets = new HashMap<>();
    private final List<Long> latencies = new ArrayList<>();
    private final Report report = new Report();
    private long now;
    private long events_;
    private long told;
    private long nextWake = Long.MAX_VALUE;
    private boolean committing;

    Simulation(Terms terms, SimulatedReceiver receiver) {
        this.receiver = receiver;
        this.lane = new Lane(terms, Cursor.at(0, 0), new Budget(64 << 20), new Traffic(1_024), new SplittableRandom(2));
    }

    /** What was seen from outside. */
    static final class Report {
        long attempts;
        long delivered;
        long givenUp;
        long folded;
        long disorder;
        int mostHeld;
        int mostInFlight;
        long p50;
        long p99;
        long endedAt;
        long done;
        String end = "all done";
    }

    Report run() {
        for (int i = 0; i < CHANGES; i++) {
            at(i * EVERY_MILLIS, () -> {
                told++;
                read();
            });
        }
        for (Event event = events.poll(); event != null && event.at() < MOST_MILLIS; event = events.poll()) {
            now = event.at();
            event.what().run();
        }
        latencies.sort(null);
        report.p50 = quantile(0.5);
        report.p99 = quantile(0.99);
        report.folded = lane.folded();
        report.done = lane.cursor().end() - lane.cursor().open().size();
        return report;
    }

    private long quantile(double q) {
        return latencies.isEmpty() ? -1 : latencies.get((int) Math.min(latencies.size() - 1, q * latencies.size()));
    }

    private void at(long moment, Runnable what) {
        events.add(new Event(moment, events_++, what));
    }

    private void read() {
        boolean roomNeeded = lane.next() < told - 1;
        while (lane.next() < told && (!roomNeeded || lane.hasRoom() || lane.next() == told - 1)) {
            long offset = lane.next();
            LogEntry entry = new LogEntry(offset, "k" + offset * 7 % KEYS, "id" + offset, "new", "", new byte[500]);
            if (!lane.offer(entry, now)) {
                break;
            }
        }
        report.mostHeld = Math.max(report.mostHeld, lane.held());
        send();
    }

    private void send() {
        for (Send send : lane.due(now)) {
            report.attempts++;
            SimulatedReceiver.Reply reply = receiver.reply(send.entries().get(0), now, random);
            at(now + reply.afterMillis(), () -> answered(send, reply.outcome()));
        }
        report.mostInFlight = Math.max(report.mostInFlight, lane.inFlight());
        long wake = lane.wakeAt();
        if (wake != Long.MAX_VALUE && wake > now && wake != nextWake) {
            nextWake = wake;
            at(wake, this::send);
        }
    }

    private void answered(Send send, Outcome outcome) {
        if (Reading.of(outcome) == Reading.DELIVERED) {
            send.entries().forEach(this::receive);
        }
        Verdict verdict = lane.finished(send, outcome, now);
        if (verdict instanceof Verdict.GivenUp givenUp) {
            report.givenUp += givenUp.changes().size();
            lane.buried(givenUp);
        } else if (verdict instanceof Verdict.Disable disable) {
            report.end = "disabled: " + disable.reason();
            report.endedAt = now;
        }
        commit();
        read();
    }

    private void receive(LogEntry entry) {
        report.delivered++;
        report.endedAt = now;
        latencies.add(now - entry.offset() * EVERY_MILLIS);
        Long before = lastOffsets.put(entry.key(), entry.offset());
        if (before != null && before >= entry.offset()) {
            report.disorder++;
        }
    }

    private void commit() {
        if (!committing) {
            lane.toCommit(false).ifPresent(commit -> {
                committing = true;
                at(now + COMMIT_MILLIS, () -> {
                    committing = false;
                    lane.committed(commit);
                    commit();
                    read();
                });
            });
        }
    }
}
