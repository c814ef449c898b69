package io.leat.app.shown;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/** Takes OTLP over HTTP, decoded by OpenTelemetry's own classes. Thread-safe. */
final class Collector implements AutoCloseable {

    private final HttpServer server;
    private final Queue<Seen> spans = new ConcurrentLinkedQueue<>();
    private final Map<String, Map<String, Metric>> metrics = new ConcurrentHashMap<>();
    private final Set<String> authorizations = ConcurrentHashMap.newKeySet();

    /**
     * A span that came.
     *
     * @param resource what it says of the process
     * @param about what it says of itself
     */
    record Seen(Map<String, String> resource, Span span, Map<String, String> about) {

        String trace() {
            return HexFormat.of().formatHex(span.getTraceId().toByteArray());
        }

        String id() {
            return HexFormat.of().formatHex(span.getSpanId().toByteArray());
        }

        String parent() {
            return HexFormat.of().formatHex(span.getParentSpanId().toByteArray());
        }

        long began() {
            return span.getStartTimeUnixNano();
        }

        long ended() {
            return span.getEndTimeUnixNano();
        }
    }

    Collector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "collector");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/v1/traces", this::traces);
        server.createContext("/v1/metrics", this::metrics);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** All spans of a trace so far. */
    List<Seen> trace(String id) {
        return spans.stream().filter(seen -> seen.trace().equals(id)).toList();
    }

    /** How many spans came at all. */
    int spans() {
        return spans.size();
    }

    /** What a command's process told last, by name. */
    Map<String, Metric> of(String command) {
        return metrics.getOrDefault(command, Map.of());
    }

    /** What the last counts or gauges of a command's process come to; 0 if there is none. */
    double sum(String command, String metric) {
        Metric told = of(command).get(metric);
        if (told == null) {
            return 0;
        }
        List<NumberDataPoint> points = told.hasSum()
                ? told.getSum().getDataPointsList()
                : told.getGauge().getDataPointsList();
        return points.stream().mapToDouble(NumberDataPoint::getAsDouble).sum();
    }

    /** All that was given as authorization. */
    Set<String> authorizations() {
        return Set.copyOf(authorizations);
    }

    private void traces(HttpExchange exchange) throws IOException {
        ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
        request.getResourceSpansList()
                .forEach(process -> process.getScopeSpansList().forEach(scope -> scope.getSpansList()
                        .forEach(span -> spans.add(
                                new Seen(about(process.getResource()), span, about(span.getAttributesList()))))));
        answer(exchange);
    }

    private void metrics(HttpExchange exchange) throws IOException {
        ExportMetricsServiceRequest request = ExportMetricsServiceRequest.parseFrom(exchange.getRequestBody());
        request.getResourceMetricsList().forEach(process -> {
            Map<String, Metric> told = new TreeMap<>();
            process.getScopeMetricsList().forEach(scope -> scope.getMetricsList()
                    .forEach(metric -> told.merge(metric.getName(), metric, (a, b) -> {
                        throw new IllegalStateException("told twice: " + a.getName());
                    })));
            metrics.put(about(process.getResource()).getOrDefault("leat.command", ""), told);
        });
        answer(exchange);
    }

    private void answer(HttpExchange exchange) throws IOException {
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("authorization")));
        exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private static Map<String, String> about(Resource resource) {
        return about(resource.getAttributesList());
    }

    static Map<String, String> about(List<KeyValue> attributes) {
        Map<String, String> about = new TreeMap<>();
        attributes.forEach(each -> about.put(
                each.getKey(),
                each.getValue().hasIntValue()
                        ? Long.toString(each.getValue().getIntValue())
                        : each.getValue().getStringValue()));
        return about;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
