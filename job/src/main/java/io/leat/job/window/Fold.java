package io.leat.job.window;

import io.leat.core.Reading;
import io.leat.core.Series;
import io.leat.core.Window;
import io.leat.format.WindowJson;
import java.util.ArrayList;
import java.util.List;
import org.apache.datasketches.hll.HllSketch;

/**
 * What is known of one span of one group. Grows as readings come; in which order they come does not matter.
 *
 * <p>Sketches are kept in the order of the window's {@code distinct} values, series in that of the others.
 */
public final class Fold {

    /** About 1.6 % of standard error, at most 4 KB. */
    private static final int SKETCH_SIZE = 12;

    private long items;
    private final List<Series> series;
    private final List<HllSketch> sketches;

    private Fold(long items, List<Series> series, List<HllSketch> sketches) {
        this.items = items;
        this.series = series;
        this.sketches = sketches;
    }

    /** Nothing has come. */
    static Fold empty(Window window) {
        Fold fold = new Fold(0, new ArrayList<>(), new ArrayList<>());
        for (Window.Value value : window.values()) {
            if (value.of() == Window.Aggregate.DISTINCT) {
                fold.sketches.add(new HllSketch(SKETCH_SIZE));
            } else {
                fold.series.add(Series.EMPTY);
            }
        }
        return fold;
    }

    /** As it was written. */
    public static Fold of(long items, List<Series> series, List<byte[]> sketches) {
        List<HllSketch> read = new ArrayList<>();
        sketches.forEach(bytes -> read.add(HllSketch.heapify(bytes)));
        return new Fold(items, new ArrayList<>(series), read);
    }

    /** One that grows apart from this one. */
    public Fold copy() {
        List<HllSketch> copies = new ArrayList<>();
        sketches.forEach(sketch -> copies.add(sketch.copy()));
        return new Fold(items, new ArrayList<>(series), copies);
    }

    /** Takes one more item. */
    void add(Window window, Reading reading) {
        items++;
        int nextSeries = 0;
        int nextSketch = 0;
        for (int i = 0; i < window.values().size(); i++) {
            Window.Value declared = window.values().get(i);
            String value = reading.values().get(i);
            boolean counts = declared.field() == null || !value.equals(Reading.ABSENT);
            if (declared.of() == Window.Aggregate.DISTINCT) {
                if (counts) {
                    sketches.get(nextSketch).update(value);
                }
                nextSketch++;
            } else {
                if (counts) {
                    series.set(
                            nextSeries,
                            series.get(nextSeries).plus(new Series.Point(reading.eventTime(), reading.tie(), value)));
                }
                nextSeries++;
            }
        }
    }

    /** How many items it reflects. */
    public long items() {
        return items;
    }

    /** The series, in the order of the window's values. */
    public List<Series> series() {
        return List.copyOf(series);
    }

    /** The sketches as DataSketches writes them. */
    public List<byte[]> sketches() {
        return sketches.stream().map(HllSketch::toCompactByteArray).toList();
    }

    /** The window's values as JSON, in its order. */
    List<String> figures(Window window) {
        List<String> figures = new ArrayList<>();
        int nextSeries = 0;
        int nextSketch = 0;
        for (Window.Value value : window.values()) {
            if (value.of() == Window.Aggregate.DISTINCT) {
                // The estimate that does not depend on the order of arrival.
                figures.add(Long.toString(Math.round(sketches.get(nextSketch++).getCompositeEstimate())));
            } else {
                figures.add(WindowJson.figure(value.of(), series.get(nextSeries++)));
            }
        }
        return figures;
    }
}
