package io.leat.app.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.embedded.Broker;
import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.app.process.Cli;
import io.leat.core.Feed;
import io.leat.format.Fate;
import io.leat.format.TracedRecord;
import io.leat.format.Tracing;
import io.leat.format.feedfile.FeedFile;
import io.leat.testkit.PlainJson;
import io.leat.testkit.RandomSeed;
import io.leat.testkit.TopicReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A thousand random records of a stream that a job has read are explained as an independent computation has them, and as the
 * job's own topics say.
 */
class TraceIT {

    private static final int RECORDS = 3_000;
    private static final int EXPLAINED = 1_000;
    private static final int ASKED = 5;

    @TempDir
    private Path dir;

    private Path data;
    private String feedFile = "";

    /** What the job's topics say, by where the scrape stands. */
    private final Map<String, JsonNode> changes = new HashMap<>();

    private final Map<String, String> letters = new HashMap<>();
    private final Map<String, JsonNode> held = new HashMap<>();

    @Test
    void aThousandRecordsAreExplainedAsTheyWere() throws IOException {
        RandomSeed seed = RandomSeed.of(TraceIT.class.getSimpleName());
        RandomGenerator random = seed.random();
        List<TruePrices.Made> made = new TruePrices(random).make(RECORDS);
        Feed feed = ran(made);
        try (DataDirectory directory = DataDirectory.take(data);
                EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0)) {
            Map<String, TruePrices.Made> expected = placed(kafka.bootstrap(), made);
            readTopics(kafka.bootstrap());
            TreeSet<String> keys =
                    made.stream().map(TruePrices.Made::key).collect(Collectors.toCollection(TreeSet::new));
            Traces traces =
                    new Traces(new Broker(kafka.bootstrap(), Map.of()), feed, List.of(), InstantSource.system());
            Map<String, TracedRecord> traced = new HashMap<>();
            traces.ofKeys(keys, Tracing.Kept.ALL)
                    .forEach((key, trace) -> trace.found().records().forEach(each -> traced.put(place(each), each)));

            assertThat(traced).as(seed.toString()).hasSize(RECORDS);
            List<String> places = new ArrayList<>(new TreeMap<>(traced).keySet());
            Map<String, Integer> met = new TreeMap<>();
            for (int i = 0; i < EXPLAINED; i++) {
                String place = places.remove(random.nextInt(places.size()));
                TruePrices.Made was = expected.get(place);
                assertExplained(seed + " " + place, was, traced.get(place), place);
                met.merge(was.word() + " " + was.reason() + was.code(), 1, Integer::sum);
            }
            assertThat(met.keySet())
                    .as(met.toString())
                    .contains(
                            "told first",
                            "told differs",
                            "told settled",
                            "told confirmed",
                            "unchanged same",
                            "unchanged within_tolerance",
                            "unsettled settling",
                            "held implausible",
                            "stale older",
                            "stale repeat",
                            "refused value_unparsed",
                            "refused contract_broken",
                            "refused time_invalid");
            for (int i = 0; i < ASKED; i++) {
                String place = places.remove(random.nextInt(places.size()));
                asked(expected.get(place), place);
            }
            wholeKeys(made, keys);
        }
    }

    private Feed ran(List<TruePrices.Made> made) throws IOException {
        data = dir.resolve("data");
        Path file = Files.writeString(dir.resolve("feed.yaml"), TruePrices.FEED);
        feedFile = file.toString();
        Files.writeString(dir.resolve("item.schema.json"), TruePrices.CONTRACT);
        Path records = Files.write(
                dir.resolve("records.jsonl"),
                made.stream().map(TruePrices.Made::line).toList());
        Cli.Said run = Cli.run(
                "run",
                feedFile,
                "--from",
                records.toString(),
                "--until-end",
                "--data",
                data.toString(),
                "--port",
                "0",
                "--json");
        assertThat(run.exit()).as(run.toString()).isZero();
        return ((FeedFile.Valid) FeedFile.read(file, name -> null)).feed();
    }

    /** Where each scrape stands: of equal ones the first made is the first of its partition. */
    private static Map<String, TruePrices.Made> placed(String bootstrap, List<TruePrices.Made> made) {
        Map<String, List<TruePrices.Made>> byLine = new HashMap<>();
        made.forEach(each ->
                byLine.computeIfAbsent(each.line(), line -> new ArrayList<>()).add(each));
        Map<String, TruePrices.Made> placed = new HashMap<>();
        TopicReader.committed(bootstrap).read("traced.raw", rec -> {
            List<TruePrices.Made> same = byLine.get(new String(rec.value(), UTF_8));
            if (same != null && !same.isEmpty()) { // else the mark of the input's end
                placed.put(rec.partition() + ":" + rec.offset(), same.remove(0));
            }
        });
        assertThat(placed).hasSize(made.size());
        return placed;
    }

    private void readTopics(String bootstrap) {
        TopicReader topics = TopicReader.committed(bootstrap);
        topics.read("traced.changes", rec -> {
            JsonNode change = PlainJson.parse(rec.value());
            changes.put(source(change), change);
        });
        topics.read("traced.held", rec -> {
            JsonNode note = PlainJson.parse(rec.value());
            if (note.get("status").stringValue().equals("waiting")) {
                held.put(source(note), note);
            }
        });
        topics.read(
                "traced.dlq",
                rec -> letters.put(
                        header(rec, "__connect.errors.partition") + ":" + header(rec, "__connect.errors.offset"),
                        header(rec, "leat.error.code")));
    }

    private void assertExplained(String what, TruePrices.Made was, TracedRecord traced, String place) {
        assertThat(traced.fate().word()).as(what + " " + was).isEqualTo(was.word());
        assertThat(traced.agreement()).as(what).isEqualTo(TracedRecord.Agreement.AGREES);
        if (traced.fate() instanceof Fate.Refused refused) {
            assertThat(refused.refusal().code().word()).as(what).isEqualTo(was.code());
        } else {
            Fate.Decided decided = (Fate.Decided) traced.fate();
            assertThat(decided.why().reason().word()).as(what + " " + was).isEqualTo(was.reason());
        }
        assertThat(letters.get(place)).as(what).isEqualTo(was.code().isEmpty() ? null : was.code());
        assertThat(held.containsKey(place)).as(what).isEqualTo(was.word().equals("held"));
        JsonNode change = changes.get(place);
        assertThat(change != null).as(what).isEqualTo(was.seq() > 0);
        if (change != null) {
            assertThat(change.get("seq").longValue()).as(what).isEqualTo(was.seq());
            assertThat(traced.logged()).isNotNull();
            assertThat(traced.logged().change().id()).isEqualTo(change.get("id").stringValue());
        }
    }

    /** What the command says of one record. */
    private void asked(TruePrices.Made was, String place) {
        Cli.Said said = Cli.run("trace", feedFile, "traced.raw:" + place, "--data", data.toString(), "--json");
        assertThat(said.exit()).as(said.toString()).isZero();
        JsonNode trace = PlainJson.parse(said.out().getBytes(UTF_8));
        assertThat(trace.get("records")).hasSize(1);
        JsonNode traced = trace.get("records").get(0);
        assertThat(traced.get("outcome").stringValue()).isEqualTo(was.word());
        assertThat(PlainJson.text(trace.get("key"))).isEqualTo(was.key());
        if (was.seq() > 0) {
            assertThat(traced.get("change").get("seq").longValue()).isEqualTo(was.seq());
            String id = traced.get("change").get("id").stringValue();
            Cli.Said byId = Cli.run("trace", feedFile, id, "--data", data.toString(), "--json");
            assertThat(byId.out()).isEqualTo(said.out());
        }
    }

    /** What the command says of a whole key, to a person. */
    private void wholeKeys(List<TruePrices.Made> made, TreeSet<String> keys) {
        String key = keys.first();
        Cli.Said said = Cli.run("trace", feedFile, key, "--data", data.toString(), "--last", "0");
        assertThat(said.exit()).as(said.toString()).isZero();
        long records = made.stream().filter(each -> each.key().equals(key)).count();
        assertThat(said.out().lines().filter(line -> line.startsWith("traced.raw:")))
                .hasSize((int) records);
        assertThat(said.out()).contains("feed traced, key " + key, "appended ", " €\" → ");
        Cli.Said none = Cli.run("trace", feedFile, "[\"no\",\"body\"]", "--data", data.toString());
        assertThat(none.exit()).isEqualTo(1);
        assertThat(none.err()).contains("LEAT-450");
        Cli.Said odd = Cli.run("trace", feedFile, "what is this", "--data", data.toString());
        assertThat(odd.exit()).isEqualTo(2);
    }

    private static String place(TracedRecord traced) {
        return traced.position().partition() + ":" + traced.position().offset();
    }

    private static String source(JsonNode json) {
        return json.get("source").get("partition").intValue() + ":"
                + json.get("source").get("offset").longValue();
    }

    private static String header(ConsumerRecord<byte[], byte[]> rec, String name) {
        return new String(rec.headers().lastHeader(name).value(), UTF_8);
    }
}
