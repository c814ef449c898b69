package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.testkit.ChangeLine;
import io.leat.testkit.ChangeLogCheck;
import io.leat.testkit.CheckResult;
import io.leat.testkit.LastWriterWins;
import io.leat.testkit.PlainJson;
import io.leat.testkit.RandomSeed;
import io.leat.testkit.Scrapes;
import io.leat.testkit.TopicReader;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ctrl-C or kill -9 in the middle, then the same command again: nothing is lost, nothing is told twice, and no line of
 * the file is fed twice or left out.
 */
class StopAndGoOnIT {

    private static final int RECORDS = 120_000;
    private static final int KEYS = 3_000;
    private static final long SOME_BYTES = 100_000;
    private static final Pattern SOME_CHANGES = Pattern.compile("  out [1-9]");

    private static final String FEED =
            """
            feed: stops
            contract: item.schema.json
            key: [shop, sku]
            time: {field: extracted_at}
            changes: {compare: [price, currency, in_stock]}
            """;

    @TempDir
    private Path dir;

    @Test
    void theSameCommandGoesOnWhereItWasStopped() throws IOException {
        LastWriterWins reference = new LastWriterWins(Scrapes.shape());
        String file = write(reference).toString();
        String feed = Files.writeString(dir.resolve("feed.yaml"), FEED).toString();
        Files.writeString(dir.resolve("item.schema.json"), Scrapes.CONTRACT);
        Path data = dir.resolve("data");
        List<String> command =
                List.of("run", feed, "--from", file, "--until-end", "--data", data.toString(), "--port", "0");

        try (Product.Running run = Product.start(dir, "feeding-1", args(command))) {
            awaitMoreRaw(data, 0);
            run.process().interrupt();
            Product.Ended ended = run.awaitEnd();
            assertThat(ended.exit()).as(ended.toString()).isZero();
            assertThat(Told.sentence(ended.out()).balances()).isTrue();
            assertThat(Told.sentence(ended.out()).in()).isLessThan(RECORDS);
            assertThat(ended.err()).isEmpty();
        }
        long fedBefore = rawBytes(data);
        try (Product.Running run = Product.start(dir, "feeding-2", args(command))) {
            awaitMoreRaw(data, fedBefore);
            run.process().kill9();
        }
        try (Product.Running run = Product.start(dir, "telling-1", args(command))) {
            run.process().awaitLine(SOME_CHANGES, Product.PATIENCE);
            run.process().kill9();
        }
        changesWhileTheRunIsOn(feed, data, file);

        Product.Ended last = Product.run(dir, "last", args(command, "--json"));
        assertThat(last.exit()).as(last.toString()).isZero();
        Told told = Told.json(last.lastLine());
        assertThat(told.in()).isEqualTo(RECORDS);
        assertThat(told.isComplete()).as(last.lastLine()).isTrue();
        assertThat(told.dead()).isEqualTo(reference.expectedTally().refused());
        Product.Ended changes =
                Product.run(dir, "changes", "changes", feed, "--data", data.toString(), "--json", "--until-end");
        assertThat(changes.exit()).as(changes.err()).isZero();
        CheckResult result = judge(data, reference);
        assertThat(changes.out().lines()).hasSize((int) result.changes());
        assertThat(told.changed()).isEqualTo(result.changes());
    }

    @Test
    void aFileThatGrewIsFedFromWhereItEndedAndAnotherOfItsNameFromItsBeginning() throws IOException {
        String feed = Files.writeString(dir.resolve("feed.yaml"), FEED).toString();
        Files.writeString(dir.resolve("item.schema.json"), Scrapes.CONTRACT);
        Scrapes scrapes = new Scrapes(Scrapes.Plan.of(1, 30, 30));
        assertThat(fed(feed, "monday", lines(scrapes, 10))).isEqualTo(10);
        assertThat(fed(feed, "monday", lines(scrapes, 10))).isEqualTo(10);
        assertThat(fed(feed, "tuesday", lines(scrapes, 10))).isEqualTo(10);
        Files.writeString(
                Files.createDirectories(dir.resolve("wednesday")).resolve("scrapes.jsonl"),
                Files.readString(dir.resolve("tuesday/scrapes.jsonl")).lines().findFirst().orElseThrow() + "\n");
        assertThat(fed(feed, "wednesday", lines(scrapes, 10)))
                .as("a file that begins like yesterday's")
                .isGreaterThanOrEqualTo(10);
    }

    /** How many lines are fed when these stand at the end of a file that is called the same on every day. */
    private long fed(String feed, String day, String lines) throws IOException {
        Path file = Files.createDirectories(dir.resolve(day)).resolve("scrapes.jsonl");
        Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Product.Ended ended = Product.within(
                "run",
                feed,
                "--from",
                file.toString(),
                "--until-end",
                "--data",
                dir + "/data",
                "--port",
                "0",
                "--json");
        assertThat(ended.exit()).as(ended.toString()).isZero();
        return PlainJson.parse(ended.lastLine()).required("fed").longValue();
    }

    private static String lines(Scrapes scrapes, int count) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append(new String(scrapes.next().value(), StandardCharsets.UTF_8))
                    .append('\n');
        }
        return lines.toString();
    }

    private void changesWhileTheRunIsOn(String feed, Path data, String file) {
        try (Product.Running run = Product.start(
                dir, "telling-2", "run", feed, "--from", file, "--data", data.toString(), "--port", "0")) {
            run.process().awaitLine(SOME_CHANGES, Product.PATIENCE);
            Product.Ended changes = Product.run(
                    dir, "changes-meanwhile", "changes", feed, "--data", data.toString(), "--json", "--until-end");
            assertThat(changes.exit()).as(changes.err()).isZero();
            assertThat(changes.out().lines().map(ChangeLine::parse)).isNotEmpty();
            run.process().interrupt();
            assertThat(run.awaitEnd().exit()).isZero();
        }
    }

    private static CheckResult judge(Path data, LastWriterWins reference) {
        ChangeLogCheck check = new ChangeLogCheck(Scrapes.compared());
        try (DataDirectory held = DataDirectory.take(data);
                EmbeddedKafka broker = EmbeddedKafka.start(held, 0)) {
            TopicReader reader = TopicReader.committed(broker.bootstrap());
            assertThat(reader.read("stops.raw", rec -> {}).count()).isEqualTo(RECORDS);
            reader.read("stops.changes", rec -> check.add(rec.partition(), ChangeLine.parse(rec.value())));
        }
        CheckResult result = check.against(reference, ChangeLogCheck.Expect.EVERY_CHANGE);
        System.out.println(result);
        assertThat(result.isClean()).as(result.report()).isTrue();
        return result;
    }

    private Path write(LastWriterWins reference) throws IOException {
        long seed = RandomSeed.of(StopAndGoOnIT.class.getSimpleName()).value();
        Scrapes scrapes = new Scrapes(Scrapes.Plan.of(seed, RECORDS, KEYS));
        Path file = dir.resolve("scrapes.jsonl.gz");
        try (OutputStream out = new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(file), 1 << 16))) {
            while (scrapes.hasNext()) {
                byte[] scrape = scrapes.next().value();
                reference.add(scrape);
                out.write(scrape);
                out.write('\n');
            }
        }
        return file;
    }

    private static void awaitMoreRaw(Path data, long than) {
        await().atMost(Product.PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> rawBytes(data) > than + SOME_BYTES);
    }

    /** How much of the file the broker has: a look from outside, quicker than any client. Files may vanish meanwhile. */
    private static long rawBytes(Path data) {
        return entries(data.resolve("kafka").toFile(), name -> name.startsWith("stops.raw-"))
                .flatMap(partition -> entries(partition, name -> name.endsWith(".log")))
                .mapToLong(File::length)
                .sum();
    }

    private static Stream<File> entries(File directory, Predicate<String> wanted) {
        File[] found = directory.listFiles((in, name) -> wanted.test(name));
        return found == null ? Stream.empty() : Stream.of(found);
    }

    private static String[] args(List<String> command, String... more) {
        List<String> args = new ArrayList<>(command);
        args.addAll(List.of(more));
        return args.toArray(String[]::new);
    }
}
