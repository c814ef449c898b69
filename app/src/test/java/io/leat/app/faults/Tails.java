package io.leat.app.faults;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The ends of a dead broker's logs, as a loss of power may leave them. */
final class Tails {

    private static final int MOST_TORN = 1 << 20;
    private static final int FLIPPED_WITHIN = 1 << 14;
    private static final int FLIPS = 5;

    private Tails() {}

    /**
     * Cuts off or falsifies the last bytes of each partition of a feed's topics.
     *
     * @param isTorn whether they are cut off: 1 byte to 1 MB; else some bits are turned
     */
    static void spoil(Path data, String feed, boolean isTorn, RandomGenerator random) throws IOException {
        for (Path segment : lastSegments(data, feed)) {
            try (FileChannel file = FileChannel.open(segment, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                if (isTorn && file.size() > 0) {
                    file.truncate(Math.max(0, file.size() - 1 - random.nextInt(MOST_TORN)));
                } else {
                    flip(file, random);
                }
            }
        }
    }

    private static void flip(FileChannel file, RandomGenerator random) throws IOException {
        long size = file.size();
        for (int i = 0; i < FLIPS && size > 0; i++) {
            long at = size - 1 - random.nextLong(Math.min(size, FLIPPED_WITHIN));
            ByteBuffer one = ByteBuffer.allocate(1);
            file.read(one, at);
            one.put(0, (byte) (one.get(0) ^ (1 << random.nextInt(8)))).rewind();
            file.write(one, at);
        }
    }

    private static List<Path> lastSegments(Path data, String feed) throws IOException {
        try (Stream<Path> partitions = Files.list(data)) {
            return partitions
                    .filter(each -> each.getFileName().toString().matches(feed + "\\.(raw|changes)-\\d+"))
                    .map(Tails::lastSegment)
                    .toList();
        }
    }

    private static Path lastSegment(Path partition) {
        try (Stream<Path> files = Files.list(partition)) {
            return files.filter(each -> each.toString().endsWith(".log"))
                    .sorted()
                    .reduce((one, next) -> next)
                    .orElseThrow();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
