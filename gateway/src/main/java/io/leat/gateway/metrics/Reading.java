package io.leat.gateway.metrics;

import io.leat.format.metrics.Metric;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One look at all figures. For one thread. */
public final class Reading {

    private final Map<Metric, Map<Labels, Value>> values = new EnumMap<>(Metric.class);

    /** What was told of a metric, for one set of labels. */
    public sealed interface Value {}

    /** Of a counter or a gauge. */
    public record One(double value) implements Value {}

    /**
     * Of a histogram.
     *
     * @param bounds upper bounds of the buckets; the last is infinite
     * @param counts of each bucket, those below not included
     * @param sum of all values
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Sizes(double[] bounds, long[] counts, double sum) implements Value {}

    /** Hears of what was told. */
    public interface Listener {
        /** @param labels their values, in the metric's order */
        void told(Metric metric, List<String> labels, Value value);
    }

    /**
     * Tells a counter or a gauge.
     *
     * @param labels values of the metric's labels, in their order
     */
    public void tell(Metric metric, double value, String... labels) {
        put(metric, new One(value), labels);
    }

    /** The same of something that is counted: exact up to 2^53. */
    public void tell(Metric metric, long value, String... labels) {
        tell(metric, (double) value, labels);
    }

    /**
     * Tells a histogram.
     *
     * @param bounds upper bounds of all buckets but the last, which has none
     * @param counts of each bucket, those below not included
     * @param sum of all values
     */
    public void tell(Metric metric, double[] bounds, long[] counts, double sum, String... labels) {
        double[] all = Arrays.copyOf(bounds, bounds.length + 1);
        all[bounds.length] = Double.POSITIVE_INFINITY;
        put(metric, new Sizes(all, counts.clone(), sum), labels);
    }

    /** Tells a figure of each site of a feed: those with the greatest by name, the sum of all others as one. */
    public void tellSites(Metric metric, String feed, Map<String, Double> sites) {
        tellSites(metric, feed, sites, sites);
    }

    /**
     * The same, but others are told by name: figures of sites that are held against one another name the same ones.
     *
     * @param by those with the greatest of these are
     */
    public void tellSites(Metric metric, String feed, Map<String, Double> sites, Map<String, Double> by) {
        Set<String> named = by.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
                .limit(Metric.MOST_SITES)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        double others = 0;
        boolean hasOthers = false;
        for (Map.Entry<String, Double> site : new TreeMap<>(sites).entrySet()) {
            if (named.contains(site.getKey())) {
                tell(metric, site.getValue(), feed, site.getKey());
            } else {
                others += site.getValue();
                hasOthers = true;
            }
        }
        if (hasOthers) {
            tell(metric, others, feed, Metric.OTHER);
        }
    }

    private void put(Metric metric, Value value, String... labels) {
        values.computeIfAbsent(metric, any -> new LinkedHashMap<>())
                .put(Labels.of(metric.labels(), List.of(labels)), value);
    }

    /** Goes through all that was told, metric by metric in the order of their declaration. */
    public void each(Listener listener) {
        values.forEach((metric, points) -> points.forEach((labels, value) ->
                listener.told(metric, metric.labels().stream().map(labels::get).toList(), value)));
    }

    MetricSnapshots snapshots() {
        List<MetricSnapshot> snapshots = new ArrayList<>();
        values.forEach((metric, points) -> snapshots.add(snapshot(metric, points)));
        return new MetricSnapshots(snapshots);
    }

    private static MetricSnapshot snapshot(Metric metric, Map<Labels, Value> points) {
        String help = metric.meaning();
        switch (metric.kind()) {
            case COUNTER -> {
                String name = metric.title().substring(0, metric.title().length() - "_total".length());
                CounterSnapshot.Builder counter =
                        CounterSnapshot.builder().name(name).help(help);
                points.forEach((labels, value) ->
                        counter.dataPoint(new CounterDataPointSnapshot(one(value), labels, null, 0)));
                return counter.build();
            }
            case GAUGE -> {
                GaugeSnapshot.Builder gauge =
                        GaugeSnapshot.builder().name(metric.title()).help(help);
                points.forEach(
                        (labels, value) -> gauge.dataPoint(new GaugeDataPointSnapshot(one(value), labels, null)));
                return gauge.build();
            }
            case HISTOGRAM -> {
                HistogramSnapshot.Builder histogram =
                        HistogramSnapshot.builder().name(metric.title()).help(help);
                points.forEach((labels, value) -> histogram.dataPoint(sizes(value, labels)));
                return histogram.build();
            }
        }
        throw new IllegalStateException("no kind: " + metric.kind());
    }

    private static double one(Value value) {
        if (value instanceof One one) {
            return one.value();
        }
        throw new IllegalArgumentException("a histogram is told as such");
    }

    private static HistogramDataPointSnapshot sizes(Value value, Labels labels) {
        if (value instanceof Sizes sizes) {
            return HistogramDataPointSnapshot.builder()
                    .classicHistogramBuckets(ClassicHistogramBuckets.of(sizes.bounds(), sizes.counts()))
                    .sum(sizes.sum())
                    .labels(labels)
                    .build();
        }
        throw new IllegalArgumentException("this is no histogram");
    }
}
