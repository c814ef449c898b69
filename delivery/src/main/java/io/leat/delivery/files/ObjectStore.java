package io.leat.delivery.files;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where files are kept: each is made once, all of it at once, and never changed. Names are relative, with {@code /} between
 * directories. Waits for the store; thread-safe.
 */
interface ObjectStore extends AutoCloseable {

    /** The directory in which files are prepared. */
    Path spool() throws IOException;

    /**
     * Makes a file; once this returns it outlives a loss of power.
     *
     * @param content what it has; may be taken away
     * @param sha256 of it, in hexadecimal digits
     * @return false if there is a file of this name: it is as it was
     */
    boolean create(String name, Path content, String sha256) throws IOException;

    /** The SHA-256 of a file in hexadecimal digits; {@code null} if there is none, or nobody knows. */
    @Nullable
    String sha256(String name) throws IOException;

    /** What a small file has; {@code null} if there is none. */
    byte @Nullable [] read(String name) throws IOException;

    /** Fails if nothing can be kept there; may leave something that readers do not see. */
    void look() throws IOException;

    @Override
    void close();
}
