package io.leat.delivery.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A directory. A file appears by a hard link to one that is whole and on the disk, which fails if the name is taken: no
 * reader sees half of it, and no two writers both make it.
 */
final class LocalStore implements ObjectStore {

    private static final String SPOOL = ".spool";

    private final Path root;

    LocalStore(Path root) {
        this.root = root;
    }

    @Override
    public Path spool() throws IOException {
        Path spool = root.resolve(SPOOL);
        makeDirectory(spool);
        return spool;
    }

    @Override
    public boolean create(String name, Path content, String sha256) throws IOException {
        force(content, StandardOpenOption.WRITE);
        Path file = root.resolve(name);
        Path directory = directory(file);
        makeDirectory(directory);
        try {
            Files.createLink(file, content);
        } catch (FileAlreadyExistsException e) {
            force(directory, StandardOpenOption.READ);
            return false;
        }
        force(directory, StandardOpenOption.READ);
        return true;
    }

    private void makeDirectory(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory(directory);
        makeDirectory(parent);
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
        force(parent, StandardOpenOption.READ);
    }

    private static Path directory(Path file) throws IOException {
        Path parent = file.getParent();
        if (parent == null) {
            throw new NoSuchFileException(file.toString());
        }
        return parent;
    }

    private static void force(Path path, StandardOpenOption mode) throws IOException {
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }

    @Override
    public @Nullable String sha256(String name) throws IOException {
        try {
            return Sha256.of(root.resolve(name));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    @Override
    public byte @Nullable [] read(String name) throws IOException {
        try {
            return Files.readAllBytes(root.resolve(name));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    @Override
    public void look() throws IOException {
        Files.delete(Files.createTempFile(spool(), "look", ""));
    }

    @Override
    public void close() {
        // holds nothing
    }
}
