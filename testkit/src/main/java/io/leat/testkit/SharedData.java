package io.leat.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the shared recordings of real scrapes beside the checkout: {@code ../shared/data}. They are not part of the
 * repository; what needs them is skipped, visibly, where they are absent.
 */
public final class SharedData {

    /** The property that names the {@code shared} folder. */
    public static final String PROPERTY = "leat.shared";

    private SharedData() {}

    /** The {@code data} folder: named by the property, else in a {@code shared} beside the working directory or a parent. */
    public static Optional<Path> folder() {
        String named = System.getProperty(PROPERTY);
        if (named != null) {
            return Optional.of(Path.of(named, "data")).filter(Files::isDirectory);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path data = at.resolveSibling("shared").resolve("data");
            if (Files.isDirectory(data)) {
                return Optional.of(data);
            }
        }
        return Optional.empty();
    }

    /**
     * Whether the folder is there; prints a line if not. For {@code assumeTrue}.
     *
     * @param what is skipped without it
     */
    public static boolean isPresent(String what) {
        boolean present = folder().isPresent();
        if (!present) {
            System.out.println("SKIPPED " + what + ": ../shared is absent");
        }
        return present;
    }

    /**
     * A file of the folder.
     *
     * @throws IllegalStateException if the folder is absent
     */
    public static Path file(String name) {
        return folder().orElseThrow(() -> new IllegalStateException("../shared is absent"))
                .resolve(name);
    }

    /**
     * A folder of {@code ../shared/corpora}: tests that others wrote.
     *
     * @throws IllegalStateException if the folder is absent
     */
    public static Path corpus(String name) {
        return file("..").resolve("corpora").resolve(name).normalize();
    }
}
