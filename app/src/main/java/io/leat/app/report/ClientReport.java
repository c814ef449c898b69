package io.leat.app.report;

import io.leat.delivery.AttemptLog;
import io.leat.delivery.Desk;
import io.leat.delivery.Standing;
import io.leat.format.webhook.Filter;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What one client got of the changes that were told in a span of time. For one thread. */
final class ClientReport {

    private final Standing standing;
    private final @Nullable Filter filter;
    private final Map<Integer, Long> positions;
    private final Set<String> undelivered;
    private final Latencies fromLog = new Latencies();
    private final Latencies fromExtraction = new Latencies();
    private long wanted;
    private long filtered;
    private long waiting;
    private long givenUp;
    private long bytes;
    private long attempts;
    private long failed;

    ClientReport(Desk desk, Standing standing) {
        String where = standing.subscription().where();
        this.standing = standing;
        this.filter = where == null ? null : Filter.compile(where);
        this.positions = desk.positions(standing);
        this.undelivered =
                new HashSet<>(desk.undelivered(standing.subscription().name()));
    }

    /** A change was told in the span. */
    void told(int partition, long offset, String id, JsonNode change, int size) {
        if (filter != null && !filter.matches(change).orElse(false)) {
            filtered++;
            return;
        }
        wanted++;
        bytes += size;
        if (undelivered.contains(id)) {
            givenUp++;
        } else if (offset >= positions.getOrDefault(partition, 0L)) {
            waiting++;
        }
    }

    /** Reads what was attempted; after all was told. */
    void attempts(Desk desk, Span span, ToldTimes times) {
        desk.attempts().each(new AttemptLog.Wanted(List.of(standing), false, span.fromMillis()), attempt -> {
            long at = moment(attempt.path("at").asString(""));
            if (!span.has(at) || attempt.path("attempt").asInt(0) == 0) {
                return;
            }
            attempts++;
            if (!attempt.path("result").asString("").equals("delivered")) {
                failed++;
                return;
            }
            long done = at + attempt.path("took_ms").asLong(0);
            int partition = attempt.path("partition").asInt(-1);
            JsonNode offsets = attempt.path("offsets");
            if (offsets.isArray()) {
                offsets.forEach(offset -> delivered(times.at(partition, offset.asLong(-1)), done));
            } else {
                delivered(times.at(partition, attempt.path("offset").asLong(-1)), done);
            }
        });
    }

    private void delivered(ToldTimes.@Nullable Told told, long done) {
        if (told != null) {
            fromLog.add(done - told.appendedMillis());
            if (Reporting.isNear(told)) {
                fromExtraction.add(done - told.eventMillis());
            }
        }
    }

    private static long moment(String text) {
        return text.isEmpty() ? Long.MIN_VALUE : Instant.parse(text).toEpochMilli();
    }

    /** @param rawBytes of all records that came in */
    ObjectNode json(long rawBytes) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("client", standing.subscription().name());
        json.put("kind", standing.subscription().sink().kind());
        json.put("wanted", wanted);
        json.put("filtered_out", filtered);
        json.put("delivered", wanted - waiting - givenUp);
        json.put("waiting", waiting);
        json.put("undelivered", givenUp);
        json.put("bytes", bytes);
        json.put("bytes_saved", Math.max(0, rawBytes - bytes));
        json.put("attempts", attempts);
        json.put("failed_attempts", failed);
        json.set("log_to_client", fromLog.json());
        json.set("extraction_to_client", fromExtraction.json());
        return json;
    }
}
