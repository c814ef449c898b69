package io.leat.app.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures the room of this process, not more often than is worth it. For one thread. */
final class RoomWatch {

    private static final Logger LOG = LoggerFactory.getLogger(RoomWatch.class);
    private static final long MEASURE_EVERY_MILLIS = 5_000;

    private final Path data;
    private Room last = Room.UNKNOWN;
    private long measuredAt = Long.MIN_VALUE;

    RoomWatch(Path data) {
        this.data = data;
    }

    Room at(long nowMillis) {
        if (nowMillis - MEASURE_EVERY_MILLIS >= measuredAt) {
            measuredAt = nowMillis;
            Room room = measure();
            warn(room);
            last = room;
        }
        return last;
    }

    private void warn(Room room) {
        if (room.isShortOfMemory() && !last.isShortOfMemory()) {
            LOG.error(
                    "Memory is getting short: {} of {} bytes of heap are in use. Start with a larger heap, or with"
                            + " 'state: disk' in the feed file.",
                    room.heap(),
                    room.heapLimit());
        }
        if (room.isShortOfDisk() && !last.isShortOfDisk()) {
            LOG.error("The disk is getting full: {} bytes are left for {}.", room.diskFree(), data);
        }
    }

    private Room measure() {
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
                    size(),
                    Files.getFileStore(data).getUsableSpace());
        } catch (IOException | UncheckedIOException e) {
            return new Room(heap, Runtime.getRuntime().maxMemory(), last.disk(), Long.MAX_VALUE);
        }
    }

    /** Files come and go while one looks; what is gone takes no room. */
    private long size() throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
