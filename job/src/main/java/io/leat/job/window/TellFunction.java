package io.leat.job.window;

import io.leat.core.Window;
import io.leat.format.WindowJson;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.windowing.WindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** Tells what is known of a span: the key and the value of an upsert. */
final class TellFunction implements WindowFunction<Fold, Tuple2<String, String>, String, TimeWindow> {

    private static final long serialVersionUID = 1L;

    private final String feed;
    private final Window window;

    TellFunction(String feed, Window window) {
        this.feed = feed;
        this.window = window;
    }

    @Override
    public void apply(String group, TimeWindow span, Iterable<Fold> folds, Collector<Tuple2<String, String>> out) {
        Fold fold = folds.iterator().next();
        out.collect(Tuple2.of(
                WindowJson.key(window, span.getStart(), group),
                WindowJson.write(feed, window, span.getStart(), group, fold.items(), fold.figures(window))));
    }
}
