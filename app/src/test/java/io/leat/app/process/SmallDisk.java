package io.leat.app.process;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A file system of its own that is soon full, in memory. Needs the right to mount one. */
public final class SmallDisk implements AutoCloseable {

    private final Path dir;

    private SmallDisk(Path dir) {
        this.dir = dir;
    }

    /** Mounts one of so many megabytes at a directory; skips the test, with a line, where that is not allowed. */
    public static SmallDisk mount(Path dir, int megabytes) throws IOException, InterruptedException {
        Assumptions.assumeTrue(isDone("mount", "-t", "tmpfs", "-o", size(megabytes), "tmpfs", dir.toString()), () -> {
            System.out.println("SKIPPED a full disk: a tmpfs cannot be mounted here");
            return "no tmpfs";
        });
        return new SmallDisk(dir);
    }

    /** Makes it larger. */
    public void grow(int megabytes) throws IOException, InterruptedException {
        if (!isDone("mount", "-o", "remount," + size(megabytes), dir.toString())) {
            throw new IllegalStateException(dir + " does not grow");
        }
    }

    private static String size(int megabytes) {
        return "size=" + megabytes + "m";
    }

    private static boolean isDone(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        isDone("umount", "-l", dir.toString());
    }
}
