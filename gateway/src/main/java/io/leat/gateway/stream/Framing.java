package io.leat.gateway.stream;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** How changes are laid out on the wire. Every frame says where a reader stands who has it. */
enum Framing {
    /** Server-sent events. A change is an event without a name, so that {@code onmessage} gets it. */
    SSE("text/event-stream") {
        @Override
        void hello(Buffer out) {
            out.appendString("retry: 2000\n\n");
        }

        @Override
        void change(Buffer out, byte[] value, String id) {
            out.appendString("id: ").appendString(id).appendString("\ndata: ");
            data(out, value, 0, NEXT_LINE);
            out.appendString("\n\n");
        }

        @Override
        void event(Buffer out, String name, Map<String, ?> members, String id) {
            out.appendString("id: ").appendString(id).appendString("\nevent: " + name + "\ndata: ");
            data(out, JSON.writeValueAsBytes(members), 0, NEXT_LINE);
            out.appendString("\n\n");
        }

        /** A block without data moves a reader's last id and fires nothing. */
        @Override
        void heartbeat(Buffer out, String id) {
            out.appendString(":\nid: ").appendString(id).appendString("\n\n");
        }
    },

    /** JSON Lines. A change is its line with {@code cursor} as a first member more. */
    LINES("application/x-ndjson") {
        @Override
        void hello(Buffer out) {}

        @Override
        void change(Buffer out, byte[] value, String id) {
            out.appendString("{\"cursor\":\"").appendString(id).appendString("\",");
            data(out, value, 1, SPACE);
            out.appendByte((byte) '\n');
        }

        @Override
        void event(Buffer out, String name, Map<String, ?> members, String id) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("cursor", id);
            line.put("event", name);
            line.putAll(members);
            out.appendBytes(JSON.writeValueAsBytes(line)).appendByte((byte) '\n');
        }

        @Override
        void heartbeat(Buffer out, String id) {
            event(out, "heartbeat", Map.of(), id);
        }
    };

    private static final JsonMapper JSON = new JsonMapper();
    private static final byte[] NEXT_LINE = "\ndata: ".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] SPACE = {' '};

    private final String mediaType;

    Framing(String mediaType) {
        this.mediaType = mediaType;
    }

    /** As it is named in headers. */
    String mediaType() {
        return mediaType;
    }

    /** What comes before all else. */
    abstract void hello(Buffer out);

    /** A change of the log. */
    abstract void change(Buffer out, byte[] value, String id);

    /** Something the reader has to know about the stream itself. */
    abstract void event(Buffer out, String name, Map<String, ?> members, String id);

    /** Nothing has happened. */
    abstract void heartbeat(Buffer out, String id);

    /** A line break within a value would end the frame. */
    private static void data(Buffer out, byte[] value, int start, byte[] lineBreak) {
        int from = start;
        for (int i = start; i < value.length; i++) {
            if (value[i] == '\n' || value[i] == '\r') {
                out.appendBytes(value, from, i - from).appendBytes(lineBreak);
                from = i + 1;
            }
        }
        out.appendBytes(value, from, value.length - from);
    }
}
