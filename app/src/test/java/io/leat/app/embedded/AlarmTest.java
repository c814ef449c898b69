package io.leat.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Feed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlarmTest {

    private static final long FREE = 100L << 30;

    @TempDir
    private Path dir;

    private static Room room(long heap, long diskFree, long state) {
        return new Room(heap, heap + 50, 1_000, 5, diskFree, state, 4_000);
    }

    private static List<Alarm> between(Room before, Room now) {
        Set<Alarm.What> raised = Alarm.of(before, Set.of(), Set.of()).stream()
                .filter(alarm -> !alarm.isOver())
                .map(Alarm::what)
                .collect(Collectors.toSet());
        return Alarm.of(now, raised, Set.of());
    }

    @Test
    void anAlarmIsRaisedAtThreeQuartersAndOnce() {
        Room calm = room(749, FREE, 2_999);
        assertThat(between(Room.UNKNOWN, calm)).isEmpty();
        Room full = room(750, FREE, 3_000);
        assertThat(between(calm, full))
                .containsExactly(
                        new Alarm(Alarm.What.MEMORY, false, 750, 1_000),
                        new Alarm(Alarm.What.STATE, false, 3_000, 4_000));
        assertThat(between(full, room(999, FREE, 3_999))).isEmpty();
    }

    @Test
    void itIsOverWhenThereIsRoomAgain() {
        assertThat(between(room(800, 1, 100), room(100, FREE, 100)))
                .containsExactly(
                        new Alarm(Alarm.What.MEMORY, true, 100, 1_000),
                        new Alarm(Alarm.What.DISK, true, FREE, Room.DISK_ALARM));
    }

    @Test
    void aDiskThatGetsFullIsTold() {
        assertThat(between(room(1, Room.DISK_ALARM, 1), room(1, Room.DISK_ALARM - 1, 1)))
                .singleElement()
                .satisfies(alarm -> assertThat(alarm.sentence()).contains("disk", "2147483647 bytes are left"));
    }

    @Test
    void stateWithoutALimitIsNeverTooLarge() {
        Room endless = new Room(1, 51, 1_000, 5, FREE, Long.MAX_VALUE / 2, Feed.State.NO_LIMIT);
        assertThat(between(Room.UNKNOWN, endless)).isEmpty();
    }

    @Test
    void theWatchTellsWhatItMeasuresAndWhen() {
        List<String> told = new ArrayList<>();
        RoomWatch watch = watch(told);
        watch.at(10_000, 100);
        watch.at(12_000, 900);
        assertThat(told).as("it looks every five seconds").doesNotContain("STATE@12000");
        watch.at(15_000, 900);
        assertThat(told).contains("STATE@15000");
    }

    @Test
    void whatARunThatWasKilledHasRaisedTheNextOneEnds() {
        List<String> told = new ArrayList<>();
        watch(told).at(10_000, 900);
        assertThat(told).contains("STATE@10000");

        RoomWatch after = watch(told);
        after.at(20_000, 0);
        assertThat(told).as("the state was not measured yet").doesNotContain("STATE over@20000");
        after.at(30_000, 100);
        assertThat(told).contains("STATE over@30000");
        after.at(40_000, 100);
        watch(told).at(50_000, 100);
        assertThat(told.stream().filter(each -> each.startsWith("STATE"))).hasSize(2);
    }

    @Test
    void whatIsStillShortAfterAKillIsRaisedAgainAndOverOnce() {
        List<String> told = new ArrayList<>();
        watch(told).at(10_000, 900);
        RoomWatch after = watch(told);
        after.at(20_000, 900);
        after.at(30_000, 100);
        assertThat(told.stream().filter(each -> each.startsWith("STATE")))
                .containsExactly("STATE@10000", "STATE@20000", "STATE over@30000");
    }

    private RoomWatch watch(List<String> told) {
        return new RoomWatch(
                dir,
                dir.resolve("alarms/prices"),
                1_000,
                (alarm, at) -> told.add(alarm.what() + (alarm.isOver() ? " over@" : "@") + at));
    }
}
