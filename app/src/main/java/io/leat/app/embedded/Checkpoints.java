package io.leat.app.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The complete checkpoints of a feed's earlier runs. Each run has a directory of its own, named by Flink's job id. */
final class Checkpoints {

    private static final String COMPLETE = "_metadata";

    private Checkpoints() {}

    /** The newest, if there is one. */
    static Optional<Path> newest(Path feedDir) {
        return complete(feedDir).stream().findFirst();
    }

    /** Removes all but the newest few of earlier runs. Shared state is left alone: newer checkpoints may build on it. */
    static void prune(Path feedDir, int keep) {
        complete(feedDir).stream().skip(keep).forEach(Checkpoints::delete);
    }

    private static List<Path> complete(Path feedDir) {
        if (!Files.isDirectory(feedDir)) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(feedDir, 3)) {
            return tree.filter(path -> path.endsWith(COMPLETE))
                    .sorted(Comparator.comparingLong(Checkpoints::writtenAt).reversed())
                    .map(Path::getParent)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long writtenAt(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path checkpoint) {
        try (Stream<Path> tree = Files.walk(checkpoint)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
