package io.leat.format;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** W3C's {@code traceparent}: which trace a scrape belongs to. A header of the same name in HTTP and in Kafka. */
public final class Traceparent {

    /** The header's name. */
    public static final String HEADER = "traceparent";

    private static final int LENGTH = 55;
    private static final Pattern FORM = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private static final int TRACE_AT = 3;
    private static final int PARENT_AT = 36;
    private static final int FLAGS_AT = 53;
    private static final int HEX = 16;

    private Traceparent() {}

    /** The text if it is one; {@code null} otherwise: what is not well formed is as good as none. */
    public static @Nullable String of(@Nullable String text) {
        return text != null && text.length() == LENGTH && FORM.matcher(text).matches() ? text : null;
    }

    /** The same of a Kafka header's value. */
    public static @Nullable String of(byte @Nullable [] value) {
        return value == null || value.length != LENGTH ? null : of(new String(value, StandardCharsets.US_ASCII));
    }

    /** Whether whoever began the trace wants it recorded. */
    public static boolean isSampled(String traceparent) {
        return (Character.digit(traceparent.charAt(LENGTH - 1), HEX) & 1) == 1;
    }

    /** The id of the trace, 32 hexadecimal digits. */
    public static String traceId(String traceparent) {
        return traceparent.substring(TRACE_AT, PARENT_AT - 1);
    }

    /** The id of the span that it comes from, 16 hexadecimal digits. */
    public static String parentId(String traceparent) {
        return traceparent.substring(PARENT_AT, FLAGS_AT - 1);
    }

    /** The same trace, from another span. */
    public static String below(String traceparent, String spanId) {
        return traceparent.substring(0, PARENT_AT) + spanId + traceparent.substring(FLAGS_AT - 1);
    }
}
