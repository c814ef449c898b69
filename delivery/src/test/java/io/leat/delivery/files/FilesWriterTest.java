package io.leat.delivery.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.core.delivery.JsonFiles;
import io.leat.delivery.batch.BatchLost;
import io.leat.delivery.batch.SinkRefusal;
import io.leat.testkit.FilesJudge;
import io.leat.testkit.PlainJson;
import io.leat.testkit.RandomSeed;
import io.leat.testkit.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What files hold after anything that can happen to a writer, by a judge that sees files and manifests alone. */
class FilesWriterTest {

    private static final long T = 1_764_064_800_000L; // 2025-11-25T10:00:00Z, the beginning of a window
    private static final long MINUTE = 60_000;

    @TempDir
    private Path dir;

    private final SimulatedLog log = new SimulatedLog();

    @Test
    void trap1AWindowIsClosedThoughNothingNewComes() throws IOException {
        SimulatedLane lane = lane(usual()).readAt(T);
        log.tell(T + 1, 3);
        lane.readAt(T);
        assertThat(judged().lines()).as("the window is not over").isEmpty();
        lane.readAt(T + MINUTE);
        assertThat(judged().lines()).hasSize(3);
        assertThat(lane.cursor()).isEqualTo(log.end());
        lane.readAt(T + 2 * MINUTE).readAt(T + 3 * MINUTE).readAt(T + 3 * MINUTE);
        FilesJudge.Verdict verdict = judged();
        assertThat(verdict.files()).as("nothing came: no file").isEqualTo(1);
        assertThat(verdict.completeUntil().values())
                .as("but the manifests go on")
                .containsExactly(Instant.ofEpochMilli(T + 3 * MINUTE));
    }

    @Test
    void trap2KilledAtAnyStepItHoldsEachChangeOnce() throws IOException {
        for (int window = 0; window < 4; window++) {
            log.tell(T + window * MINUTE, 50);
        }
        for (int step = 0; ; step++) {
            Path root = dir.resolve("step-" + step);
            int at = step / 2;
            boolean before = step % 2 == 0;
            FailingStore store =
                    new FailingStore(new LocalStore(root), call -> before && call == at, call -> !before && call == at);
            SimulatedLane lane = new SimulatedLane(log, usual(), store, 7);
            boolean killed = !reads(lane, T + 9 * MINUTE);
            if (killed) {
                lane.restart().readAt(T + 9 * MINUTE);
            }
            assertWhole(root);
            if (!killed) {
                assertThat(store.calls()).as("every step was one to die at").isGreaterThanOrEqualTo(8);
                return;
            }
        }
    }

    @Test
    void trap2WithTheCursorLostAfterTheManifestThereIsOneCopy() throws IOException {
        log.tell(T, 10).tell(T + MINUTE, 10);
        SimulatedLane lane = lane(usual());
        lane.readAndLoseTheCursor();
        lane.restart().readAt(T + 5 * MINUTE);
        assertWhole(dir);
        assertThat(judged().orphans()).isZero();
    }

    @Test
    void trap3AnOpenTransactionIsWaitedFor() throws IOException {
        log.tell(T, 3).begin().tell(T + 10, SimulatedLog.DAY);
        SimulatedLane lane = lane(usual()).readAt(T + MINUTE).readAt(T + 2 * MINUTE);
        assertThat(judged().manifests())
                .as("what is open may belong to the window")
                .isZero();
        log.commit();
        lane.readAt(T + 2 * MINUTE);
        assertWhole(dir);
        assertThat(judged().files()).isEqualTo(1);
    }

    @Test
    void trap4WhenAppendTimeStepsBackNothingIsReopened() throws IOException {
        log.tell(T + MINUTE, 3);
        SimulatedLane lane = lane(usual()).readAt(T + 2 * MINUTE);
        Map<String, String> before = contents();
        log.tell(T + MINUTE - 5, 2).tell(T + 1, 1);
        lane.readAt(T + 3 * MINUTE);
        assertWhole(dir);
        assertThat(contents()).containsAllEntriesOf(before);
    }

    @Test
    void trap4WhileAWindowIsOpenTimeStepsBackWithinIt() throws IOException {
        log.tell(T + MINUTE, 3).tell(T - 5 * MINUTE, 2).tell(T + MINUTE + 1, 1).tell(T + 2 * MINUTE, 1);
        lane(usual()).read();
        assertThat(judged().lines()).as("one window, by the running maximum").hasSize(6);
        assertThat(judged().files()).isEqualTo(1);
    }

    @Test
    void trap4AClockThatRanAheadHoldsNothingUpForLong() throws IOException {
        log.tell(T + 60 * MINUTE, 1);
        SimulatedLane lane = lane(usual()).readAt(T + 1);
        lane.readAt(T + MINUTE + 1);
        assertWhole(dir);
    }

    @Test
    void trap5AStoreThatFailsNowAndThenGetsEverythingOnce() throws IOException {
        RandomSeed seed = RandomSeed.of("files-store");
        RandomGenerator random = seed.random();
        for (int window = 0; window < 20; window++) {
            log.tell(T + window * MINUTE, random.nextInt(40));
        }
        FailingStore store =
                new FailingStore(new LocalStore(dir), call -> random.nextInt(4) == 0, call -> random.nextInt(4) == 0);
        SimulatedLane lane = new SimulatedLane(log, usual(), store, 11);
        while (!reads(lane, 0)) {
            if (random.nextInt(3) == 0) {
                lane.restart();
            }
        }
        while (judged().lines().size() < log.ids().size()) {
            try {
                lane.readAt(T + 60 * MINUTE);
            } catch (IOException e) {
                assertThat(e).hasMessageStartingWith("failed");
            }
        }
        assertWhole(dir);
    }

    @Test
    void trap7EndedWithinAWindowItLosesNothingAndLeavesNoTinyFile() throws IOException {
        log.tell(T, 5);
        SimulatedLane lane = lane(usual()).readAt(T + 1).close();
        assertThat(contents()).isEmpty();
        log.tell(T + 10, 5).tell(T + MINUTE, 1);
        lane.restart().read();
        assertThat(judged().files()).isEqualTo(1);
        lane.readAt(T + 9 * MINUTE);
        assertWhole(dir);
    }

    @Test
    void trap8LateEventDatesOpenNoOldFile() throws IOException {
        JsonFiles byDate = terms(JsonFiles.SMALLEST, JsonFiles.Compression.GZIP, JsonFiles.By.EVENT_DATE);
        log.tell(T, "2026-11-25T10:00:00Z").tell(T, "2026-11-24T23:59:59.999Z").tell(T + MINUTE, SimulatedLog.DAY);
        SimulatedLane lane = lane(byDate).read();
        Map<String, String> before = contents();
        assertThat(before.keySet().toString()).contains("date=2026-11-25/").contains("date=2026-11-24/");
        log.tell(T + 2 * MINUTE, "2026-11-24T10:00:00Z");
        lane.readAt(T + 9 * MINUTE);
        assertWhole(dir);
        assertThat(contents()).containsAllEntriesOf(before);
    }

    @Test
    void trap9AZombieThatGoesOnWritingChangesNothing() throws IOException {
        for (int window = 0; window < 12; window++) {
            log.tell(T + window * MINUTE, 9);
        }
        SimulatedLane zombie = new SimulatedLane(log, usual(), new LocalStore(dir), 4);
        SimulatedLane heir = new SimulatedLane(log, usual(), new LocalStore(dir), 100);
        heir.read();
        zombie.readAt(T + 20 * MINUTE);
        heir.readAt(T + 20 * MINUTE);
        assertWhole(dir);
        assertThat(judged().orphans()).isZero();
    }

    @Test
    void trap9OfTwoThatCutDifferentlyTheSecondGoesOnWhereTheFirstEnded() throws IOException {
        log.tell(T, 6);
        SimulatedLane first = lane(usual()).readAt(T + MINUTE);
        log.tell(T + 30, 4); // the broker's clock was behind: still of the window that was closed
        SimulatedLane second = lane(usual());
        second.readAt(T + 2 * MINUTE);
        first.readAt(T + 2 * MINUTE);
        second.readAt(T + 3 * MINUTE);
        assertWhole(dir);
        assertThat(judged().lines()).hasSize(10);
    }

    @Test
    void itIsCutBySizeAndByTooManyDirectories() throws IOException {
        log.tell(T, 3_000);
        lane(terms(JsonFiles.SMALLEST, JsonFiles.Compression.NONE, JsonFiles.By.NOTHING))
                .readAt(T + MINUTE);
        assertThat(judged().files()).isGreaterThan(2);
        assertWhole(dir);
    }

    @Test
    void whatNobodyAsksForStandsInNoFileAndIsPassed() throws IOException {
        log.tellUnwanted(T).tellUnwanted(T + 1);
        SimulatedLane lane = lane(usual()).readAt(T + MINUTE);
        assertThat(lane.cursor()).isEqualTo(log.end());
        assertThat(judged().files()).isZero();
        log.tellUnwanted(T + MINUTE).tell(T + MINUTE, 2);
        lane.readAt(T + 2 * MINUTE);
        assertWhole(dir);
    }

    @Test
    void theSameLogGivesTheSameBytesHoweverItIsRead() throws IOException {
        for (int window = 0; window < 3; window++) {
            log.tell(T + window * MINUTE, 200);
        }
        new SimulatedLane(log, usual(), new LocalStore(dir.resolve("a")), 7).readAt(T + 9 * MINUTE);
        new SimulatedLane(log, usual(), new LocalStore(dir.resolve("b")), 1_000).readAt(T + 9 * MINUTE);
        assertThat(contents(dir.resolve("a"))).isEqualTo(contents(dir.resolve("b")));
    }

    @Test
    void aManifestThatIsNoneStopsItWithACode() throws IOException {
        log.tell(T, 2);
        Place place = new Place("shop", "archive", "log", 0, 3, 4);
        Path manifest = dir.resolve(place.manifest(0));
        Files.createDirectories(manifest.getParent());
        Files.writeString(manifest, "{}");
        assertThatThrownBy(() -> lane(usual()).readAt(T + MINUTE))
                .isInstanceOf(SinkRefusal.class)
                .hasMessageContaining("LEAT-521");
    }

    @Test
    void theJudgeSeesWhatIsMissingTwiceOrNotWhole() throws IOException {
        log.tell(T, 5);
        lane(usual()).readAt(T + MINUTE);
        Path manifest = only("_manifests");
        Path file = only("data");
        byte[] whole = Files.readAllBytes(file);
        Path copy = Files.copy(manifest, manifest.resolveSibling("000000000000009.json"));
        assertThat(judged().faults()).as("told twice").isNotEmpty();
        Files.delete(copy);
        assertThat(judged().faults()).isEmpty();
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 9));
        assertThatThrownBy(this::judged).as("cut off").isInstanceOf(IOException.class);
        Files.delete(file);
        assertThat(judged().faults()).as("missing").isNotEmpty();
    }

    /** What could not be prepared is read from the log again; half a line is in no file. */
    @Test
    void aFullDiskCostsTimeAndNothingElse() throws Exception {
        assumeTrue(SmallDisk.isPossible("files on a full disk"));
        Path root = Files.createDirectory(dir.resolve("small"));
        try (SmallDisk disk = SmallDisk.mount(root, 1)) {
            log.tell(T, 2_000).tell(T + MINUTE, 18_000);
            JsonFiles plain = terms(JsonFiles.SMALLEST, JsonFiles.Compression.NONE, JsonFiles.By.NOTHING);
            SimulatedLane lane = new SimulatedLane(log, plain, new LocalStore(root), 500);
            int failures = 0;
            while (!readsOrBeginsAnew(lane)) {
                assertThat(FilesJudge.judge(root).faults()).isEmpty();
                if (++failures == 3) {
                    disk.grow(20);
                }
            }
            assertThat(failures).isEqualTo(3);
            assertWhole(root);
        }
    }

    private static boolean readsOrBeginsAnew(SimulatedLane lane) {
        try {
            lane.readAt(T + 9 * MINUTE);
            return true;
        } catch (BatchLost e) {
            lane.restart();
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void whatAKilledWriterLeftIsTakenAwayAfterADay() throws IOException {
        Path spool = new LocalStore(dir).spool();
        Path old = Files.createFile(spool.resolve("spool-1.part"));
        Path young = Files.createFile(spool.resolve("spool-2.part"));
        Files.setLastModifiedTime(
                old, FileTime.fromMillis(T - Duration.ofDays(2).toMillis()));
        Files.setLastModifiedTime(young, FileTime.fromMillis(T - MINUTE));
        lane(usual()).readAt(T);
        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    private Path only(String directory) throws IOException {
        try (Stream<Path> all = Files.walk(dir.resolve(directory))) {
            return all.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
    }

    private static boolean reads(SimulatedLane lane, long nowMillis) {
        try {
            lane.readAt(nowMillis);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private SimulatedLane lane(JsonFiles terms) {
        return new SimulatedLane(log, terms, new LocalStore(dir), 100);
    }

    private static JsonFiles usual() {
        return terms(JsonFiles.USUAL_SIZE, JsonFiles.Compression.GZIP, JsonFiles.By.NOTHING);
    }

    private static JsonFiles terms(long size, JsonFiles.Compression compression, JsonFiles.By by) {
        return new JsonFiles("/nowhere", Duration.ofMinutes(1), size, compression, by, null);
    }

    private FilesJudge.Verdict judged() throws IOException {
        return FilesJudge.judge(dir);
    }

    private void assertWhole(Path root) throws IOException {
        FilesJudge.Verdict verdict = FilesJudge.judge(root);
        assertThat(verdict.faults()).isEmpty();
        Set<String> ids = verdict.lines().stream()
                .map(line -> PlainJson.parse(line).get("id").stringValue())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(List.copyOf(ids)).isEqualTo(log.ids());
    }

    private Map<String, String> contents() throws IOException {
        return contents(dir);
    }

    private static Map<String, String> contents(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            List<Path> files = all.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains(".spool"))
                    .toList();
            return files.stream()
                    .collect(Collectors.toMap(file -> root.relativize(file).toString(), file -> {
                        try {
                            return Sha256.of(file);
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    }));
        }
    }
}
