package io.leat.app.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.app.process.Cli;
import io.leat.app.process.QuickStart;
import io.leat.core.Feed;
import io.leat.format.feedfile.FeedFile;
import io.leat.format.preview.Preview;
import io.leat.job.FeedTopics;
import io.leat.testkit.ChangeLine;
import io.leat.testkit.ChangeLogCheck;
import io.leat.testkit.CheckResult;
import io.leat.testkit.ComparedFields;
import io.leat.testkit.Fault;
import io.leat.testkit.OsProcess;
import io.leat.testkit.TopicReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The file of a running feed is changed in every way at once, and the same scrapes come again while the process is killed:
 * nothing is told but what changed. With {@code -Dleat.keys=100000 -Dleat.kills=5} in full size.
 */
class FeedChangedIT {

    private static final int KEYS = Integer.getInteger("leat.keys", 2_000);
    private static final int KILLS = Integer.getInteger("leat.kills", 1);
    private static final int OFTEN_CHANGED = 10;
    private static final long START = 1_770_000_000;

    private static final String OLD =
            """
            feed: shifting
            log: {partitions: 2}
            contract: loose.schema.json
            key: sku
            time: {field: at, format: epoch_s}
            normalize: {changed: text, removed: {as: money}}
            changes:
              compare: [added, changed, removed, dropped, old_name, strict, lenient, odd, stock]
              tolerance: {strict: 5%}
            """;

    private static final String NEW =
            """
            feed: shifting
            log: {partitions: 2}
            contract: tight.schema.json
            key: sku
            time: {field: at, format: epoch_s}
            normalize: {added: {as: money}, changed: {as: money}}
            changes:
              compare: [added, changed, removed, noticed, new_name, strict, lenient, odd, stock]
              formerly: {new_name: old_name}
              tolerance: {lenient: 5%}
              hold: {odd: {ratio: [0.2, 5]}}
            """;

    private static final String REKEYED = NEW.replace("key: sku", "key: [shop, sku]");

    @TempDir
    private Path dir;

    private final List<byte[]> scraped = new ArrayList<>();

    @Test
    void whateverIsChangedOfAFeedFileOnlyWhatChangedIsTold() throws Exception {
        Files.writeString(dir.resolve("loose.schema.json"), "{\"type\":\"object\"}");
        Files.writeString(
                dir.resolve("tight.schema.json"),
                "{\"type\":\"object\",\"required\":[\"sku\",\"stock\"],\"properties\":{\"odd\":{\"maximum\":1000}}}");
        try (DataDirectory data = DataDirectory.take(dir.resolve("broker"));
                EmbeddedKafka kafka = EmbeddedKafka.start(data, 0)) {
            String bootstrap = kafka.bootstrap();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
                FeedTopics.prepare(admin, feed(OLD));
            }
            scrape(
                    bootstrap,
                    0,
                    "\"old_name\":\"n\",\"changed\":\"$5.00\",\"removed\":\"$7.00\",\"strict\":100,\"noticed\":1",
                    0);
            scrape(
                    bootstrap,
                    1,
                    "\"old_name\":\"n\",\"changed\":\" $5.00\",\"removed\":\"7 USD\",\"strict\":103,\"noticed\":2",
                    0);
            ends(bootstrap, OLD);
            assertThat(told(bootstrap)).isEqualTo(Map.of("new []", (long) KEYS));
            foresee();
            assertThat(checked(bootstrap, NEW, 0)).contains(KEYS + " keys were told last under another feed file");

            String again =
                    "\"new_name\":\"n\",\"changed\":\"5 USD\",\"removed\":\"7 USD\",\"strict\":103,\"noticed\":2";
            scrape(bootstrap, 2, again, 0);
            scrape(bootstrap, 3, again, OFTEN_CHANGED);
            int kills = 0;
            while (kills < KILLS) {
                killedAtWork(bootstrap, KEYS + KEYS / OFTEN_CHANGED, NEW);
                kills++;
            }
            scrape(bootstrap, 4, again, 0);
            scrape(bootstrap, 5, again, 1);
            ends(bootstrap, NEW);

            // A tenth changed and changed back, then all of them changed.
            long changes = 2L * (KEYS / OFTEN_CHANGED) + KEYS;
            assertThat(told(bootstrap)).isEqualTo(Map.of("new []", (long) KEYS, "update [stock]", changes));
            CheckResult result = judge(bootstrap);
            System.out.println("R31 feed changed keys=" + KEYS + " kills=" + kills + " told=" + changes + " " + result);
            assertThat(result.isClean()).as(result.report()).isTrue();

            assertThat(checked(bootstrap, REKEYED, 1)).contains("LEAT-317", KEYS + " keys", "--accept adopt");
            OsProcess refused = start(bootstrap, REKEYED, "--until-end");
            assertThat(refused.awaitExit(CrashRig.PATIENCE)).isEqualTo(1);
            assertThat(refused.said()).contains("LEAT-317", KEYS + " keys", "--accept retell", "--accept adopt");
            adopts(bootstrap, again);
        }
    }

    /** The key is changed in place, for two tasks instead of one. What was known tells nothing, however often it is killed. */
    private void adopts(String bootstrap, String members) throws Exception {
        Map<String, Long> before = told(bootstrap);
        long first = count(bootstrap);
        scrape(bootstrap, 6, members, 0);
        scrape(bootstrap, 7, members, OFTEN_CHANGED);
        for (int kill = 0; kill < KILLS; kill++) {
            killedAtWork(bootstrap, first + KEYS / OFTEN_CHANGED, REKEYED, "--accept", "adopt", "--parallelism", "2");
        }
        try (OsProcess process = start(bootstrap, REKEYED, "--until-end", "--accept", "adopt", "--parallelism", "2")) {
            CrashRig.mustEndWell(process);
        }
        scrape(bootstrap, 8, members, 0);
        send(bootstrap, Map.of("new", "{\"sku\":\"new\",\"shop\":\"s\",\"at\":%d,\"stock\":1}".formatted(START + 9)));
        ends(bootstrap, REKEYED);
        assertThat(checked(bootstrap, REKEYED, 0)).contains("what is known is carried over");

        // A tenth changed and changed back under the new key, of which none was told as new; and one more came.
        Map<String, Long> after = new TreeMap<>(before);
        after.merge("update [stock]", 2L * (KEYS / OFTEN_CHANGED), Long::sum);
        after.merge("new []", 1L, Long::sum);
        assertThat(told(bootstrap)).isEqualTo(after);
        CheckResult result = judge(bootstrap);
        System.out.println("R31 key adopted keys=" + KEYS + " kills=" + KILLS + " " + result);
        long adopted = KEYS / OFTEN_CHANGED;
        assertThat(result.count(Fault.CHAIN))
                .as("the first change of a key is an update of what was adopted")
                .isEqualTo(adopted);
        assertThat(result.counts().values().stream().mapToLong(Long::longValue).sum())
                .as(result.report())
                .isEqualTo(adopted);
    }

    /** A preview on what was scraped says the same before anything is started. */
    private void foresee() throws IOException {
        Preview preview = new Preview(feed(OLD), feed(NEW), change -> {}, change -> {});
        scraped.forEach(each -> preview.take(each, START * 1_000));
        assertThat(preview.readAgain()).isEqualTo(KEYS);
        assertThat(preview.toldAgain()).isZero();
    }

    private String checked(String bootstrap, String file, int exit) throws IOException {
        Files.writeString(dir.resolve("feed.yaml"), file);
        Cli.Said said = Cli.run(
                "check",
                dir.resolve("feed.yaml").toString(),
                "--connect",
                "--kafka",
                bootstrap,
                "--data",
                dir.resolve("data").toString());
        assertThat(said.exit()).as(said.toString()).isEqualTo(exit);
        return said.out() + said.err();
    }

    /** Each key once; the stock of every so many is another one than before. */
    private void scrape(String bootstrap, int round, String members, int every) {
        Map<String, String> scrapes = new LinkedHashMap<>();
        for (int i = 0; i < KEYS; i++) {
            scrapes.put(
                    "k" + i,
                    "{\"sku\":\"k%d\",\"shop\":\"s\",\"at\":%d,\"added\":\"$%d.00\",\"dropped\":1,\"lenient\":50,\"odd\":9,\"stock\":%d,%s}"
                            .formatted(i, START + round, i, every > 0 && i % every == 0 ? round : 0, members));
        }
        send(bootstrap, scrapes);
    }

    private void send(String bootstrap, Map<String, String> scrapesBySku) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArraySerializer(), new ByteArraySerializer())) {
            scrapesBySku.forEach((sku, scrape) -> {
                byte[] value = scrape.getBytes(StandardCharsets.UTF_8);
                scraped.add(value);
                byte[] key = sku.getBytes(StandardCharsets.UTF_8); // in one partition, so in order
                producer.send(new ProducerRecord<>("shifting.raw", key, value));
            });
        }
    }

    private void ends(String bootstrap, String file) throws IOException {
        try (OsProcess process = start(bootstrap, file, "--until-end")) {
            CrashRig.mustEndWell(process);
        }
    }

    /** No checkpoint is made meanwhile: what was read again has to be read again in the same way. */
    private void killedAtWork(String bootstrap, long most, String file, String... options) throws IOException {
        long enough = Math.min(most, count(bootstrap) + KEYS / OFTEN_CHANGED / (2 * (KILLS + 1)));
        List<String> all = new ArrayList<>(List.of("-D", "execution.checkpointing.interval=10 min"));
        all.addAll(List.of(options));
        try (OsProcess process = start(bootstrap, file, all.toArray(String[]::new))) {
            process.awaitLine(CrashRig.RUNNING, CrashRig.PATIENCE);
            Awaitility.await().atMost(CrashRig.PATIENCE).until(() -> count(bootstrap) >= enough);
            process.kill9();
        }
    }

    private static long count(String bootstrap) {
        return TopicReader.committed(bootstrap)
                .read("shifting.changes", rec -> {})
                .count();
    }

    private OsProcess start(String bootstrap, String file, String... options) throws IOException {
        Files.writeString(dir.resolve("feed.yaml"), file);
        List<String> args = new ArrayList<>(List.of(
                "run",
                dir.resolve("feed.yaml").toString(),
                "--kafka",
                bootstrap,
                "--data",
                dir.resolve("data").toString(),
                "--port",
                "0"));
        args.addAll(List.of(options));
        Path out = Files.createTempFile(dir, "run", ".out");
        return OsProcess.java(out, QuickStart.options(), "io.leat.app.Leat", args);
    }

    private static Map<String, Long> told(String bootstrap) {
        Map<String, Long> told = new TreeMap<>();
        TopicReader.committed(bootstrap).read("shifting.changes", rec -> {
            ChangeLine line = ChangeLine.parse(rec.value());
            told.merge(line.op() + " " + line.changed(), 1L, Long::sum);
        });
        return told;
    }

    private static CheckResult judge(String bootstrap) {
        ChangeLogCheck check = new ChangeLogCheck(
                ComparedFields.only("added", "changed", "removed", "strict", "lenient", "odd", "stock"));
        TopicReader.committed(bootstrap)
                .read("shifting.changes", rec -> check.add(rec.partition(), ChangeLine.parse(rec.value())));
        return check.result();
    }

    private Feed feed(String text) throws IOException {
        Path file = dir.resolve("previewed.yaml");
        Files.writeString(file, text);
        FeedFile.Outcome outcome = FeedFile.read(file, name -> null);
        assertThat(outcome).as(outcome.toString()).isInstanceOf(FeedFile.Valid.class);
        return ((FeedFile.Valid) outcome).feed();
    }
}
