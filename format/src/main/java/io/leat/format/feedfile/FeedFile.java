package io.leat.format.feedfile;

import io.leat.core.Feed;
import io.leat.core.delivery.Subscription;
import io.leat.format.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a feed file. Thread-safe. */
public final class FeedFile {

    static final int MOST_BYTES = 256 * 1024;

    private FeedFile() {}

    /** What a feed file says. */
    public sealed interface Outcome {}

    /**
     * It declares a feed.
     *
     * @param sinks the subscriptions the file declares
     * @param warnings what may not be meant, sorted by place
     */
    public record Valid(Feed feed, List<Subscription> sinks, List<Problem> warnings) implements Outcome {
        public Valid {
            sinks = List.copyOf(sinks);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * It does not.
     *
     * @param problems everything that is wrong, sorted by place; at least one
     */
    public record Invalid(List<Problem> problems) implements Outcome {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Reads a feed file and the files it names. Never throws for what is in them, and no problem quotes a variable's value.
     *
     * @param file as the person named it; paths in it are relative to its directory
     * @param environment the value of a variable, {@code null} if it is not set
     */
    public static Outcome read(Path file, UnaryOperator<@Nullable String> environment) {
        return read(file, environment, Reach.UNKNOWN);
    }

    /** The same, with a warning for each webhook that nothing will ever be delivered to. */
    public static Outcome read(Path file, UnaryOperator<@Nullable String> environment, Reach reach) {
        Problems problems = new Problems(file.toString());
        String text = text(file, problems);
        Node root = text == null ? null : Yaml.read(text, problems);
        FeedReader.Declared declared = null;
        if (root != null) {
            try {
                Path directory = file.toAbsolutePath().getParent();
                Path base = directory == null ? file.toRealPath() : directory.toRealPath();
                declared =
                        new FeedReader(base, new References(base, environment, problems), reach, problems).read(root);
            } catch (IOException e) {
                unreadable(problems, "The directory of the file cannot be read.");
            }
        }
        return declared == null
                ? new Invalid(problems.errors())
                : new Valid(declared.feed(), declared.sinks(), problems.warnings());
    }

    private static @Nullable String text(Path file, Problems problems) {
        if (!Files.exists(file)) {
            unreadable(problems, "The file does not exist.");
            return null;
        }
        if (Files.isDirectory(file)) {
            unreadable(problems, "This is a directory, not a feed file.");
            return null;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                problems.add(
                        Optional.empty(),
                        ProblemCode.OVER_LIMIT,
                        "The file is longer than 262144 bytes.",
                        "A feed file declares one feed; its data goes elsewhere.");
                return null;
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            problems.add(Optional.empty(), ProblemCode.NOT_YAML, "The file is not text in UTF-8.", "Save it as UTF-8.");
        } catch (IOException e) {
            unreadable(problems, "The file cannot be read.");
        }
        return null;
    }

    private static void unreadable(Problems problems, String message) {
        problems.add(Optional.empty(), ProblemCode.FILE_UNREADABLE, message, "Check the path and its permissions.");
    }
}
