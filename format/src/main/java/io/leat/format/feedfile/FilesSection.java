package io.leat.format.feedfile;

import io.leat.core.delivery.JsonFiles;
import io.leat.core.delivery.Secret;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code sinks[].files}. */
final class FilesSection {

    private static final String BUCKET = "s3://";
    private static final String PATH_HINT = "Write it like s3://bucket/prices, or /var/lib/prices.";
    private static final List<FeedKey> STORE =
            List.of(FilesKey.ENDPOINT, FilesKey.REGION, FilesKey.PATH_STYLE, FilesKey.ACCESS_KEY, FilesKey.SECRET_KEY);

    private final Path directory;
    private final Values values;
    private final Problems problems;
    private final SinkWords words;

    /** @param directory what paths are relative to */
    FilesSection(Path directory, Values values, Problems problems, SinkWords words) {
        this.directory = directory;
        this.values = values;
        this.problems = problems;
        this.words = words;
    }

    /** The files, {@code null} if there are none: that has been reported. */
    @Nullable
    JsonFiles read(Node node) {
        Section files = values.section(node, FilesKey.FILES.path());
        Node pathNode = files == null ? null : files.required(FilesKey.PATH);
        if (files == null) {
            return null;
        }
        Duration every = words.duration(files.get(FilesKey.EVERY), JsonFiles.SHORTEST, JsonFiles.LONGEST);
        long size = size(files.get(FilesKey.SIZE));
        JsonFiles.Compression compression = words.choice(
                files.get(FilesKey.COMPRESSION),
                "compression",
                JsonFiles.Compression.values(),
                JsonFiles.Compression.GZIP);
        JsonFiles.By by = words.choice(files.get(FilesKey.BY), "by", JsonFiles.By.values(), JsonFiles.By.NOTHING);
        Text path = pathNode == null ? null : values.text(pathNode);
        if (pathNode == null || path == null) {
            return null;
        }
        boolean bucket = path.value().startsWith(BUCKET);
        JsonFiles.Store store = bucket ? store(files) : null;
        if (!bucket) {
            STORE.forEach(key -> onlyForBuckets(files.get(key), key));
        }
        try {
            return new JsonFiles(
                    bucket
                            ? path.value()
                            : directory.resolve(path.value()).normalize().toString(),
                    every == null ? JsonFiles.USUAL : every,
                    size,
                    compression,
                    by,
                    store);
        } catch (InvalidPathException e) {
            problems.add(pathNode, ProblemCode.BAD_FILES_PATH, "This is no path of a directory.", PATH_HINT);
        } catch (IllegalArgumentException e) {
            problems.add(pathNode, ProblemCode.BAD_FILES_PATH, "This is no bucket with a prefix.", PATH_HINT);
        }
        return null;
    }

    private long size(@Nullable Node node) {
        Long bytes = node == null ? null : values.bytes(node);
        if (node == null || bytes == null) {
            return JsonFiles.USUAL_SIZE;
        }
        if (bytes < JsonFiles.SMALLEST || bytes > JsonFiles.LARGEST) {
            problems.add(node, ProblemCode.OUT_OF_RANGE, "The size is not between 64KB and 1GB.", "");
            return JsonFiles.USUAL_SIZE;
        }
        return bytes;
    }

    private void onlyForBuckets(@Nullable Node node, FeedKey key) {
        if (node != null) {
            problems.add(
                    node,
                    ProblemCode.BAD_FILES_PATH,
                    "'%s' means nothing for a directory.".formatted(key.word()),
                    "Leave it out, or write the path like s3://bucket/prices.");
        }
    }

    private JsonFiles.Store store(Section files) {
        Node endpointNode = files.get(FilesKey.ENDPOINT);
        String endpoint = endpointNode == null ? null : endpoint(endpointNode);
        String region = text(files.get(FilesKey.REGION));
        return new JsonFiles.Store(
                endpoint,
                region == null && endpoint != null ? "us-east-1" : region,
                words.yes(files.get(FilesKey.PATH_STYLE)),
                login(files));
    }

    private @Nullable String endpoint(Node node) {
        Text text = values.text(node);
        if (text == null) {
            return null;
        }
        try {
            URI uri = URI.create(text.value());
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (List.of("http", "https").contains(scheme) && uri.getHost() != null && uri.getUserInfo() == null) {
                return text.value();
            }
        } catch (IllegalArgumentException e) {
            // told below, as every other address that is none
        }
        problems.add(
                node,
                ProblemCode.BAD_FILES_PATH,
                "This is no address of a store.",
                "Write it like https://minio.example.com:9000.");
        return null;
    }

    private JsonFiles.@Nullable Login login(Section files) {
        Node accessNode = files.get(FilesKey.ACCESS_KEY);
        Node secretNode = files.get(FilesKey.SECRET_KEY);
        if ((accessNode == null) != (secretNode == null)) {
            problems.add(
                    accessNode == null ? files.node() : accessNode,
                    ProblemCode.BAD_FILES_PATH,
                    "'access_key' and 'secret_key' stand together.",
                    "Give both, or neither to have them found as Amazon's tools do.");
        }
        String access = text(accessNode);
        String secret = text(secretNode);
        return access == null || secret == null ? null : new JsonFiles.Login(access, new Secret(secret));
    }

    private @Nullable String text(@Nullable Node node) {
        Text text = node == null ? null : values.text(node);
        return text == null ? null : text.value();
    }
}
