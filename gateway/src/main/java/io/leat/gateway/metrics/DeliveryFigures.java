package io.leat.gateway.metrics;

import io.leat.delivery.SinkCounts;
import io.leat.delivery.Unanswered;
import io.leat.delivery.work.Keeper;
import io.leat.format.metrics.Metric;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * What deliveries of this process come to, with the work that makes them. Thread-safe.
 *
 * @param keeper keeps long-lived work at work
 * @param unanswered what conditions had no answer for
 * @param sinks what became of changes
 */
public record DeliveryFigures(Keeper keeper, Unanswered unanswered, SinkCounts sinks) implements Consumer<Reading> {

    /** Of a process that has delivered nothing yet. */
    public static DeliveryFigures none() {
        return new DeliveryFigures(new Keeper(), new Unanswered(), new SinkCounts());
    }

    @Override
    public void accept(Reading reading) {
        unanswered.each((subscriber, count) ->
                reading.tell(Metric.SINK_UNANSWERED, count, subscriber.feed(), subscriber.subscription()));
        sinks.each((sink, counts) -> {
            tell(reading, sink, counts);
            SinkCounts.Lanes lanes = sinks.lanes(sink.feed(), sink.name());
            reading.tell(Metric.SINK_LANES, lanes.served(), sink.feed(), sink.name());
            reading.tell(Metric.SINK_RESTING, lanes.resting(), sink.feed(), sink.name());
        });
        sinks.eachDelivered((sink, delivered) -> {
            reading.tell(Metric.SINK_BYTES, delivered.bytes(), sink.feed(), sink.name());
            durations(reading, Metric.SINK_LATENCY, delivered.fromLog(), sink);
            durations(reading, Metric.SINK_AGE, delivered.fromExtraction(), sink);
        });
        keeper.states().forEach((work, state) -> {
            reading.tell(Metric.WORK_ALIVE, state.alive() ? 1 : 0, work);
            reading.tell(Metric.WORK_DEATHS, state.deaths(), work);
        });
    }

    private static void durations(Reading reading, Metric metric, SinkCounts.Buckets all, SinkCounts.Sink sink) {
        double[] bounds =
                Arrays.stream(all.bounds()).mapToDouble(millis -> millis / 1e3).toArray();
        reading.tell(metric, bounds, all.counts(), all.sumMillis() / 1e3, sink.feed(), sink.name());
    }

    private static void tell(Reading reading, SinkCounts.Sink sink, SinkCounts.Counts counts) {
        reading.tell(Metric.SINK_TAKEN, counts.taken(), sink.feed(), sink.name());
        reading.tell(Metric.SINK_DONE, counts.delivered(), sink.feed(), sink.name(), "delivered");
        reading.tell(Metric.SINK_DONE, counts.undelivered(), sink.feed(), sink.name(), "undelivered");
        reading.tell(Metric.SINK_DONE, counts.filtered(), sink.feed(), sink.name(), "filtered");
        reading.tell(Metric.SINK_DONE, counts.folded(), sink.feed(), sink.name(), "folded");
        reading.tell(Metric.SINK_DONE, counts.returned(), sink.feed(), sink.name(), "returned");
        reading.tell(Metric.SINK_WAITING, counts.waiting(), sink.feed(), sink.name());
    }
}
