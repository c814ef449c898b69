package io.leat.core.delivery;

import io.leat.core.FieldPath;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One client's standing order: where its changes go, which of them, and on what terms.
 *
 * @param name unique within its feed; it becomes part of a consumer group's name
 * @param sink where they go
 * @param where a filter expression, {@code null} for every change
 * @param fields what is told of a change, as paths into it; empty for all of it
 * @param catchUp what a client gets that was away
 * @param from where a new subscription begins
 */
public record Subscription(
        String name, Sink sink, @Nullable String where, List<FieldPath> fields, CatchUp catchUp, From from) {

    /** The shape of a subscription's name. */
    public static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public Subscription {
        fields = List.copyOf(fields);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a subscription's name: " + name);
        }
    }

    /** What a client gets that was away or slow. */
    public enum CatchUp {
        /** Every change. */
        ALL,
        /** Of the changes of one key that wait, the newest. */
        LATEST
    }

    /** Where a new subscription begins. */
    public enum From {
        /** With the oldest change the log keeps. */
        EARLIEST,
        /** With what is told from now on. */
        NOW
    }

    /**
     * The webhook it goes to.
     *
     * @throws IllegalStateException if it goes elsewhere
     */
    public Webhook webhook() {
        if (sink instanceof Webhook webhook) {
            return webhook;
        }
        throw new IllegalStateException(name + " goes to " + sink.kind());
    }

    /** The same order sent elsewhere; what waits goes there. */
    public Subscription to(Sink other) {
        return new Subscription(name, other, where, fields, catchUp, from);
    }
}
