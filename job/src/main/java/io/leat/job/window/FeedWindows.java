package io.leat.job.window;

import io.leat.core.Feed;
import io.leat.core.Item;
import io.leat.core.Reading;
import io.leat.core.Window;
import io.leat.job.wire.WireType;
import java.util.Locale;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The windows of a feed: a branch beside the change decision, which it cannot hinder. */
public final class FeedWindows {

    private FeedWindows() {}

    /**
     * Adds the operators of all windows of a feed; of a feed without windows, none.
     *
     * @param results takes keys and values of upserts; at least once is enough
     */
    public static void describe(DataStream<Item> items, Feed feed, Sink<Tuple2<String, String>> results) {
        if (feed.windows().isEmpty()) {
            return;
        }
        DataStream<Reading> readings = items.transform(
                        "readings",
                        WireType.READING,
                        new ReadingOperatorFactory(feed.windows(), feed.time().order()))
                .uid("readings");
        for (int i = 0; i < feed.windows().size(); i++) {
            Window window = feed.windows().get(i);
            int place = i;
            readings.filter(reading -> reading.window() == place)
                    .keyBy(Reading::group, Types.STRING)
                    .window(new OpenSpans(
                            window, new SilenceTrigger(feed.time().order().idleAfter())))
                    .allowedLateness(window.allowedLateness())
                    .aggregate(
                            new FoldFunction(window),
                            new TellFunction(feed.name(), window),
                            WireType.FOLD,
                            Types.TUPLE(Types.STRING, Types.STRING))
                    .name("window " + window.name())
                    .uid(uid(window))
                    .sinkTo(results)
                    .name("results " + window.name())
                    .uid("results-" + window.name());
        }
    }

    /** A window that is declared anew begins anew: what was folded for the former one does not fit it. */
    private static String uid(Window window) {
        return String.format(
                Locale.ROOT, "window-%s-%08x", window.name(), window.toString().hashCode());
    }
}
