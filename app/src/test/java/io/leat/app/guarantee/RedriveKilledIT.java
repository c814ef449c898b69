package io.leat.app.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.format.DeadLetterHeaders;
import io.leat.testkit.ChangeLine;
import io.leat.testkit.ChangeLogCheck;
import io.leat.testkit.CheckResult;
import io.leat.testkit.LastWriterWins;
import io.leat.testkit.OsProcess;
import io.leat.testkit.PlainJson;
import io.leat.testkit.RandomSeed;
import io.leat.testkit.Scrapes;
import io.leat.testkit.TopicReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A redrive that is killed while it sends, and called again: every dead letter is sent once, and the changes are those of a
 * contract that was right at first.
 */
class RedriveKilledIT {

    private static final int LETTERS = Integer.getInteger("leat.letters", 4_000);
    private static final String LETTERS_TOPIC = CrashRig.FEED + ".dlq";
    private static final String RAW = CrashRig.FEED + ".raw";

    @TempDir
    private Path dir;

    @Test
    void noLetterIsSentTwiceAndNoneIsForgotten() throws Exception {
        RandomSeed seed = RandomSeed.of("redrive-killed");
        CrashRig rig = CrashRig.make(dir, seed, LETTERS, 500, 1);
        Path contract = dir.resolve("contract.json");
        Files.writeString(contract, "{\"required\":[\"what no scrape has\"]}");
        try (ExternalBroker broker = new ExternalBroker(rig)) {
            String bootstrap = broker.bootstrap();
            rig.runToTheEnd("--kafka", bootstrap);
            Files.writeString(contract, Scrapes.CONTRACT);

            try (OsProcess redrive = redrive(rig, bootstrap)) {
                awaitMark(bootstrap);
                redrive.kill9();
            }
            int before = marks(bootstrap).size();
            JsonNode report = redriven(rig, bootstrap);
            int after = report.required("sent").intValue();
            int staying = report.required("still_dead")
                    .valueStream()
                    .mapToInt(JsonNode::intValue)
                    .sum();
            assertThat(before).as("sent by the one that was killed").isPositive();
            assertThat(after).as("sent by the one after it").isPositive();
            assertThat(before + after + staying).isEqualTo(LETTERS);
            assertThat(marks(bootstrap)).hasSize(before + after);
            assertThat(marks(bootstrap).values()).containsOnly(1);
            assertThat(sent(bootstrap)).hasSize(before + after);
            assertThat(sent(bootstrap).values()).containsOnly(1);

            rig.drain(bootstrap);
            CheckResult result = judge(bootstrap);
            System.out.printf("redrive killed after %d of %d letters: %s %s%n", before, LETTERS, result, seed);
            assertThat(result.isClean()).as(result.report()).isTrue();
        }
    }

    private static JsonNode redriven(CrashRig rig, String bootstrap) {
        try (OsProcess redrive = redrive(rig, bootstrap)) {
            CrashRig.mustEndWell(redrive);
            String said = redrive.said().strip();
            return PlainJson.parse(said.substring(said.lastIndexOf('\n') + 1));
        }
    }

    private static OsProcess redrive(CrashRig rig, String bootstrap) {
        return rig.java(
                "io.leat.app.Leat",
                List.of("dlq", "redrive", rig.feed.toString(), "--kafka", bootstrap, "--yes", "--json"));
    }

    /** Returns as soon as one batch is committed. */
    private static void awaitMark(String bootstrap) {
        TopicPartition letters = new TopicPartition(LETTERS_TOPIC, 0);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed", "fetch.max.wait.ms", 10),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(letters));
            consumer.seekToEnd(List.of(letters));
            long end = System.nanoTime() + CrashRig.PATIENCE.toNanos();
            while (consumer.poll(Duration.ofMillis(10)).isEmpty()) {
                assertThat(System.nanoTime()).as("the redrive sends nothing").isLessThan(end);
            }
        }
    }

    /** How many marks there are by letter. */
    private static Map<String, Integer> marks(String bootstrap) {
        Map<String, Integer> marks = new HashMap<>();
        TopicReader.committed(bootstrap).read(LETTERS_TOPIC, rec -> {
            String key = new String(rec.key(), StandardCharsets.UTF_8);
            if (key.startsWith(DeadLetterHeaders.MARK)) {
                marks.merge(key, 1, Integer::sum);
            }
        });
        return marks;
    }

    /** How often a letter was sent again, by letter. */
    private static Map<String, Integer> sent(String bootstrap) {
        Map<String, Integer> sent = new HashMap<>();
        TopicReader.committed(bootstrap)
                .read(RAW, rec -> letters(rec).forEach(letter -> sent.merge(letter, 1, Integer::sum)));
        return sent;
    }

    private static List<String> letters(ConsumerRecord<byte[], byte[]> rec) {
        return StreamSupport.stream(
                        rec.headers().headers(DeadLetterHeaders.REDRIVEN_FROM).spliterator(), false)
                .map(header -> new String(header.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private static CheckResult judge(String bootstrap) {
        LastWriterWins reference = new LastWriterWins(Scrapes.shape());
        TopicReader reader = TopicReader.committed(bootstrap);
        reader.read(RAW, rec -> {
            if (letters(rec).isEmpty()) {
                reference.add(rec.value());
            }
        });
        ChangeLogCheck check = new ChangeLogCheck(Scrapes.compared());
        reader.read(CrashRig.FEED + ".changes", rec -> check.add(rec.partition(), ChangeLine.parse(rec.value())));
        return check.against(reference, ChangeLogCheck.Expect.EVERY_CHANGE);
    }
}
