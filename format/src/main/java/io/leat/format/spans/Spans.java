package io.leat.format.spans;

import io.leat.format.Traceparent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who hears of spans in this process: nobody, until the process is told to collect them. One for the process, because the stages of
 * a job are made by Flink, which hands them nothing. Thread-safe.
 */
public final class Spans {

    private static final int ID_BYTES = 8;

    private static volatile @Nullable Consumer<Span> listener;

    private Spans() {}

    /** Has somebody hear of each span, on the threads that do the work: it must return at once. {@code null} for nobody. */
    public static void tellTo(@Nullable Consumer<Span> hearer) {
        listener = hearer;
    }

    /** Whether somebody hears of spans. */
    public static boolean areHeard() {
        return listener != null;
    }

    /** Whether somebody hears of the spans of a trace: of none, where the trace is not sampled. */
    public static boolean areWanted(@Nullable String traceparent) {
        return listener != null && traceparent != null && Traceparent.isSampled(traceparent);
    }

    /** Tells a span. */
    public static void tell(Span span) {
        Consumer<Span> hearer = listener;
        if (hearer != null) {
            hearer.accept(span);
        }
    }

    /** An id that no other span has. */
    public static String newId() {
        long id = ThreadLocalRandom.current().nextLong();
        return HexFormat.of().toHexDigits(id == 0 ? 1 : id);
    }

    /**
     * The id of the span of a stage that is done once, however often it is repeated after a crash.
     *
     * @param parent the {@code traceparent} that the stage was given
     * @param subject what it is done to
     */
    public static String idOf(Span.Stage stage, String parent, String subject) {
        byte[] whole = (stage + "\n" + parent + "\n" + subject).getBytes(StandardCharsets.UTF_8);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(whole);
            return HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
