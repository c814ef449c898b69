package io.leat.app.faults;

import io.leat.app.guarantee.FlinkProcesses;
import io.leat.app.process.QuickStart;
import io.leat.core.Feed;
import io.leat.format.feedfile.FeedFile;
import io.leat.testkit.FalseClock;
import io.leat.testkit.OsProcess;
import io.leat.testkit.Scrapes;
import io.leat.testkit.SmallDisk;
import io.leat.testkit.TestPostgres;
import io.leat.testkit.Wire;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * The product beyond one machine, on one: three brokers, a job manager, two task managers, two gateways and two deliverers, each a
 * process; a client of webhooks in this process and a database. What crosses a network in earnest goes over a {@link Wire} here.
 */
final class Cluster implements AutoCloseable {

    static final String FEED = "faults";
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int DISK_MEGABYTES = 200;

    final Brokers brokers;
    final FlinkProcesses flink;
    final List<Member> gateways = new ArrayList<>();
    final List<Member> deliverers = new ArrayList<>();
    final Client client;
    final Wire webhook;
    final @Nullable TestPostgres database;
    final @Nullable Wire tables;
    final Optional<FalseClock> jobClock;
    final Path state;
    private final boolean clocks;
    private final @Nullable SmallDisk disk;
    private final Path dir;
    private final Path file;
    private final Feed feed;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private int submitted;

    /**
     * Starts all of it, and the job.
     *
     * @param clocks whether clocks may be put wrong: each look at them costs a process 30 µs then
     */
    Cluster(Path dir, boolean clocks) throws Exception {
        this.clocks = clocks;
        this.dir = dir;
        this.state = Files.createDirectories(dir.resolve("state"));
        try {
            disk = SmallDisk.isPossible("a full disk for checkpoints")
                    ? keep(SmallDisk.mount(state, DISK_MEGABYTES))
                    : null;
            client = keep(new Client());
            webhook = keep(new Wire(client.port()));
            database = TestPostgres.fresh("the sink of tables among faults");
            tables = database == null ? null : keep(new Wire(database.port()));
            file = writeFeed();
            feed = ((FeedFile.Valid) FeedFile.read(file, name -> null)).feed();
            brokers = keep(new Brokers(dir.resolve("kafka")));
            jobClock = clock("job");
            flink = keep(
                    new FlinkProcesses(dir.resolve("flink"), 2, command -> jobClock.map(clock -> clock.over(command))
                            .orElse(command)));
            submit();
            for (int i = 0; i < 2; i++) {
                gateways.add(member("gateway", i, Link.GATEWAY));
                deliverers.add(member("deliver", i, Link.DELIVERER));
            }
            members().forEach(Member::awaitAtWork);
        } catch (Exception | Error e) {
            close();
            throw e;
        }
    }

    private Member member(String verb, int number, Link link) throws IOException {
        String name = verb + "-" + number;
        return keep(new Member(dir, name, verb, file, brokers.bootstrap(link), clock(name)));
    }

    private Optional<FalseClock> clock(String whose) {
        return clocks ? FalseClock.at(dir.resolve(whose + ".clock"), "the clock of " + whose) : Optional.empty();
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }

    private Path writeFeed() throws IOException {
        Files.writeString(dir.resolve("contract.json"), Scrapes.CONTRACT);
        String table = database == null || tables == null
                ? ""
                : "  - {name: tables, postgres: {url: '%s', user: %s, table: prices, history: history, create: true}}%n"
                        .formatted(database.url(tables.port()), TestPostgres.USER);
        return Files.writeString(
                dir.resolve("feed.yaml"),
                """
                feed: %s
                source: {partitions: 4}
                contract: contract.json
                key: [shop, sku]
                time: extracted_at
                changes: {compare: [price, currency, in_stock]}
                log: {partitions: 2}
                sinks:
                  - {name: client, webhook: {url: "http://127.0.0.1:%d/", secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="}, limits: {timeout: 5s}}
                """
                                .formatted(FEED, webhook.port())
                        + table);
    }

    Feed feed() {
        return feed;
    }

    boolean hasSmallDisk() {
        return disk != null;
    }

    List<Member> members() {
        List<Member> all = new ArrayList<>(gateways);
        all.addAll(deliverers);
        return all;
    }

    /** Every process, by a name that stays over its deaths. */
    Map<String, OsProcess> processes() {
        Map<String, OsProcess> all = new java.util.TreeMap<>();
        for (int i = 0; i < Brokers.COUNT; i++) {
            all.put("broker-" + i, brokers.processes().get(i));
        }
        List<OsProcess> ofFlink = flink.processes();
        all.put("job-manager", ofFlink.get(0));
        all.put("task-manager-0", ofFlink.get(1));
        all.put("task-manager-1", ofFlink.get(2));
        members().forEach(member -> all.put(member.name(), member.process()));
        return all;
    }

    /** Where anything but topics is kept. */
    List<Path> directories() {
        return List.of(
                state,
                dir.resolve("flink"),
                dir.resolve("deliver-0"),
                dir.resolve("deliver-1"),
                dir.resolve("gateway-0"),
                dir.resolve("gateway-1"));
    }

    /** Where records are posted. */
    List<URI> ingest() {
        return gateways.stream()
                .map(each -> each.uri("/v1/feeds/" + FEED + "/records"))
                .toList();
    }

    /** Submits the job without a savepoint, as to a cluster that has lost it. */
    void submit() {
        job("submit");
    }

    /** Runs a command on the job, which has to succeed. */
    void job(String verb, String... more) {
        List<String> line = new ArrayList<>(List.of(
                verb,
                file.toString(),
                "--flink",
                flink.address(),
                "--checkpoints",
                state.toUri().toString(),
                "--kafka",
                brokers.bootstrap(Link.JOB),
                "-D",
                "execution.checkpointing.interval=1 s"));
        line.addAll(List.of(more));
        Path out = dir.resolve("%s-%03d.out".formatted(verb, submitted++));
        try (OsProcess command = OsProcess.java(out, QuickStart.options(), "io.leat.app.Leat", line)) {
            if (command.awaitExit(PATIENCE) != 0) {
                throw new AssertionError(verb + ": " + command.said());
            }
        }
    }

    /** Waits until each partition has all of its replicas again: until then a second fault is one too many. */
    void awaitReplicas() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers.bootstrap()))) {
            Awaitility.await("all replicas")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(300))
                    .ignoreExceptions()
                    .until(() -> isWhole(admin));
        }
    }

    private static boolean isWhole(Admin admin) throws ExecutionException, InterruptedException {
        var names = admin.listTopics(new org.apache.kafka.clients.admin.ListTopicsOptions().listInternal(true))
                .names()
                .get();
        for (TopicDescription topic :
                admin.describeTopics(names).allTopicNames().get().values()) {
            if (!topic.partitions().stream().allMatch(each -> each.isr().size() == Brokers.COUNT)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws Exception {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }
}
