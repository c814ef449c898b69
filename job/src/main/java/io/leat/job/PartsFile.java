package io.leat.job;

import io.leat.core.drift.Parts;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a watch beside the job remembers, in a file. One that cannot be read is begun anew: then it is learned again. */
public final class PartsFile {

    private static final Logger LOG = LoggerFactory.getLogger(PartsFile.class);

    private final Path path;
    private final int layout;

    /** @param layout the number of the layout that is written, and read */
    public PartsFile(Path path, int layout) {
        this.path = path;
        this.layout = layout;
    }

    /** Gives what is there to {@code parts}; nothing if there is none, or of another layout. */
    public void read(Consumer<Parts> parts) {
        if (!Files.exists(path)) {
            return;
        }
        try {
            DataInputStream in = StateParts.in(Files.readAllBytes(path));
            if (in.readInt() == layout) {
                parts.accept(new StateParts.Read(in));
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("What was learned is not read from {}: {}", path, e.toString());
        }
    }

    /** Replaces the file, or leaves it as it is. */
    public void write(Consumer<Parts> parts) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            Path fresh = path.resolveSibling(path.getFileName() + ".new");
            Files.write(fresh, StateParts.write(layout, parts));
            Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("What was learned is not written to {}: {}", path, e.toString());
        }
    }
}
