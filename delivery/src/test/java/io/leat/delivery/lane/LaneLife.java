package io.leat.delivery.lane;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** A log read by a lane that is killed now and then, with a receiver that fails by chance; what the receiver saw of it. */
final class LaneLife {

    static final int LOG = 120;
    private static final int IN_FLIGHT = 4;
    private static final int KEYS = 7;
    private static final Terms TERMS = new Terms(IN_FLIGHT, 1, 0, false, 0, 1_000_000_000, 20, 1 << 20);

    private final RandomGenerator random;
    private final Fault fault;
    private final List<LogEntry> received = new ArrayList<>();
    private Cursor committed = Cursor.at(0, 0);
    private long now;

    /** What is wrong with the gateway around the lane. */
    enum Fault {
        NONE,
        /** Keys go on before the commit is there. */
        GOES_ON_BEFORE_THE_COMMIT,
        /** What is open below the newest offset is not written down. */
        FORGETS_WHAT_IS_OPEN,
        /** What is done above the oldest open offset is not written down. */
        FORGETS_WHAT_IS_DONE
    }

    /**
     * What a receiver saw.
     *
     * @param lost changes that never came
     * @param disorder times a key went back
     * @param repeats changes that came again after a death
     * @param allowed repeats that deaths explain
     */
    record Seen(int lost, int disorder, int repeats, int allowed) {}

    LaneLife(long seed, Fault fault) {
        this.random = new SplittableRandom(seed);
        this.fault = fault;
    }

    Seen live() {
        int deaths = 0;
        int repeats = 0;
        int allowed = 0;
        while (committed.position() < LOG) {
            allowed = IN_FLIGHT * deaths;
            repeats += life(deaths < 5, ids());
            deaths++;
        }
        return new Seen(LOG - ids().size(), disorder(), repeats, allowed);
    }

    private Set<String> ids() {
        Set<String> ids = new HashSet<>();
        received.forEach(entry -> ids.add(entry.id()));
        return ids;
    }

    private int disorder() {
        Map<String, Long> newest = new HashMap<>();
        int violations = 0;
        for (LogEntry entry : received) {
            Long before = newest.put(entry.key(), entry.offset());
            violations += before != null && entry.offset() < before ? 1 : 0;
        }
        return violations;
    }

    /** Until it is killed, or all is done; how many changes of earlier lives came again. */
    private int life(boolean mayDie, Set<String> before) {
        Lane lane = new Lane(
                TERMS,
                CursorText.read(committed.position(), CursorText.write(committed)),
                new Budget(1 << 20),
                new Traffic(2),
                new SplittableRandom(1));
        List<Send> flying = new ArrayList<>();
        int repeats = 0;
        while (committed.position() < LOG) {
            if (mayDie && random.nextInt(120) == 0) {
                return repeats;
            }
            now += random.nextInt(2_000);
            read(lane);
            flying.addAll(lane.due(now));
            if (!flying.isEmpty() && random.nextBoolean()) {
                Send send = flying.remove(random.nextInt(flying.size()));
                boolean taken = random.nextInt(4) > 0;
                if (taken) {
                    repeats += before.contains(send.entries().get(0).id()) ? 1 : 0;
                    received.addAll(send.entries());
                }
                boolean heard = taken && random.nextInt(8) > 0;
                if (taken && !heard) {
                    return repeats; // it dies before it hears
                }
                lane.finished(send, Outcome.Answered.of(heard ? 200 : 500), now);
            }
            if (random.nextInt(3) == 0) {
                lane.toCommit(true).ifPresent(commit -> commit(lane, commit));
            }
        }
        return repeats;
    }

    private void commit(Lane lane, Lane.Commit commit) {
        Cursor cursor = commit.cursor();
        if (fault != Fault.GOES_ON_BEFORE_THE_COMMIT || random.nextInt(10) == 0 || cursor.position() == LOG) {
            committed = switch (fault) {
                case FORGETS_WHAT_IS_OPEN -> Cursor.at(cursor.epoch(), cursor.end());
                case FORGETS_WHAT_IS_DONE -> Cursor.at(cursor.epoch(), cursor.position());
                default -> cursor;
            };
        }
        lane.committed(commit);
    }

    private void read(Lane lane) {
        while (lane.next() < LOG && random.nextInt(5) > 0) {
            long offset = lane.next();
            LogEntry entry = new LogEntry(offset, "k" + offset % KEYS, "id" + offset, "new", "", new byte[10]);
            if (!lane.wants(offset)) {
                lane.pass(offset);
            } else if (!lane.offer(entry, now)) {
                return;
            }
        }
        if (lane.next() == LOG) {
            lane.reached(LOG);
        }
    }
}
