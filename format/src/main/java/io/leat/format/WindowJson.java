package io.leat.format;

import io.leat.core.Series;
import io.leat.core.Window;
import io.leat.format.json.CanonicalText;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A window's result as JSON: a record of {@code <feed>.windows}. Public API, see docs/reference/change.md. */
public final class WindowJson {

    private static final long MICROS_PER_MILLI = 1_000;

    private WindowJson() {}

    /**
     * What a result replaces: all results of one window, span and group have this text for their record's key.
     *
     * @param startMillis when the span begins, milliseconds since 1970
     * @param group canonical JSON array
     */
    public static String key(Window window, long startMillis, String group) {
        return "[\"%s\",\"%s\",%s]".formatted(window.name(), time(startMillis), group);
    }

    /**
     * The result.
     *
     * @param items how many items it reflects; also its revision: what replaces it reflects more
     * @param figures the window's values as JSON, in its order
     */
    public static String write(
            String feed, Window window, long startMillis, String group, long items, List<String> figures) {
        StringBuilder out = new StringBuilder(256);
        out.append("{\"feed\":\"").append(feed);
        out.append("\",\"window\":\"").append(window.name());
        out.append("\",\"start\":\"").append(time(startMillis));
        out.append("\",\"end\":\"").append(time(startMillis + window.every().toMillis()));
        out.append("\",\"key\":").append(group);
        out.append(",\"revision\":").append(items);
        out.append(",\"values\":{");
        for (int i = 0; i < figures.size(); i++) {
            out.append(i == 0 ? "\"" : ",\"").append(window.values().get(i).name());
            out.append("\":").append(figures.get(i));
        }
        return out.append("}}").toString();
    }

    /**
     * A figure as JSON; {@code null} as text if there is nothing to compute it from.
     *
     * @throws IllegalArgumentException for {@link Window.Aggregate#DISTINCT}, which a series does not know
     */
    public static String figure(Window.Aggregate aggregate, Series series) {
        return switch (aggregate) {
            case COUNT -> Long.toString(series.count());
            case SUM -> CanonicalText.plain(series.sum());
            case AVG -> number(series.mean());
            case MIN -> number(series.least());
            case MAX -> number(series.greatest());
            case FIRST -> value(series.first());
            case LAST -> value(series.last());
            case RATE -> number(series.rate());
            case DISTINCT -> throw new IllegalArgumentException("a series does not count what is distinct");
        };
    }

    private static String number(@Nullable BigDecimal number) {
        return number == null ? "null" : CanonicalText.plain(number);
    }

    private static String value(Series.@Nullable Point point) {
        return point == null ? "null" : point.value();
    }

    private static String time(long millis) {
        return EventTimes.format(millis * MICROS_PER_MILLI);
    }
}
