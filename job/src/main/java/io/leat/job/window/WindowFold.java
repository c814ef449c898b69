package io.leat.job.window;

import io.leat.core.EventProgress;
import io.leat.core.Feed;
import io.leat.core.Item;
import io.leat.core.Reading;
import io.leat.core.Window;
import io.leat.format.WindowJson;
import io.leat.format.WindowReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A feed's windows over items of one raw partition, in memory: what Flink must tell of them. */
public final class WindowFold {

    private final Feed feed;
    private final WindowReader reader;
    private long time = EventProgress.NEVER;
    private final Map<String, Span> spans = new TreeMap<>();

    private record Span(Window window, long start, String group, Fold fold) {}

    public WindowFold(Feed feed) {
        this.feed = feed;
        this.reader = new WindowReader(feed.windows());
    }

    /** Takes the next item. */
    public void take(Item item) {
        time = Math.max(time, Math.floorDiv(item.eventTime(), 1_000));
        for (Reading reading : reader.read(item, time)) {
            Window window = feed.windows().get(reading.window());
            long slide = window.slide().toMillis();
            long length = window.every().toMillis();
            long at = reading.eventTimeMillis();
            for (long start = Math.floorDiv(at, slide) * slide; start > at - length; start -= slide) {
                if (start + length + window.allowedLateness().toMillis() > reading.closed()) {
                    Span fresh = new Span(window, start, reading.group(), Fold.empty(window));
                    spans.computeIfAbsent(WindowJson.key(window, start, reading.group()), key -> fresh)
                            .fold()
                            .add(window, reading);
                }
            }
        }
    }

    /** The results of all spans that event time has passed, by their keys. */
    public List<String> told() {
        List<String> told = new ArrayList<>();
        for (Span span : spans.values()) {
            if (span.start() + span.window().every().toMillis() <= time) {
                told.add(WindowJson.write(
                        feed.name(),
                        span.window(),
                        span.start(),
                        span.group(),
                        span.fold().items(),
                        span.fold().figures(span.window())));
            }
        }
        return told;
    }
}
