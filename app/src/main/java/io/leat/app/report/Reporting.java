package io.leat.app.report;

import io.leat.app.embedded.Broker;
import io.leat.app.trace.PastTopic;
import io.leat.app.trace.Patience;
import io.leat.core.Feed;
import io.leat.delivery.Desk;
import io.leat.delivery.Standing;
import io.leat.format.ChangeJson;
import io.leat.format.EventTimes;
import io.leat.format.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a report from the topics of a feed, whether it runs or not; it is not disturbed. Reads the raw topic and the change log
 * from their beginnings. For one thread.
 */
public final class Reporting {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_ALERTS = 100;
    private static final long MICROS = 1_000;
    private static final long NEAR_MILLIS = 3_600_000;

    private final Broker broker;
    private final Feed feed;
    private final Topics topics;
    private final @Nullable Desk desk;

    /** @param desk of the feed's subscriptions; {@code null} if nobody is delivered to */
    public Reporting(Broker broker, Feed feed, @Nullable Desk desk) {
        this.broker = broker;
        this.feed = feed;
        this.topics = Topics.of(feed);
        this.desk = desk;
    }

    /** Whether it can be said how old news was: scrapes that were extracted long before are a recording. */
    static boolean isNear(ToldTimes.Told told) {
        return told.appendedMillis() - told.eventMillis() <= NEAR_MILLIS;
    }

    /**
     * The report of a span, as {@code leat report --json} prints it: docs/report.md.
     *
     * @param client of this one alone; {@code null} for all
     */
    public ObjectNode of(Span span, @Nullable String client) {
        RawReport raw = RawReport.read(broker, feed, span);
        List<ClientReport> clients = clients(client);
        ToldTimes times = new ToldTimes();
        ObjectNode told = told(span, clients, times);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("feed", feed.name());
        json.put("client", client);
        json.put("from", text(span.fromMillis()));
        json.put("to", text(span.toMillis()));
        json.put("raw_from", raw.oldestMillis() == Long.MAX_VALUE ? null : text(raw.oldestMillis()));
        json.put("records", raw.records());
        json.put("record_bytes", raw.bytes());
        json.setAll(told);
        long changes = told.path("told").asLong(0);
        json.put(
                "suppressed_share",
                raw.records() == 0 ? null : (Double) Math.max(0, 1 - (double) changes / raw.records()));
        json.put(
                "bytes_saved", Math.max(0, raw.bytes() - told.path("told_bytes").asLong(0)));
        ObjectNode rules = json.putObject("not_told");
        raw.notTold().forEach(rules::put);
        ArrayNode all = json.putArray("clients");
        for (ClientReport each : clients) {
            if (desk != null) {
                each.attempts(desk, span, times);
            }
            all.add(each.json(raw.bytes()));
        }
        json.set("alerts", alerts(span));
        return json;
    }

    private List<ClientReport> clients(@Nullable String client) {
        List<ClientReport> clients = new ArrayList<>();
        if (desk != null) {
            for (Standing standing : client == null ? desk.all().values() : List.of(desk.get(client))) {
                clients.add(new ClientReport(desk, standing));
            }
        }
        return clients;
    }

    private ObjectNode told(Span span, List<ClientReport> clients, ToldTimes times) {
        Map<String, Long> ops = new TreeMap<>();
        Latencies ages = new Latencies();
        long told = 0;
        long bytes = 0;
        try (PastTopic log = PastTopic.open(broker, topics.changes(), Patience.ENDLESS)) {
            for (ConsumerRecord<byte[], byte[]> rec = log.take(); rec != null; rec = log.take()) {
                if (rec.value() == null || !span.has(rec.timestamp())) {
                    continue;
                }
                JsonNode change = ChangeJson.tree(rec.value());
                told++;
                bytes += rec.value().length;
                ops.merge(change.path("op").asString(""), 1L, Long::sum);
                long event = EventTimes.parse(change.path("event_time").asString("")) / MICROS;
                times.add(rec.partition(), rec.offset(), event, rec.timestamp());
                if (isNear(new ToldTimes.Told(event, rec.timestamp()))) {
                    ages.add(rec.timestamp() - event);
                }
                String id = change.path("id").asString("");
                for (ClientReport client : clients) {
                    client.told(rec.partition(), rec.offset(), id, change, rec.value().length);
                }
            }
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("told", told);
        json.put("told_bytes", bytes);
        ObjectNode by = json.putObject("told_by_op");
        ops.forEach(by::put);
        json.set("extraction_to_log", ages.json());
        return json;
    }

    /** Of an alert the topic keeps how it stands now. */
    private ObjectNode alerts(Span span) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Map<String, Long> kinds = new TreeMap<>();
        Map<String, JsonNode> newest = new TreeMap<>();
        if (feed.hasAlerts()) {
            try (PastTopic log = PastTopic.open(broker, topics.alerts(), Patience.ENDLESS)) {
                for (ConsumerRecord<byte[], byte[]> rec = log.take(); rec != null; rec = log.take()) {
                    JsonNode alert = rec.value() == null ? null : alert(rec.value());
                    if (alert != null && span.has(rec.timestamp())) {
                        newest.put(alert.path("id").asString(""), alert);
                    }
                }
            }
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        newest.values().forEach(alert -> {
            kinds.merge(alert.path("alert").asString(""), 1L, Long::sum);
            if (list.size() < MOST_ALERTS) {
                list.add(alert);
            }
        });
        ObjectNode counts = json.putObject("by_kind");
        kinds.forEach(counts::put);
        json.set("list", list);
        return json;
    }

    private static @Nullable JsonNode alert(byte[] value) {
        try {
            JsonNode alert = JSON.readTree(value);
            return alert.isObject() ? alert : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private static String text(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
