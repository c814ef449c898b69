package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.testkit.ChangeLine;
import io.leat.testkit.ChangeLogCheck;
import io.leat.testkit.CheckResult;
import io.leat.testkit.ComparedFields;
import io.leat.testkit.LastWriterWins;
import io.leat.testkit.PlainJson;
import io.leat.testkit.RandomSeed;
import io.leat.testkit.Shape;
import io.leat.testkit.SharedData;
import io.leat.testkit.StreamFile;
import io.leat.testkit.TopicReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A whole recording out of order by up to three days, a twentieth of it sent twice, some of it months late, state on disk
 * and a kill in the middle: every final value is right and no log goes back in time, what is late is put aside record by
 * record, and every figure of every window is that of an independent computation over the raw topic.
 */
class ShuffledStreamIT {

    private static final long DISORDER_MILLIS = Duration.ofDays(3).toMillis();
    private static final int TOO_LATE = 50;
    private static final Pattern SOME_CHANGES = Pattern.compile("  out [1-9]");

    private static final String FEED =
            """
            feed: shuffled
            key: [record.name]
            time: {field: arrived_at, late: dead_letter, idle_after: 1h}
            changes: {compare: [record.price]}
            state: disk
            windows:
              - name: daily
                every: 1d
                allowed_lateness: 5d
                by: [record.name]
                values:
                  n: count()
                  prices: count(record.price)
                  sum: sum(record.price)
                  avg: avg(record.price)
                  min: min(record.price)
                  max: max(record.price)
                  first: first(record.price)
                  last: last(record.price)
                  rate: rate(record.price)
              - name: weekly
                every: 6d
                slide: 2d
                allowed_lateness: 5d
                by: [source]
                values: {n: count(), names: distinct(record.name), max: max(record.price)}
            """;

    @TempDir
    private Path dir;

    @Test
    void everyJudgeAgrees() throws IOException {
        assumeTrue(SharedData.isPresent(ShuffledStreamIT.class.getSimpleName()));
        String feed = Files.writeString(dir.resolve("feed.yaml"), FEED).toString();
        int records = write(dir.resolve("shuffled.jsonl"));
        Path data = dir.resolve("data");
        String[] command = {
            "run",
            feed,
            "--from",
            dir.resolve("shuffled.jsonl").toString(),
            "--until-end",
            "--data",
            data.toString(),
            "--port",
            "0"
        };
        try (Product.Running run = Product.start(dir, "killed", command)) {
            run.process().awaitLine(SOME_CHANGES, Product.PATIENCE);
            run.process().kill9();
        }
        Product.Ended last = Product.run(dir, "last", command);
        assertThat(last.exit()).as(last.toString()).isZero();
        assertThat(last.out()).contains("in " + String.format(java.util.Locale.ROOT, "%,d", records) + " = ");
        try (DataDirectory held = DataDirectory.take(data);
                EmbeddedKafka broker = EmbeddedKafka.start(held, 0)) {
            judge(TopicReader.committed(broker.bootstrap()), records);
        }
    }

    private static void judge(TopicReader reader, int records) {
        ComparedFields price = ComparedFields.only("record.price");
        LastWriterWins reference = new LastWriterWins(Shape.of(List.of("record.name"), "arrived_at", price));
        WindowReference windows = new WindowReference();
        Map<String, Long> newest = new HashMap<>();
        Set<String> late = new HashSet<>();
        AtomicInteger scrapes = new AtomicInteger();
        reader.read("shuffled.raw", rec -> {
            if (rec.value().length == 0) {
                return; // says that nothing more comes
            }
            scrapes.incrementAndGet();
            reference.add(rec.value());
            JsonNode scrape = PlainJson.parse(rec.value());
            long time = millis(scrape.required("arrived_at"));
            windows.add(rec.partition(), time, scrape);
            long before = newest.merge(name(scrape), time, Math::max);
            if (time < before) {
                late.add(rec.partition() + "-" + rec.offset());
            }
        });
        assertThat(scrapes).hasValue(records);

        ChangeLogCheck check = new ChangeLogCheck(price);
        reader.read("shuffled.changes", rec -> check.add(rec.partition(), ChangeLine.parse(rec.value())));
        CheckResult result = check.against(reference, ChangeLogCheck.Expect.FINAL_VALUES);
        assertThat(result.isClean()).as(result.report()).isTrue();

        Set<String> aside = new HashSet<>();
        reader.read(
                "shuffled.late",
                rec -> aside.add(new String(rec.key(), StandardCharsets.UTF_8).replaceFirst(".*-(\\d+-\\d+)$", "$1")));
        assertThat(late).isNotEmpty();
        assertThat(aside).isEqualTo(late);

        Map<String, JsonNode> told = new TreeMap<>();
        Map<String, Integer> times = new HashMap<>();
        reader.read("shuffled.windows", rec -> {
            String key = new String(rec.key(), StandardCharsets.UTF_8);
            told.put(key, PlainJson.parse(rec.value()));
            times.merge(key, 1, Integer::sum);
        });
        windows.mustEqual(told);
        assertThat(times.values()).as("some results are corrected").anyMatch(count -> count > 1);
        System.out.printf("%s; %d late; %d window results%n", result, late.size(), told.size());
    }

    /** By when each would have come if it had been on its way for up to the disorder; the months-late at the end. */
    private static int write(Path file) throws IOException {
        RandomGenerator random =
                RandomSeed.of(ShuffledStreamIT.class.getSimpleName()).random();
        record Sent(long at, byte[] line) {}
        List<Sent> sent = new ArrayList<>();
        StreamFile.forEachLine(SharedData.file("demo-cs2-rifles").resolve("stream.jsonl.gz"), line -> {
            long time = millis(PlainJson.parse(line).required("arrived_at"));
            sent.add(new Sent(time + random.nextLong(DISORDER_MILLIS), line));
            if (random.nextInt(20) == 0) {
                sent.add(new Sent(time + random.nextLong(DISORDER_MILLIS), line));
            }
        });
        for (int i = 0; i < TOO_LATE; i++) {
            String stranger = new String(sent.get(i).line(), StandardCharsets.UTF_8)
                    .replace("\"price\":", "\"price\":9" + i % 10);
            sent.add(new Sent(Long.MAX_VALUE, stranger.getBytes(StandardCharsets.UTF_8)));
        }
        sent.sort(Comparator.comparingLong(Sent::at));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (Sent each : sent) {
                out.write(each.line());
                out.write('\n');
            }
        }
        return sent.size();
    }

    private static long millis(JsonNode time) {
        return Instant.parse(time.stringValue()).toEpochMilli();
    }

    private static String name(JsonNode scrape) {
        return PlainJson.text(scrape.required("record").required("name"));
    }
}
