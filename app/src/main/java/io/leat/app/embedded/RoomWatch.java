package io.leat.app.embedded;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures the room of this process, not more often than is worth it. What it raised an alarm about is written down, so that a
 * run that finds room again says so whatever became of the one before. Thread-safe.
 */
final class RoomWatch {

    private static final Logger LOG = LoggerFactory.getLogger(RoomWatch.class);
    private static final Pattern INDEX = Pattern.compile(".*\\d{20}\\.(time)?index");
    private static final long MEASURE_EVERY_MILLIS = 5_000;

    private final Path data;
    private final Path written;
    private final long stateLimit;
    private final BiConsumer<Alarm, Long> alarms;
    private final Set<Alarm.What> raised = EnumSet.noneOf(Alarm.What.class);
    private final Set<Alarm.What> before;
    private Room last = Room.UNKNOWN;
    private long measuredAt = Long.MIN_VALUE;

    /**
     * @param data the directory whose disk counts
     * @param written the file with what was raised; need not exist
     * @param stateLimit bytes the state may grow to
     * @param alarms gets what is raised or over, and when: milliseconds since 1970
     */
    RoomWatch(Path data, Path written, long stateLimit, BiConsumer<Alarm, Long> alarms) {
        this.data = data;
        this.written = written;
        this.stateLimit = stateLimit;
        this.alarms = alarms;
        this.before = read(written);
    }

    /** @param state bytes of the job's state */
    synchronized Room at(long nowMillis, long state) {
        if (nowMillis - MEASURE_EVERY_MILLIS >= measuredAt) {
            measuredAt = nowMillis;
            Room room = measure(state);
            for (Alarm alarm : Alarm.of(room, raised, before)) {
                tell(alarm, nowMillis);
            }
            last = room;
        }
        return last;
    }

    /** What is raised is written down before it is told, and what is over after that: a kill in between repeats it. */
    private void tell(Alarm alarm, long nowMillis) {
        if (alarm.isOver()) {
            LOG.info(alarm.sentence());
            alarms.accept(alarm, nowMillis);
            raised.remove(alarm.what());
            before.remove(alarm.what());
            write();
        } else {
            LOG.error(alarm.sentence());
            raised.add(alarm.what());
            write();
            alarms.accept(alarm, nowMillis);
        }
    }

    private void write() {
        Set<Alarm.What> all = EnumSet.copyOf(before);
        all.addAll(raised);
        try {
            Path parent = written.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.write(written, all.stream().map(Alarm.What::word).toList());
        } catch (IOException e) {
            LOG.warn(
                    "What was raised could not be written down: if this process ends, nobody will say that it is over",
                    e);
        }
    }

    private static Set<Alarm.What> read(Path written) {
        Set<Alarm.What> before = EnumSet.noneOf(Alarm.What.class);
        if (!Files.exists(written)) {
            return before;
        }
        try {
            List<String> words = Files.readAllLines(written);
            for (Alarm.What what : Alarm.What.values()) {
                if (words.contains(what.word())) {
                    before.add(what);
                }
            }
        } catch (IOException e) {
            LOG.warn("What was raised before cannot be read", e);
        }
        return before;
    }

    private Room measure(long state) {
        long heap = Heap.whenCleared();
        long used = Heap.used();
        long limit = Runtime.getRuntime().maxMemory();
        try {
            return new Room(
                    heap, used, limit, size(data), Files.getFileStore(data).getUsableSpace(), state, stateLimit);
        } catch (IOException | UncheckedIOException e) {
            return new Room(heap, used, limit, last.disk(), Long.MAX_VALUE, state, stateLimit);
        }
    }

    /**
     * Files come and go while one looks; what is gone takes no room. The broker's indexes are left out: each seems to
     * have ten megabytes, of which almost none are written, and what is adds less than a hundredth to its log.
     */
    static long size(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> !INDEX.matcher(file.toString()).matches())
                    .map(Path::toFile)
                    .filter(File::isFile)
                    .mapToLong(File::length)
                    .sum();
        }
    }
}
