package io.leat.delivery;

import io.leat.delivery.batch.BatchSink;
import io.leat.delivery.batch.SinkRefusal;
import io.leat.delivery.lane.LogEntry;
import io.leat.delivery.lane.Outcome;
import io.leat.format.ChangeJson;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Writes letters again to an end that takes changes in batches, one by one. Waits for the end; for one thread. */
final class BatchAgain implements Redrive.Sender {

    private final BatchSink sink;

    /** @param sink stays the caller's */
    BatchAgain(BatchSink sink) {
        this.sink = sink;
    }

    @Override
    public @Nullable Outcome send(Standing standing, Undelivered.Lying letter) {
        try {
            JsonNode change = ChangeJson.tree(letter.change());
            String refusal = sink.again(
                    letter.partition(),
                    new LogEntry(
                            letter.offset(),
                            letter.key(),
                            change.path("id").asString(""),
                            change.path("op").asString(""),
                            change.path("event_time").asString(""),
                            letter.change()));
            return refusal == null ? null : failed(refusal);
        } catch (IllegalArgumentException e) {
            return new Outcome.Failed(Outcome.Fault.CANNOT_BE_READ, "");
        } catch (IOException | SinkRefusal e) {
            return failed(String.valueOf(e.getMessage()));
        }
    }

    private static Outcome failed(String why) {
        return new Outcome.Failed(Outcome.Fault.NOT_TAKEN, why);
    }
}
