package io.leat.delivery.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.testkit.RandomSeed;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LaneTest {

    private static final Terms TERMS = new Terms(4, 1, 0, false, 0, 1_000_000_000, 20, 1 << 20);
    private static final Terms WIDE = new Terms(32, 1, 0, false, 0, 1_000_000_000, 100, 1 << 20);
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
            TreeMap<Long, Trials.Trial> trials = new TreeMap<>();
            open.stream()
                    .filter(offset -> random.nextInt(9) == 0)
                    .limit(30)
                    .forEach(offset -> trials.put(
                            offset, new Trials.Trial(1 + random.nextInt(20), 1_000L * random.nextInt(2_000_000_000))));
            Cursor cursor = new Cursor(
                    random.nextInt(3), end, open, new Trials(random.nextBoolean() ? -1 : 1_700_000_000_000L, trials));
            String text = CursorText.write(cursor);
            assertThat(text.length()).isLessThan(4_000);
            assertThat(CursorText.read(cursor.position(), text))
                    .as(seed.toString())
                    .isEqualTo(cursor);
        }
    }

    @Test
    void aCursorKeepsItsMarkAndWhatIsNoMarkCountsAsNone() {
        Cursor cursor = Cursor.at(3, 17).marked("Nm5-x_0aQ");
        assertThat(CursorText.read(17, CursorText.write(cursor))).isEqualTo(cursor);
        Cursor whole =
                new Cursor(1, 20, new TreeSet<>(Set.of(7L)), new Trials(1_700_000_000_000L, new TreeMap<>()), "mark");
        assertThat(CursorText.read(7, CursorText.write(whole))).isEqualTo(whole);
        assertThat(CursorText.read(17, CursorText.write(Cursor.at(3, 17)) + "~no mark"))
                .isEqualTo(Cursor.at(0, 17));
    }

    @Test
    void aCursorTooLargeForItsTextForgetsTheFarEndOnly() {
        TreeSet<Long> open = new TreeSet<>();
        for (long at = 0; at < 100_000; at += 200) {
            open.add(at * 77);
        }
        TreeMap<Long, Trials.Trial> trials = new TreeMap<>();
        open.forEach(offset -> trials.put(offset, new Trials.Trial(3, 1_700_000_000_000L - offset)));
        Cursor whole = new Cursor(0, 10_000_000, open, new Trials(1_700_000_000_000L, trials));
        String text = CursorText.write(whole);
        Cursor read = CursorText.read(0, text);
        assertThat(text.length()).isLessThan(4_000);
        assertThat(read.open()).isEqualTo(whole.open().headSet(read.end()));
        assertThat(read.trials().byOffset()).hasSizeGreaterThan(50);
        assertThat(CursorText.read(7, "not ours")).isEqualTo(Cursor.at(0, 7));
        assertThat(CursorText.read(7, "1:" + "x".repeat(50))).isNotNull();
    }

    @Test
    void attemptsAndPatienceOutliveAGateway() {
        Terms patient = new Terms(4, 1, 0, false, 0, 100_000, 20, 1 << 20);
        Lane first = lane(patient, Cursor.at(0, 0));
        first.offer(entry(0, "a"), 1_000);
        first.finished(first.due(1_000).get(0), BAD, 1_000);
        first.finished(first.due(5_000).get(0), BAD, 5_000);
        Cursor kept = first.toCommit(true).orElseThrow().cursor();

        Lane second = lane(patient, CursorText.read(kept.position(), CursorText.write(kept)));
        second.offer(entry(0, "a"), 60_000);
        Send third = second.due(60_000).get(0);
        assertThat(third.attempt()).isEqualTo(3);
        assertThat(second.finished(third, BAD, 60_000)).isInstanceOf(Verdict.Again.class);
        Send last = second.due(101_000).get(0);
        assertThat(second.finished(last, BAD, 101_000))
                .as("100 s after its first attempt, in another life")
                .isInstanceOf(Verdict.GivenUp.class);
    }

    @Test
    void fiveDaysOfFailuresDisableWhateverRestartsThereWere() {
        Cursor cursor = Cursor.at(0, 0);
        Verdict verdict = new Verdict.Delivered();
        long day = 86_400_000;
        for (int days = 0; days <= 5; days++) {
            Lane life = lane(new Terms(4, 1, 0, false, 0, 90 * day, 20, 1 << 20), cursor);
            life.offer(entry(0, "a"), days * day);
            verdict = life.finished(life.due(days * day).get(0), BAD, days * day + 1_000);
            cursor = CursorText.read(0, CursorText.write(life.cursor()));
        }
        assertThat(verdict).isInstanceOf(Verdict.Disable.class);
    }

    @Test
    void aClientThatDoesNotAnswerHoldsFewConnectionsAndOneThatDoesAsManyAsItMay() {
        Lane hanging = lane(WIDE, Cursor.at(0, 0));
        Lane answering = lane(WIDE, Cursor.at(0, 0));
        for (int i = 0; i < 64; i++) {
            hanging.offer(entry(i, "k" + i), 0);
            answering.offer(entry(i, "k" + i), 0);
        }
        List<Send> open = hanging.due(0);
        assertThat(open).hasSize(4);
        Outcome timeout = new Outcome.Failed(Outcome.Fault.TIMEOUT, "");
        open.forEach(send -> hanging.finished(send, timeout, 0));
        assertThat(hanging.due(0)).hasSize(1);

        for (int i = 0; i < 28; i++) {
            Send send = answering.due(0).get(0);
            answering.finished(send, OK, 0);
            answering.committed(answering.toCommit(false).orElseThrow());
        }
        assertThat(answering.inFlight() + answering.due(0).size()).isEqualTo(32);
    }

    @Test
    void aLaneIsLetThroughWhateverOthersHaveOpen() {
        Traffic traffic = new Traffic(2);
        Lane busy = new Lane(WIDE, Cursor.at(0, 0), new Budget(1 << 20), traffic, new SplittableRandom(1));
        Lane quiet = new Lane(WIDE, Cursor.at(0, 0), new Budget(1 << 20), traffic, new SplittableRandom(1));
        for (int i = 0; i < 10; i++) {
            busy.offer(entry(i, "k" + i), 0);
            quiet.offer(entry(i, "k" + i), 0);
        }
        List<Send> busyOnes = busy.due(0);
        assertThat(busyOnes).hasSize(3);
        assertThat(busy.isCrowdedOut()).isTrue();
        assertThat(quiet.due(0)).hasSize(1);
        assertThat(quiet.wakeAt()).as("it is woken by others").isEqualTo(Long.MAX_VALUE);
        busy.finished(busyOnes.get(0), OK, 0);
        assertThat(traffic.hasRoom()).isTrue();
        assertThat(quiet.due(0)).hasSize(1);
        busy.close();
        assertThat(quiet.due(0)).hasSize(1);
    }

    private static Lane lane(Terms terms, Cursor from) {
        return new Lane(terms, from, new Budget(1 << 20), new Traffic(100), new SplittableRandom(1));
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
