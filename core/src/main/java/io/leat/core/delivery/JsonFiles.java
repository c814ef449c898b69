package io.leat.core.delivery;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * JSON Lines in a directory or a bucket: files that are closed by time or size, and manifests that say which there are.
 *
 * @param path an absolute directory, or {@code s3://bucket} with or without a prefix
 * @param every how long a window of files is, counted from 1970 by the broker's clock
 * @param size bytes of changes, before compression, after which a file is closed ahead of its window's end
 * @param compression how files are compressed
 * @param by what sorts changes into directories
 * @param store how the bucket is reached; {@code null} for a directory
 */
public record JsonFiles(String path, Duration every, long size, Compression compression, By by, @Nullable Store store)
        implements Sink {

    public static final Duration SHORTEST = Duration.ofSeconds(1);
    public static final Duration LONGEST = Duration.ofHours(1);
    public static final Duration USUAL = Duration.ofSeconds(60);
    public static final long SMALLEST = 64L << 10;
    public static final long LARGEST = 1L << 30;
    public static final long USUAL_SIZE = 64L << 20;

    private static final Pattern BUCKET = Pattern.compile("s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[!-~&&[^\\\\]]*)?");

    public JsonFiles {
        boolean bucket = BUCKET.matcher(path).matches();
        if (!bucket && !path.startsWith("/")) {
            throw new IllegalArgumentException("a path is an absolute directory, or s3://bucket/prefix");
        }
        if (bucket != (store != null)) {
            throw new IllegalArgumentException("a bucket, and nothing else, is reached through a store");
        }
        if (every.compareTo(SHORTEST) < 0 || every.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a window of files is 1s to 1h long");
        }
        if (size < SMALLEST || size > LARGEST) {
            throw new IllegalArgumentException("a file is closed at 64KB to 1GB");
        }
    }

    /**
     * The same, written by somebody else.
     *
     * @throws IllegalStateException if it is a directory
     */
    public JsonFiles with(Login login) {
        if (store == null) {
            throw new IllegalStateException("nobody logs in to a directory");
        }
        Store other = new Store(store.endpoint(), store.region(), store.pathStyle(), login);
        return new JsonFiles(path, every, size, compression, by, other);
    }

    @Override
    public String kind() {
        return "files";
    }

    /** How files are compressed. */
    public enum Compression {
        GZIP(".gz"),
        ZSTD(".zst"),
        NONE("");

        private final String suffix;

        Compression(String suffix) {
            this.suffix = suffix;
        }

        /** What a file's name ends with. */
        public String suffix() {
            return suffix;
        }
    }

    /** What sorts changes into directories. */
    public enum By {
        /** Nothing. */
        NOTHING,
        /** The day of their event time, in UTC. */
        EVENT_DATE
    }

    /**
     * How a bucket is reached.
     *
     * @param endpoint the address of a store that is not Amazon's; {@code null} for theirs
     * @param region {@code null} to have it found as Amazon's tools do
     * @param pathStyle whether the bucket stands in the path of an address, not in its host
     * @param login {@code null} to have it found as Amazon's tools do
     */
    public record Store(@Nullable String endpoint, @Nullable String region, boolean pathStyle, @Nullable Login login) {}

    /**
     * Who asks.
     *
     * @param accessKey names who
     * @param secretKey proves it
     */
    public record Login(String accessKey, Secret secretKey) {}
}
