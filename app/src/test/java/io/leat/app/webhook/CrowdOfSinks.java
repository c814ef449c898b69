package io.leat.app.webhook;

import io.leat.app.process.QuickStart;
import io.leat.app.sinks.FaultyLink;
import io.leat.app.sinks.ObjectStoreProcess;
import io.leat.testkit.OsProcess;
import io.leat.testkit.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A feed with many sinks of every kind in one process. Of files, tables and topics some lie behind something that fails when it is
 * told to: the last quarter of the prefixes behind a link, of the tables the last one is locked and the quarter before it behind a
 * link, the last half of the topics in a cluster of their own.
 */
final class CrowdOfSinks {

    static final int WEBHOOKS = Integer.getInteger("leat.crowd.webhooks", 12);
    static final int PREFIXES = Integer.getInteger("leat.crowd.prefixes", 4);
    static final int TABLES = Integer.getInteger("leat.crowd.tables", 4);
    static final int TOPICS = Integer.getInteger("leat.crowd.topics", 2);
    static final int EVERY_SECONDS = Integer.getInteger("leat.crowd.every", 2);

    /** The first of those that are struck. */
    static final int STRUCK_PREFIX = PREFIXES - Math.max(1, PREFIXES / 4);

    static final int STRUCK_TABLE = TABLES - Math.max(2, TABLES / 4);
    static final int STRUCK_TOPIC = TOPICS - TOPICS / 2;

    private static final Pattern DELIVERS = Pattern.compile("delivering crowd to ");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private CrowdOfSinks() {}

    /** Where all of them are. */
    record Ends(
            FastReceivers receivers,
            ObjectStoreProcess store,
            FaultyLink storeLink,
            TestPostgres database,
            FaultyLink databaseLink,
            String peer,
            String struckPeer) {}

    static boolean isLocked(int table) {
        return table == TABLES - 1;
    }

    /** The feed file. */
    static String feed(Ends ends) {
        StringBuilder sinks = new StringBuilder("feed: crowd\nkey: sku\ntime: at\nsinks:\n");
        for (int i = 0; i < WEBHOOKS; i++) {
            sinks.append("  - {name: hook-%d, webhook: {url: '%s', secret: %s}}%n"
                    .formatted(i, ends.receivers().url(i), Receiver.SECRET));
        }
        for (int i = 0; i < PREFIXES; i++) {
            int port =
                    i < STRUCK_PREFIX ? ends.store().port() : ends.storeLink().port();
            sinks.append(
                    "  - {name: lake-%d, files: {path: 's3://bucket/p%d', every: %ds, endpoint: 'http://127.0.0.1:%d', path_style: true, %s}}%n"
                            .formatted(i, i, EVERY_SECONDS, port, ObjectStoreProcess.LOGIN));
        }
        for (int i = 0; i < TABLES; i++) {
            boolean linked = i >= STRUCK_TABLE && !isLocked(i);
            String url = linked
                    ? ends.database().url(ends.databaseLink().port())
                    : ends.database().url();
            sinks.append(
                    "  - {name: table-%d, postgres: {url: '%s', user: %s, table: t%d, history: h%d, create: true, columns: {at: {from: after.at, type: bigint}}}}%n"
                            .formatted(i, url, TestPostgres.USER, i, i));
        }
        for (int i = 0; i < TOPICS; i++) {
            sinks.append("  - {name: topic-%d, kafka: {bootstrap: '%s', topic: t%d}}%n"
                    .formatted(i, i < STRUCK_TOPIC ? ends.peer() : ends.struckPeer(), i));
        }
        return sinks.toString();
    }

    /** One process that serves them all. */
    static OsProcess deliver(Path dir, Ends ends, String bootstrap) throws IOException {
        Path feed = Files.writeString(dir.resolve("feed.yaml"), feed(ends));
        List<String> options = new ArrayList<>(QuickStart.options());
        options.add("-Xmx" + System.getProperty("leat.crowd.heap", "256m"));
        OsProcess process = OsProcess.java(
                dir.resolve("deliver.out"),
                options,
                "io.leat.app.Leat",
                List.of(
                        "deliver",
                        feed.toString(),
                        "--kafka",
                        bootstrap,
                        "--data",
                        dir.resolve("deliver").toString(),
                        "--log",
                        dir.resolve("deliver.log").toString(),
                        "--allow-private-webhooks"));
        process.awaitLine(DELIVERS, PATIENCE);
        return process;
    }

    /** A figure of a process as Linux has it: {@code VmRSS} in KiB, {@code Threads}; -1 elsewhere. */
    static long figure(OsProcess process, String name) throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        if (!Files.exists(status)) {
            return -1;
        }
        Matcher figure =
                Pattern.compile(name + ":\\s+(\\d+)").matcher(Files.readString(status, StandardCharsets.UTF_8));
        return figure.find() ? Long.parseLong(figure.group(1)) : -1;
    }
}
