package io.leat.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The clock of day of a process, which can be put forward and back while that runs; libfaketime does it. */
public final class FalseClock {

    private final Path file;
    private final Path library;

    private FalseClock(Path file, Path library) {
        this.file = file;
        this.library = library;
    }

    /**
     * A clock that goes right for now; none, with a line that says so, where there is no libfaketime.
     *
     * @param file where it is set, in a directory that is there
     * @param what is skipped without it
     */
    public static Optional<FalseClock> at(Path file, String what) {
        Optional<Path> library = Stream.of("x86_64-linux-gnu", "aarch64-linux-gnu")
                .map(machine -> Path.of("/usr/lib", machine, "faketime", "libfaketimeMT.so.1"))
                .filter(Files::exists)
                .findFirst();
        if (library.isEmpty()) {
            System.out.println("SKIPPED " + what + ": libfaketime is not here");
        }
        return library.map(found -> {
            FalseClock clock = new FalseClock(file, found);
            clock.put(Duration.ZERO);
            return clock;
        });
    }

    /** A command under this clock. */
    public List<String> over(List<String> command) {
        List<String> all = new ArrayList<>(List.of(
                "env",
                "LD_PRELOAD=" + library,
                "FAKETIME_TIMESTAMP_FILE=" + file,
                "FAKETIME_CACHE_DURATION=1",
                "FAKETIME_DONT_FAKE_MONOTONIC=1",
                "FAKETIME_DONT_RESET=1",
                "DONT_FAKE_MONOTONIC=1"));
        all.addAll(command);
        return all;
    }

    /** Puts it that far from the right time; the process sees it within a second or so. */
    public void put(Duration away) {
        try {
            Path draft = file.resolveSibling(file.getFileName() + ".draft");
            Files.writeString(draft, (away.isNegative() ? "" : "+") + away.toSeconds() + "\n");
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
