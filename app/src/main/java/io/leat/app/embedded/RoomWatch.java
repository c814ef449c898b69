package io.leat.app.embedded;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures the room of this process, not more often than is worth it. For one thread. */
final class RoomWatch {

    private static final Logger LOG = LoggerFactory.getLogger(RoomWatch.class);
    private static final Pattern INDEX = Pattern.compile(".*\\d{20}\\.(time)?index");
    private static final long MEASURE_EVERY_MILLIS = 5_000;

    private final Path data;
    private final long stateLimit;
    private final BiConsumer<Alarm, Long> alarms;
    private Room last = Room.UNKNOWN;
    private long measuredAt = Long.MIN_VALUE;

    /**
     * @param stateLimit bytes the state may grow to
     * @param alarms gets what is raised or over, and when: milliseconds since 1970
     */
    RoomWatch(Path data, long stateLimit, BiConsumer<Alarm, Long> alarms) {
        this.data = data;
        this.stateLimit = stateLimit;
        this.alarms = alarms;
    }

    /** @param state bytes of the job's state */
    Room at(long nowMillis, long state) {
        if (nowMillis - MEASURE_EVERY_MILLIS >= measuredAt) {
            measuredAt = nowMillis;
            Room room = measure(state);
            for (Alarm alarm : Alarm.between(last, room)) {
                raise(alarm);
                alarms.accept(alarm, nowMillis);
            }
            last = room;
        }
        return last;
    }

    private static void raise(Alarm alarm) {
        if (alarm.isOver()) {
            LOG.info(alarm.sentence());
        } else {
            LOG.error(alarm.sentence());
        }
    }

    private Room measure(long state) {
        long heap = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage afterCollection = pool.getCollectionUsage();
            if (pool.getType() == MemoryType.HEAP && afterCollection != null) {
                heap += afterCollection.getUsed();
            }
        }
        try {
            return new Room(
                    heap,
                    Runtime.getRuntime().maxMemory(),
                    size(data),
                    Files.getFileStore(data).getUsableSpace(),
                    state,
                    stateLimit);
        } catch (IOException | UncheckedIOException e) {
            return new Room(heap, Runtime.getRuntime().maxMemory(), last.disk(), Long.MAX_VALUE, state, stateLimit);
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
