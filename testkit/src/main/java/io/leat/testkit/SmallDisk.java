package io.leat.testkit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of its own that is soon full, in memory. Needs the right to mount one. */
public final class SmallDisk implements AutoCloseable {

    private final Path dir;

    private SmallDisk(Path dir) {
        this.dir = dir;
    }

    /**
     * Whether one may be mounted here; prints a line if not. For {@code assumeTrue}.
     *
     * @param what is skipped without it
     */
    public static boolean isPossible(String what) throws IOException {
        Path probe = Files.createTempDirectory("small-disk");
        boolean possible = isDone("mount", "-t", "tmpfs", "-o", size(1), "tmpfs", probe.toString());
        if (possible) {
            new SmallDisk(probe).close();
        } else {
            System.out.println("SKIPPED " + what + ": a tmpfs cannot be mounted here");
        }
        Files.delete(probe);
        return possible;
    }

    /** Mounts one of so many megabytes at a directory. */
    public static SmallDisk mount(Path dir, int megabytes) throws IOException {
        if (!isDone("mount", "-t", "tmpfs", "-o", size(megabytes), "tmpfs", dir.toString())) {
            throw new IllegalStateException("nothing can be mounted at " + dir);
        }
        return new SmallDisk(dir);
    }

    /** Makes it larger. */
    public void grow(int megabytes) throws IOException {
        if (!isDone("mount", "-o", "remount," + size(megabytes), dir.toString())) {
            throw new IllegalStateException(dir + " does not grow");
        }
    }

    private static String size(int megabytes) {
        return "size=" + megabytes + "m";
    }

    private static boolean isDone(String... command) throws IOException {
        Process done = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return done.waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(command[0]);
        }
    }

    @Override
    public void close() throws IOException {
        isDone("umount", "-l", dir.toString());
    }
}
