package io.leat.gateway.ingest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Cuts a body into records without touching a byte of them: numbers stay as they were written. */
final class Records {

    static final int MAX_RECORDS = 10_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1_000)
                    .maxNumberLength(1_000)
                    .maxNameLength(64 * 1024)
                    .maxStringLength(16 << 20)
                    .build())
            .build();

    private Records() {}

    /** What may be sent. */
    enum Shape {
        /** An object, or an array of them. */
        JSON,
        /** One object a line. */
        LINES;

        /** The shape a media type names; {@code null} if it names none of them. */
        static @Nullable Shape of(@Nullable String contentType) {
            if (contentType == null) {
                return null;
            }
            String type = contentType.split(";", 2)[0].strip().toLowerCase(java.util.Locale.ROOT);
            return switch (type) {
                case "application/json" -> JSON;
                case "application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines" ->
                    LINES;
                default -> null;
            };
        }
    }

    /**
     * The records of a body.
     *
     * @return {@code null} if the body as a whole is not well formed, so that nothing in it can be told apart
     */
    static @Nullable List<byte[]> cut(byte[] body, Shape shape) {
        return shape == Shape.LINES ? lines(body) : json(body);
    }

    private static List<byte[]> lines(byte[] body) {
        List<byte[]> records = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= body.length && records.size() <= MAX_RECORDS; i++) {
            if (i == body.length || body[i] == '\n') {
                byte[] line = trimmed(body, from, i);
                if (line.length > 0) {
                    records.add(line);
                }
                from = i + 1;
            }
        }
        return records;
    }

    private static @Nullable List<byte[]> json(byte[] body) {
        byte[] whole = trimmed(body, 0, body.length);
        if (whole.length == 0 || whole[0] != '[') {
            return whole.length == 0 ? null : List.of(whole);
        }
        List<byte[]> records = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(tools.jackson.core.ObjectReadContext.empty(), whole)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_ARRAY && records.size() <= MAX_RECORDS) {
                if (parser.currentToken() == null) {
                    return null;
                }
                int from = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                parser.finishToken();
                records.add(trimmed(whole, from, (int) parser.currentLocation().getByteOffset()));
            }
            return records.size() > MAX_RECORDS || parser.nextToken() == null ? records : null;
        } catch (JacksonException | StackOverflowError e) {
            return null;
        }
    }

    private static byte[] trimmed(byte[] bytes, int from, int to) {
        int first = from;
        int end = to;
        while (first < end && isSpace(bytes[first])) {
            first++;
        }
        while (end > first && isSpace(bytes[end - 1])) {
            end--;
        }
        return Arrays.copyOfRange(bytes, first, end);
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }
}
