package io.leat.app.guarantee;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.app.process.QuickStart;
import io.leat.testkit.ChangeLine;
import io.leat.testkit.ChangeLogCheck;
import io.leat.testkit.CheckResult;
import io.leat.testkit.LastWriterWins;
import io.leat.testkit.OsProcess;
import io.leat.testkit.RandomSeed;
import io.leat.testkit.Scrapes;
import io.leat.testkit.TopicReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A feed, a file of scrapes for it, processes that run it, and the judge. Every process is its own JVM and ends with the
 * rig's user.
 */
final class CrashRig {

    static final String FEED = "crash";
    static final Duration PATIENCE = Duration.ofMinutes(10);
    /** Ten times as often as the product does: short lives should meet some. */
    static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(1);
    /** The same as an option of {@code leat run}. */
    static final String OFTEN = "execution.checkpointing.interval=" + CHECKPOINT_EVERY.toMillis() + " ms";

    static final Pattern RUNNING = Pattern.compile("RUNNING .*in [1-9]");

    /** For figures: processes that live long enough get the optimizing compiler too. */
    private static final boolean OPTIMIZED = Boolean.getBoolean("leat.optimized");

    private static final String HEAP = "-Xmx" + System.getProperty("leat.heap", "768m");

    final Path dir;
    final Path feed;
    final Path data;
    final Path records;
    private final long count;
    private int started;

    private CrashRig(Path dir, long count) {
        this.dir = dir;
        this.feed = dir.resolve("feed.yaml");
        this.data = dir.resolve("data");
        this.records = dir.resolve("scrapes.jsonl");
        this.count = count;
    }

    /** Writes the feed file, its contract and the scrapes. */
    static CrashRig make(Path dir, RandomSeed seed, long count, int keys, int logPartitions) throws IOException {
        CrashRig rig = new CrashRig(dir, count);
        Files.writeString(dir.resolve("contract.json"), Scrapes.CONTRACT);
        Files.writeString(
                rig.feed,
                """
                feed: %s
                contract: contract.json
                key: [shop, sku]
                time: extracted_at
                changes: {compare: [price, currency, in_stock]}
                log: {partitions: %d}
                """
                        .formatted(FEED, logPartitions));
        Scrapes scrapes = new Scrapes(Scrapes.Plan.of(seed.value(), count, keys));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(rig.records), 1 << 20)) {
            while (scrapes.hasNext()) {
                out.write(scrapes.next().value());
                out.write('\n');
            }
        }
        return rig;
    }

    /** {@code leat run … --from scrapes --until-end} with further options. */
    OsProcess run(String... options) {
        List<String> args = new ArrayList<>(List.of(
                "run",
                feed.toString(),
                "--from",
                records.toString(),
                "--until-end",
                "--data",
                data.toString(),
                "--port",
                "0",
                "-D",
                OFTEN));
        args.addAll(List.of(options));
        return java("io.leat.app.Leat", args);
    }

    /** {@code leat run … --until-end} of what is in the raw topic of a broker. */
    void drain(String bootstrap) {
        try (OsProcess process = java(
                "io.leat.app.Leat",
                List.of("run", feed.toString(), "--until-end", "--kafka", bootstrap, "--data", data.toString()))) {
            mustEndWell(process);
        }
    }

    /** A main class of the tests or the product. */
    OsProcess java(String main, List<String> args) {
        List<String> options = new ArrayList<>(QuickStart.options());
        options.removeIf(option -> OPTIMIZED && option.startsWith("-XX:TieredStopAtLevel"));
        options.add(HEAP);
        return OsProcess.java(dir.resolve("run-%03d.out".formatted(started++)), options, main, args);
    }

    /** Runs to the end, which must come. */
    void runToTheEnd(String... options) {
        try (OsProcess process = run(options)) {
            mustEndWell(process);
        }
    }

    static void mustEndWell(OsProcess process) {
        int exit = process.awaitExit(PATIENCE);
        if (exit != 0) {
            throw new AssertionError("exit " + exit + ":\n" + end(process));
        }
    }

    static String end(OsProcess process) {
        String said = process.said();
        return said.substring(Math.max(0, said.length() - 3_000));
    }

    /** Judges the log of the embedded broker, which must not be running. */
    CheckResult judge() {
        try (DataDirectory directory = DataDirectory.take(data);
                EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0)) {
            return judge(kafka.bootstrap());
        }
    }

    /** Judges the log of a running broker: what each key was told is exactly what a crash-free run tells. */
    CheckResult judge(String bootstrap) {
        LastWriterWins reference = new LastWriterWins(Scrapes.shape());
        TopicReader reader = TopicReader.committed(bootstrap);
        long raw = reader.read(FEED + ".raw", rec -> reference.add(rec.value())).count();
        if (raw != count) {
            throw new AssertionError("the raw topic has " + raw + " records, the file " + count);
        }
        ChangeLogCheck check = new ChangeLogCheck(Scrapes.compared());
        reader.read(FEED + ".changes", rec -> check.add(rec.partition(), ChangeLine.parse(rec.value())));
        return check.against(reference, ChangeLogCheck.Expect.EVERY_CHANGE);
    }
}
