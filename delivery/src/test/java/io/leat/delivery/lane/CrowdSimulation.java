package io.leat.delivery.lane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Many clients, several deliverers that share the partitions of a log, and one of them killed: the lanes that deliver, on
 * virtual time. A deliverer has so many processors, each attempt keeps one busy for a while, and what waits for one waits. The
 * partitions of the dead are taken over when its session is over, from what was committed.
 */
final class CrowdSimulation {

    private static final long SESSION_MILLIS = 10_000;
    private static final long COMMIT_MILLIS = 200;
    private static final int KEYS = 1_000;
    private static final int BODY = 500;
    private static final Terms TERMS = new Terms(32, 1, 0, false, 0, 3L * 86_400_000, 1_000, 4 << 20);

    /**
     * What is simulated.
     *
     * @param recipients clients that each change goes to, of all
     * @param attemptMicros for how long an attempt keeps a processor busy
     * @param processors of each deliverer
     * @param killedAt second in which the first deliverer dies
     */
    record Plan(
            int clients,
            int partitions,
            int deliverers,
            int changesPerSecond,
            int recipients,
            int seconds,
            int attemptMicros,
            int processors,
            int killedAt) {}

    /** What was seen from outside; latencies in milliseconds, of clients that answer well. */
    static final class Report {
        final Latencies calm = new Latencies();
        final Latencies struck = new Latencies();
        long attempts;
        long received;
        long repeated;
        long disorder;
        long missing;
        long mostBytes;
        int mostBehind;
        double busiest;
        long caughtUpAt;
    }

    /** Counted by the millisecond, up to ten minutes. */
    static final class Latencies {
        private final long[] counts = new long[600_001];
        private long all;

        void add(long millis) {
            counts[(int) Math.min(counts.length - 1, millis)]++;
            all++;
        }

        long quantile(double part) {
            long left = (long) Math.ceil(part * all);
            int at = 0;
            for (; at < counts.length - 1 && left > counts[at]; at++) {
                left -= counts[at];
            }
            return at;
        }
    }

    private record Event(long at, long order, Runnable what) {}

    private final class Deliverer {
        final Budget budget = new Budget(128L << 20);
        final Traffic traffic = new Traffic(MOST_ATTEMPTS);
        final long[] freeAt = new long[plan.processors()];
        final LinkedHashSet<Place> crowdedOut = new LinkedHashSet<>();
        boolean isDead;
        long busyMicros;

        /** The moment, in microseconds, at which an attempt that begins now leaves. */
        long leaves() {
            int processor = 0;
            for (int i = 1; i < freeAt.length; i++) {
                processor = freeAt[i] < freeAt[processor] ? i : processor;
            }
            freeAt[processor] = Math.max(freeAt[processor], now * 1_000) + plan.attemptMicros();
            busyMicros += plan.attemptMicros();
            return freeAt[processor];
        }
    }

    /** One client in one partition: its lane, while somebody serves it, and what is not known to be done. */
    private final class Place {
        final int client;
        final ArrayDeque<LogEntry> log = new ArrayDeque<>();
        final Map<String, Long> newest = new HashMap<>();
        Cursor committed = Cursor.at(0, 0);
        Deliverer by;
        Lane lane;
        boolean committing;
        long wake = Long.MAX_VALUE;

        Place(int client, Deliverer by) {
            this.client = client;
            serve(by);
        }

        void serve(Deliverer other) {
            by = other;
            lane = new Lane(TERMS, committed, by.budget, by.traffic, new SplittableRandom(client));
            committing = false;
            wake = Long.MAX_VALUE;
        }
    }

    static final int MOST_ATTEMPTS = 1_024;

    private final Plan plan;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final SplittableRandom random;
    private final List<Deliverer> deliverers = new ArrayList<>();
    private final Place[][] places;
    private final Report report = new Report();
    private long now;
    private long order;

    CrowdSimulation(Plan plan, long seed) {
        this.plan = plan;
        this.random = new SplittableRandom(seed);
        for (int i = 0; i < plan.deliverers(); i++) {
            deliverers.add(new Deliverer());
        }
        places = new Place[plan.partitions()][plan.clients()];
        for (int partition = 0; partition < plan.partitions(); partition++) {
            for (int client = 0; client < plan.clients(); client++) {
                places[partition][client] = new Place(client, deliverers.get(partition % plan.deliverers()));
            }
        }
    }

    /** One in thirty-two is slow, one in sixty-four silent, one in sixty-four refuses: each in its own way, all the time. */
    static boolean isGood(int client) {
        return client % 32 != 0 && client % 64 != 1 && client % 64 != 2;
    }

    private SimulatedReceiver.Reply reply(int client) {
        if (client % 32 == 0) {
            return SimulatedReceiver.status(200, 2_000);
        }
        if (client % 64 == 1) {
            return new SimulatedReceiver.Reply(
                    new Outcome.Failed(Outcome.Fault.TIMEOUT, ""), SimulatedReceiver.TIMEOUT);
        }
        return client % 64 == 2
                ? SimulatedReceiver.status(503, 30)
                : SimulatedReceiver.status(200, 20 + random.nextInt(80));
    }

    Report run() {
        at(0, () -> tell(0));
        at(plan.killedAt() * 1_000L, this::kill);
        long end = (plan.seconds() + 120) * 1_000L;
        for (Event event = events.poll(); event != null && event.at() < end; event = events.poll()) {
            now = event.at();
            event.what().run();
        }
        for (Place[] partition : places) {
            for (Place place : partition) {
                report.missing += isGood(place.client) ? place.log.size() : 0;
            }
        }
        for (Deliverer deliverer : deliverers) {
            report.busiest =
                    Math.max(report.busiest, deliverer.busyMicros / (plan.seconds() * 1e6 * plan.processors()));
        }
        return report;
    }

    private void at(long moment, Runnable what) {
        events.add(new Event(moment, order++, what));
    }

    private long toldAt(long offset) {
        return offset * 1_000 / plan.changesPerSecond();
    }

    private void tell(long offset) {
        int partition = (int) (offset % plan.partitions());
        String key = "k" + (offset / plan.partitions() % KEYS);
        LogEntry entry = new LogEntry(offset, key, "id" + offset, "update", "", new byte[BODY]);
        int first = random.nextInt(plan.clients());
        int step = plan.clients() / plan.recipients();
        for (int i = 0; i < plan.recipients(); i++) {
            Place place = places[partition][(first + i * step) % plan.clients()];
            place.log.add(entry);
            read(place);
        }
        if (toldAt(offset + 1) < plan.seconds() * 1_000L) {
            at(toldAt(offset + 1), () -> tell(offset + 1));
        }
    }

    private void read(Place place) {
        if (place.by.isDead) {
            return;
        }
        for (LogEntry entry : place.log) {
            if (entry.offset() >= place.lane.next()) {
                place.lane.reached(entry.offset());
                if (place.lane.wants(entry.offset()) && !place.lane.offer(entry, now)) {
                    break;
                }
            }
        }
        if (isGood(place.client)) {
            report.mostBehind = Math.max(report.mostBehind, place.log.size());
        }
        report.mostBytes = Math.max(report.mostBytes, place.by.budget.used());
        send(place);
    }

    private void send(Place place) {
        Lane lane = place.lane;
        if (place.by.isDead) {
            return;
        }
        for (Send send : lane.due(now)) {
            report.attempts++;
            SimulatedReceiver.Reply reply = reply(place.client);
            long there = place.by.leaves() / 1_000 + reply.afterMillis();
            at(Math.max(now, there), () -> answered(place, lane, send, reply.outcome()));
        }
        if (lane.isCrowdedOut()) {
            place.by.crowdedOut.add(place);
        }
        long wake = lane.wakeAt();
        if (wake != Long.MAX_VALUE && wake > now && wake != place.wake) {
            place.wake = wake;
            at(wake, () -> {
                if (place.lane == lane) {
                    send(place);
                }
            });
        }
    }

    private void answered(Place place, Lane lane, Send send, Outcome outcome) {
        if (Reading.of(outcome) == Reading.DELIVERED) {
            send.entries().forEach(entry -> receive(place, entry));
        }
        if (place.lane != lane || place.by.isDead) {
            return;
        }
        lane.finished(send, outcome, now);
        commit(place, lane);
        read(place);
        var waiting = place.by.crowdedOut.iterator();
        if (waiting.hasNext()) {
            Place next = waiting.next();
            waiting.remove();
            if (next.by == place.by) {
                send(next);
            }
        }
    }

    private void receive(Place place, LogEntry entry) {
        if (!isGood(place.client)) {
            return;
        }
        report.received++;
        long latency = now - toldAt(entry.offset());
        boolean isCalm = toldAt(entry.offset()) < plan.killedAt() * 1_000L - 2_000;
        (isCalm ? report.calm : report.struck).add(latency);
        if (!isCalm && latency > 1_000) {
            report.caughtUpAt = now;
        }
        Long before = place.newest.get(entry.key());
        if (before == null || before < entry.offset()) {
            place.newest.put(entry.key(), entry.offset());
        } else if (before == entry.offset()) {
            report.repeated++;
        } else {
            report.disorder++;
        }
    }

    private void commit(Place place, Lane lane) {
        if (!place.committing) {
            lane.toCommit(false).ifPresent(commit -> {
                place.committing = true;
                at(now + COMMIT_MILLIS, () -> {
                    if (place.lane == lane && !place.by.isDead) {
                        place.committing = false;
                        lane.committed(commit);
                        place.committed = commit.cursor();
                        while (!place.log.isEmpty()
                                && isDone(commit.cursor(), place.log.element().offset())) {
                            place.log.remove();
                        }
                        commit(place, lane);
                        read(place);
                    }
                });
            });
        }
    }

    private static boolean isDone(Cursor cursor, long offset) {
        return offset < cursor.end() && !cursor.open().contains(offset);
    }

    private void kill() {
        Deliverer dead = deliverers.get(0);
        dead.isDead = true;
        at(now + SESSION_MILLIS, () -> {
            int next = 1;
            for (Place[] partition : places) {
                if (partition[0].by == dead) {
                    Deliverer heir = deliverers.get(next);
                    next = next + 1 < deliverers.size() ? next + 1 : 1;
                    for (Place place : partition) {
                        place.serve(heir);
                        read(place);
                    }
                }
            }
        });
    }
}
