package io.leat.delivery.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.FieldPath;
import io.leat.core.delivery.KafkaTopic;
import io.leat.delivery.batch.Arrival;
import io.leat.delivery.lane.LogEntry;
import io.leat.testkit.TestKafka;
import io.leat.testkit.TopicReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.formats.common.TimestampFormat;
import org.apache.flink.formats.json.debezium.DebeziumJsonDeserializationSchema;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.tools.consumer.ConsoleConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics as others read them. */
class ForeignReadersTest {

    private static final Pattern COMMAND =
            Pattern.compile("```sh\\nkafka-console-consumer.sh (.*?)\\n```", Pattern.DOTALL);

    private static TestKafka kafka;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        kafka = new TestKafka(folder);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void kafkasConsoleConsumerPrintsTheChangesWithTheCommandOfThePage() throws Exception {
        write("prices", KafkaTopic.Format.CHANGE, KafkaTopic.Guarantee.EXACTLY_ONCE, life());
        Matcher command = COMMAND.matcher(Files.readString(Path.of("../docs/sinks/kafka.md")));
        assertThat(command.find()).isTrue();
        String[] args = command.group(1)
                .replace("\\\n", " ")
                .replace("\"$KAFKA\"", kafka.bootstrap())
                .strip()
                .split("\\s+");
        assertThat(printed(() -> ConsoleConsumer.main(args)))
                .containsExactlyElementsOf(life().stream()
                        .map(arrival -> text(arrival.change().value()))
                        .toList());
    }

    private interface Work {
        void run() throws Exception;
    }

    private static List<String> printed(Work work) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void flinksReaderOfDebeziumsFormatSeesEachItemsLife() throws Exception {
        write("envelopes", KafkaTopic.Format.DEBEZIUM, KafkaTopic.Guarantee.AT_LEAST_ONCE, life());
        var row = DataTypes.ROW(
                DataTypes.FIELD("sku", DataTypes.STRING()),
                DataTypes.FIELD("price", DataTypes.DECIMAL(10, 2)),
                DataTypes.FIELD("title", DataTypes.STRING()));
        var reader = new DebeziumJsonDeserializationSchema(
                row, List.of(), TypeInformation.of(RowData.class), false, false, TimestampFormat.ISO_8601);
        reader.open(null);
        List<String> seen = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> rec : records("envelopes")) {
            assertThat(text(rec.key())).isEqualTo("a");
            reader.deserialize(rec.value(), new Collector<>() {
                @Override
                public void collect(RowData found) {
                    seen.add("%s %s %s %s"
                            .formatted(
                                    found.getRowKind().shortString(),
                                    found.getString(0),
                                    found.isNullAt(1) ? null : found.getDecimal(1, 10, 2),
                                    found.getString(2)));
                }

                @Override
                public void close() {}
            });
        }
        assertThat(seen)
                .containsExactly("+I a 10.50 A", "-U a 10.50 null", "+U a 11.00 A", "-D a 11.00 null", "+I a 9.00 B");
    }

    @Test
    void cloudEventsCarryTheirContextInHeadersAndTheChangeAsItIs() throws Exception {
        write("events", KafkaTopic.Format.CLOUDEVENTS, KafkaTopic.Guarantee.AT_LEAST_ONCE, life());
        ConsumerRecord<byte[], byte[]> first = records("events").get(0);
        List<String> headers = Stream.of(first.headers().toArray())
                .map(header -> header.key() + "=" + text(header.value()))
                .toList();
        assertThat(headers)
                .containsExactlyInAnyOrder(
                        "ce_specversion=1.0",
                        "ce_id=id-0",
                        "ce_type=io.leat.change.new",
                        "ce_source=/feeds/shop",
                        "ce_time=2026-11-25T10:00:00.000001Z",
                        "content-type=application/json");
        assertThat(first.value()).isEqualTo(life().get(0).change().value());
    }

    private static void write(
            String topic, KafkaTopic.Format format, KafkaTopic.Guarantee guarantee, List<Arrival> changes)
            throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
        KafkaTopic.KeyField sku = new KafkaTopic.KeyField(0, FieldPath.parse("sku"));
        KafkaTopic terms = new KafkaTopic(
                kafka.bootstrap(),
                topic,
                Map.of("compression.type", "lz4"),
                Map.of(),
                guarantee,
                sku,
                List.of(sku),
                format);
        try (TopicLane lane = new TopicLane(terms, TopicLane.LOOPBACK, 0, 20_000)) {
            lane.write(changes, changes.size());
            assertThat(lane.letters).isEmpty();
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        TopicReader.committed(kafka.bootstrap()).read(topic, records::add);
        return records;
    }

    /** A new item, a change of its price, its end, and that it is there again. */
    private static List<Arrival> life() {
        return List.of(
                change(0, "new", "null", "{\"sku\":\"a\",\"price\":10.5,\"title\":\"A\"}"),
                change(1, "update", "{\"price\":10.5}", "{\"sku\":\"a\",\"price\":11,\"title\":\"A\"}"),
                change(2, "gone", "{\"price\":11}", "null"),
                change(3, "new", "null", "{\"sku\":\"a\",\"price\":9,\"title\":\"B\"}"));
    }

    private static Arrival change(long offset, String op, String before, String after) {
        String time = "2026-11-25T10:00:00.000001Z";
        String json =
                "{\"id\":\"id-%s\",\"feed\":\"shop\",\"key\":[\"a\"],\"seq\":%s,\"op\":\"%s\",\"before\":%s,\"after\":%s,\"event_time\":\"%s\"}"
                        .formatted(offset, offset + 1, op, before, after, time);
        byte[] value = json.getBytes(StandardCharsets.UTF_8);
        return new Arrival(offset, offset, new LogEntry(offset, "[\"a\"]", "id-" + offset, op, time, value));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
