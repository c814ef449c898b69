package io.leat.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Reads server-sent events as the standard says, from pieces cut anywhere. What was cut off before its blank line has
 * not happened. For one thread.
 */
public final class EventParser {

    private final Consumer<Event> events;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private String name = "";
    private String id;
    private volatile String lastId;

    /**
     * An event that has fired.
     *
     * @param name {@code message} if it had none
     */
    public record Event(String id, String name, String data) {}

    /**
     * @param lastId what a reconnecting reader begins with; empty for none
     * @param events given every event
     */
    public EventParser(String lastId, Consumer<Event> events) {
        this.lastId = lastId;
        this.id = lastId;
        this.events = events;
    }

    /** The id to come back with. */
    public String lastId() {
        return lastId;
    }

    /** The next bytes of the stream. Lines end with a line feed. */
    public void feed(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                line(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else {
                line.write(bytes[i]);
            }
        }
    }

    private void line(String text) {
        if (text.isEmpty()) {
            lastId = id;
            if (data.length() > 0) {
                events.accept(new Event(id, name.isEmpty() ? "message" : name, data.substring(0, data.length() - 1)));
            }
            name = "";
            data.setLength(0);
        } else if (text.startsWith("data:")) {
            data.append(value(text)).append('\n');
        } else if (text.startsWith("event:")) {
            name = value(text);
        } else if (text.startsWith("id:")) {
            id = value(text);
        }
    }

    private static String value(String text) {
        String value = text.substring(text.indexOf(':') + 1);
        return value.startsWith(" ") ? value.substring(1) : value;
    }
}
