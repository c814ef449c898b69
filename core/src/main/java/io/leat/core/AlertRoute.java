package io.leat.core;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the alerts of a feed go besides their topic.
 *
 * @param run a command and its arguments, in which <code>{site}</code> and the like stand for what an alert says; empty for none
 * @param to the names of sinks of the feed that are webhooks
 * @param quiet when nothing is told; {@code null} for never
 */
public record AlertRoute(List<String> run, List<String> to, @Nullable QuietHours quiet) implements Serializable {

    /** Nowhere else. */
    public static final AlertRoute NONE = new AlertRoute(List.of(), List.of(), null);

    public AlertRoute {
        run = List.copyOf(run);
        to = List.copyOf(to);
    }
}
