package io.leat.app.telemetry;

import io.leat.format.metrics.Metric;
import io.leat.gateway.metrics.Meters;
import io.leat.gateway.metrics.Reading;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.metrics.export.MetricProducer;
import io.opentelemetry.sdk.resources.Resource;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that {@code /metrics} tells, under the same names, as the SDK takes it. Thread-safe. */
final class Figures implements MetricProducer {

    private static final Logger LOG = LoggerFactory.getLogger(Figures.class);

    private final InstrumentationScopeInfo scope;
    private final InstantSource clock;
    private final long beganNanos;
    private volatile @Nullable Meters shown;

    /** One metric, with all its points of one look. */
    private record Told(
            Resource getResource,
            InstrumentationScopeInfo getInstrumentationScopeInfo,
            String getName,
            String getDescription,
            String getUnit,
            MetricDataType getType,
            Data<?> getData)
            implements MetricData {}

    /** @param scope who tells them */
    Figures(String scope, InstantSource clock) {
        this.scope = InstrumentationScopeInfo.create(scope);
        this.clock = clock;
        this.beganNanos = TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }

    /** Shows these from now on; {@code null} for none. */
    void show(@Nullable Meters meters) {
        shown = meters;
    }

    @Override
    public Collection<MetricData> produce(Resource resource) {
        Meters meters = shown;
        if (meters == null) {
            return List.of();
        }
        try {
            return told(meters.look(), resource);
        } catch (RuntimeException e) {
            LOG.warn("The figures cannot be told at the moment", e);
            return List.of();
        }
    }

    private List<MetricData> told(Reading reading, Resource resource) {
        long now = TimeUnit.MILLISECONDS.toNanos(clock.millis());
        Map<Metric, List<PointData>> points = new EnumMap<>(Metric.class);
        reading.each((metric, labels, value) -> points.computeIfAbsent(metric, first -> new ArrayList<>())
                .add(point(now, attributes(metric, labels), value)));
        List<MetricData> told = new ArrayList<>();
        points.forEach((metric, all) -> told.add(new Told(
                resource, scope, metric.title(), metric.meaning(), unit(metric), type(metric), data(metric, all))));
        return told;
    }

    private PointData point(long now, Attributes attributes, Reading.Value value) {
        if (value instanceof Reading.One one) {
            return DoublePointData.create(beganNanos, now, attributes, one.value(), List.of());
        }
        Reading.Sizes sizes = (Reading.Sizes) value;
        return HistogramPointData.create(
                beganNanos,
                now,
                attributes,
                sizes.sum(),
                false,
                0,
                false,
                0,
                Arrays.stream(sizes.bounds()).filter(Double::isFinite).boxed().toList(),
                Arrays.stream(sizes.counts()).boxed().toList());
    }

    private static Attributes attributes(Metric metric, List<String> labels) {
        AttributesBuilder attributes = Attributes.builder();
        for (int i = 0; i < labels.size(); i++) {
            attributes.put(metric.labels().get(i), labels.get(i));
        }
        return attributes.build();
    }

    private static MetricDataType type(Metric metric) {
        return switch (metric.kind()) {
            case COUNTER -> MetricDataType.DOUBLE_SUM;
            case GAUGE -> MetricDataType.DOUBLE_GAUGE;
            case HISTOGRAM -> MetricDataType.HISTOGRAM;
        };
    }

    private static Data<?> data(Metric metric, List<PointData> points) {
        return switch (metric.kind()) {
            case COUNTER ->
                SumData.createDoubleSumData(true, AggregationTemporality.CUMULATIVE, of(DoublePointData.class, points));
            case GAUGE -> GaugeData.createDoubleGaugeData(of(DoublePointData.class, points));
            case HISTOGRAM ->
                HistogramData.create(AggregationTemporality.CUMULATIVE, of(HistogramPointData.class, points));
        };
    }

    private static <P extends PointData> List<P> of(Class<P> kind, List<PointData> points) {
        return points.stream().map(kind::cast).toList();
    }

    /** By UCUM, as OpenTelemetry wants it; a name says the same. */
    private static String unit(Metric metric) {
        String name = metric.title().replaceFirst("_total$", "");
        if (name.endsWith("_seconds")) {
            return "s";
        }
        return name.endsWith("_bytes") ? "By" : name.endsWith("_ratio") ? "1" : "";
    }
}
