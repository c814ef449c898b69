package io.leat.app.status;

import io.leat.app.embedded.Figures;
import io.leat.app.embedded.Figures.Latency;
import io.leat.app.embedded.Room;
import io.leat.core.Tally;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the job of a feed does. Public API, see docs/status.md: what nobody has measured is {@code null}, never 0. */
final class JobJson {

    private JobJson() {}

    /**
     * All of it.
     *
     * @param inPerSecond scrapes read, over the last seconds
     * @param toldPerSecond changes told, over the last seconds
     */
    static ObjectNode write(Figures now, double inPerSecond, double toldPerSecond) {
        Tally tally = now.tally();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("as_of", Moments.text(now.at()));
        json.put("status", now.status());
        json.put("restarts", now.restarts());
        json.put("records", tally.in());
        json.put("records_per_second", inPerSecond);
        json.put("told", tally.changed());
        json.put("told_per_second", toldPerSecond);
        json.put("suppressed_share", tally.in() == 0 ? null : (Double) tally.suppressedShare());
        json.set("decided", decided(tally));
        json.put("waiting", now.order().waiting());
        json.put(
                "event_lag_seconds",
                now.newest().isNear()
                        ? (Double) Moments.seconds(
                                Math.max(0, now.at() - now.newest().millis()))
                        : null);
        json.set("unread", unread(now.behind()));
        json.put("busy", now.work().busy());
        json.put("backpressured", now.work().backpressured());
        json.set("checkpoint", checkpoint(now));
        ObjectNode latency = json.putObject("latency");
        latency.set("append_to_log", latency(now.latency().appended()));
        latency.set("extraction_to_log", latency(now.latency().extracted()));
        json.set("room", room(now.room()));
        return json;
    }

    private static ObjectNode decided(Tally tally) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("changed", tally.changed());
        json.put("unchanged", tally.unchanged());
        json.put("stale", tally.stale());
        json.put("seeded", tally.seeded());
        json.put("unsettled", tally.unsettled());
        json.put("held", tally.held());
        json.put("late", tally.late());
        json.put("dead", tally.dead());
        return json;
    }

    private static ObjectNode unread(Figures.Behind behind) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("records", behind.known() ? (Long) behind.records() : null);
        json.put("seconds", behind.known() ? (Double) Moments.seconds(behind.millis()) : null);
        json.put("partition", behind.known() && behind.partition() >= 0 ? (Integer) behind.partition() : null);
        return json;
    }

    private static ObjectNode checkpoint(Figures now) {
        Figures.Checkpoint last = now.checkpoint();
        boolean isAny = last.completed() > 0;
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("completed", last.completed());
        json.put("at", isAny ? Moments.text(last.completedAt()) : null);
        json.put("age_seconds", isAny ? (Double) Moments.seconds(Math.max(0, now.at() - last.completedAt())) : null);
        json.put("duration_seconds", isAny ? (Double) Moments.seconds(last.durationMillis()) : null);
        json.put("state_bytes", isAny ? (Long) last.stateBytes() : null);
        return json;
    }

    private static ObjectNode latency(Latency latency) {
        boolean isAny = latency.samples() > 0;
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("samples", latency.samples());
        json.put("p50_seconds", isAny ? (Double) Moments.exactSeconds(latency.p50Millis()) : null);
        json.put("p99_seconds", isAny ? (Double) Moments.exactSeconds(latency.p99Millis()) : null);
        return json;
    }

    private static ObjectNode room(Room room) {
        boolean isKnown = room.heapLimit() > 0;
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("heap_used_bytes", isKnown ? (Long) room.heapUsed() : null);
        json.put("heap_cleared_bytes", room.heap() > 0 ? (Long) room.heap() : null);
        json.put("heap_limit_bytes", isKnown ? (Long) room.heapLimit() : null);
        json.put("data_bytes", isKnown ? (Long) room.disk() : null);
        json.put("disk_free_bytes", isKnown ? (Long) room.diskFree() : null);
        return json;
    }
}
