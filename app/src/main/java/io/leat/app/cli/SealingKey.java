package io.leat.app.cli;

import io.leat.app.exit.Failure;
import io.leat.format.webhook.SecretBox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/** The file whose bytes seal secrets. Only its owner may read it. */
final class SealingKey {

    private SealingKey() {}

    /**
     * Its bytes.
     *
     * @param make whether to make the file if it is not there
     */
    static byte[] read(Path file, boolean make) {
        try {
            if (make && !Files.exists(file)) {
                create(file);
            }
            byte[] key = Files.readAllBytes(file);
            if (key.length == SecretBox.KEY_BYTES) {
                return key;
            }
            throw unusable(file, "it does not have 32 bytes", null);
        } catch (IOException e) {
            throw unusable(file, "it cannot be read or made", e);
        }
    }

    private static void create(Path file) throws IOException {
        byte[] key = new byte[SecretBox.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rw-------");
        if (Files.getFileStore(parent == null ? Path.of("/") : parent).supportsFileAttributeView("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(owner));
            Files.write(file, key, StandardOpenOption.WRITE);
        } else {
            Files.write(file, key, StandardOpenOption.CREATE_NEW);
        }
    }

    private static Failure unusable(Path file, String why, @org.jspecify.annotations.Nullable Exception cause) {
        return Failure.environment(
                        "LEAT-425",
                        "The key '%s' that seals webhook secrets cannot be used: %s.".formatted(file, why),
                        "Give a file of 32 random bytes with --webhook-key FILE.")
                .because(cause);
    }
}
