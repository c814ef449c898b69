package io.leat.gateway.webhook.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.testkit.RandomSeed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LaneTest {

    private static final Terms TERMS = new Terms(4, 1, 0, false, 0, 1_000_000_000, 20, 1 << 20);
    private static final Outcome OK = Outcome.Answered.of(200);
    private static final Outcome BAD = Outcome.Answered.of(500);

    private final Lane lane = lane(TERMS, Cursor.at(0, 0));

    @Test
    void aKeysNextChangeWaitsUntilTheLastOneIsCommitted() {
        lane.offer(entry(0, "a"), 0);
        lane.offer(entry(1, "a"), 0);
        Send first = lane.due(0).get(0);
        assertThat(lane.due(0)).isEmpty();

        lane.finished(first, OK, 1);
        assertThat(lane.due(1)).isEmpty();

        Lane.Commit commit = lane.toCommit(false).orElseThrow();
        assertThat(commit.cursor().position()).isEqualTo(1);
        lane.committed(commit);
        assertThat(offsets(lane.due(2))).containsExactly(1L);
    }

    @Test
    void noMoreIsUnderWayThanAllowedEvenIfDelivered() {
        for (int i = 0; i < 10; i++) {
            lane.offer(entry(i, "k" + i), 0);
        }
        List<Send> due = lane.due(0);
        assertThat(due).hasSize(4);
        due.forEach(send -> lane.finished(send, OK, 1));
        assertThat(lane.due(1)).isEmpty();
        lane.committed(lane.toCommit(false).orElseThrow());
        assertThat(lane.due(2)).hasSize(4);
    }

    @Test
    void aFailingKeyBlocksOnlyItself() {
        lane.offer(entry(0, "bad"), 0);
        lane.offer(entry(1, "good"), 0);
        lane.offer(entry(2, "bad"), 0);
        List<Send> due = lane.due(0);
        assertThat(offsets(due)).containsExactly(0L, 1L);
        lane.finished(due.get(0), BAD, 0);
        lane.finished(due.get(1), OK, 0);
        lane.committed(lane.toCommit(false).orElseThrow());
        assertThat(lane.due(700)).isEmpty();
        assertThat(lane.wakeAt()).isBetween(800L, 1_200L);
        Send again = lane.due(lane.wakeAt()).get(0);
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(offsets(List.of(again))).containsExactly(0L);
        assertThat(lane.cursor().position()).isZero();
        assertThat(lane.cursor().open()).containsExactly(0L, 2L);
    }

    @Test
    void aFullLaneRefusesAndRemembersNothingOfIt() {
        for (int i = 0; i < 20; i++) {
            assertThat(lane.offer(entry(i, "a"), 0)).isTrue();
        }
        assertThat(lane.offer(entry(20, "b"), 0)).isFalse();
        assertThat(lane.next()).isEqualTo(20);
        assertThat(lane.wants(20)).isTrue();
    }

    @Test
    void goneStopsTheLaneAndLosesNothing() {
        lane.offer(entry(0, "a"), 0);
        Verdict verdict = lane.finished(lane.due(0).get(0), Outcome.Answered.of(410), 0);
        assertThat(verdict).isInstanceOf(Verdict.Disable.class);
        assertThat(lane.due(1_000_000)).isEmpty();
        lane.resume();
        assertThat(offsets(lane.due(1_000_000))).containsExactly(0L);
    }

    @Test
    void retryAfterLetsTheWholeLaneRestAndOneProbesIt() {
        for (int i = 0; i < 3; i++) {
            lane.offer(entry(i, "k" + i), 0);
        }
        List<Send> due = lane.due(0);
        lane.finished(due.get(0), new Outcome.Answered(429, 60_000), 0);
        lane.offer(entry(3, "fresh"), 0);
        assertThat(lane.due(59_999)).isEmpty();
        List<Send> probe = lane.due(60_000);
        assertThat(probe).hasSize(1);
        assertThat(probe.get(0).probe()).isTrue();
        lane.finished(probe.get(0), OK, 60_100);
        assertThat(offsets(lane.due(60_100))).hasSize(1);
    }

    @Test
    void aCursorSurvivesItsText() {
        RandomSeed seed = RandomSeed.of("cursor text");
        RandomGenerator random = seed.random();
        for (int run = 0; run < 2_000; run++) {
            long position = random.nextLong(1L << 40);
            TreeSet<Long> open = new TreeSet<>();
            long end = position + random.nextInt(2_000);
            for (long at = position; at < end; at++) {
                if (random.nextInt(8) == 0) {
                    open.add(at);
                }
            }
            Cursor cursor = new Cursor(random.nextInt(3), end, open);
            String text = CursorText.write(cursor);
            assertThat(text.length()).isLessThan(4_000);
            assertThat(CursorText.read(cursor.position(), text))
                    .as(seed.toString())
                    .isEqualTo(cursor);
        }
    }

    @Test
    void aCursorTooLargeForItsTextForgetsTheFarEndOnly() {
        TreeSet<Long> open = new TreeSet<>();
        for (long at = 0; at < 100_000; at += 200) {
            open.add(at * 77);
        }
        Cursor whole = new Cursor(0, 10_000_000, open);
        String text = CursorText.write(whole);
        Cursor read = CursorText.read(0, text);
        assertThat(text.length()).isLessThan(4_000);
        assertThat(read.open()).isEqualTo(whole.open().headSet(read.end()));
        assertThat(CursorText.read(7, "not ours")).isEqualTo(Cursor.at(0, 7));
        assertThat(CursorText.read(7, "1:" + "x".repeat(50))).isNotNull();
    }

    @Test
    void whateverFailsAndDiesNothingIsLostReorderedOrRepeatedBeyondWhatWasUnderWay() {
        RandomSeed seed = RandomSeed.of("lane");
        RandomGenerator random = seed.random();
        for (int run = 0; run < 300; run++) {
            new RandomLife(random.nextLong(), seed).live();
        }
    }

    /** A log read by a lane that is killed now and then, with a receiver that fails by chance. */
    private static final class RandomLife {
        private static final int LOG = 120;
        private final RandomGenerator random;
        private final RandomSeed seed;
        private final List<LogEntry> received = new ArrayList<>();
        private Cursor committed = Cursor.at(0, 0);
        private long now;

        RandomLife(long value, RandomSeed seed) {
            this.random = new SplittableRandom(value);
            this.seed = seed;
        }

        void live() {
            int deaths = 0;
            int repeats = 0;
            while (committed.position() < LOG) {
                Set<String> before = ids();
                repeats += life(deaths < 5, before);
                assertThat(repeats).as(seed.toString()).isLessThanOrEqualTo(4 * deaths);
                deaths++;
            }
            assertThat(ids()).as(seed.toString()).hasSize(LOG);
            List<Long> newest = new ArrayList<>(java.util.Collections.nCopies(7, -1L));
            for (LogEntry entry : received) {
                int key = Integer.parseInt(entry.key().substring(1));
                assertThat(entry.offset()).as(seed.toString()).isGreaterThanOrEqualTo(newest.get(key));
                newest.set(key, entry.offset());
            }
        }

        private Set<String> ids() {
            Set<String> ids = new HashSet<>();
            received.forEach(entry -> ids.add(entry.id()));
            return ids;
        }

        private int life(boolean mayDie, Set<String> before) {
            Lane lane = lane(TERMS, CursorText.read(committed.position(), CursorText.write(committed)));
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
                    boolean received = random.nextInt(4) > 0;
                    if (received) {
                        repeats += before.contains(send.entries().get(0).id()) ? 1 : 0;
                        this.received.addAll(send.entries());
                    }
                    boolean heard = received && random.nextInt(8) > 0;
                    if (heard || !received) {
                        Verdict verdict = lane.finished(send, heard ? OK : BAD, now);
                        if (verdict instanceof Verdict.GivenUp) {
                            throw new AssertionError("given up too early");
                        }
                    } else {
                        return repeats; // it dies before it hears
                    }
                }
                if (random.nextInt(3) == 0) {
                    lane.toCommit(true).ifPresent(commit -> {
                        committed = commit.cursor();
                        lane.committed(commit);
                    });
                }
            }
            return repeats;
        }

        private void read(Lane lane) {
            while (lane.next() < LOG && random.nextInt(5) > 0) {
                long offset = lane.next();
                if (!lane.wants(offset)) {
                    lane.pass(offset);
                } else if (!lane.offer(entry(offset, "k" + offset % 7), now)) {
                    return;
                }
            }
            if (lane.next() == LOG) {
                lane.reached(LOG);
            }
        }
    }

    private static Lane lane(Terms terms, Cursor from) {
        return new Lane(terms, from, new Budget(1 << 20), new SplittableRandom(1));
    }

    private static LogEntry entry(long offset, String key) {
        return new LogEntry(offset, key, "id" + offset, "new", "", new byte[10]);
    }

    private static List<Long> offsets(List<Send> sends) {
        return sends.stream()
                .flatMap(send -> send.entries().stream())
                .map(LogEntry::offset)
                .toList();
    }
}
