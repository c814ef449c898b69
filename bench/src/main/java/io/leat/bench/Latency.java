package io.leat.bench;

import io.leat.bench.load.ChangeReader;
import io.leat.bench.load.PriceRecords;
import io.leat.bench.load.RawTopic;
import io.leat.bench.process.Contestant;
import io.leat.bench.process.Processes;
import io.leat.bench.process.Turn;
import io.leat.bench.result.Cell;
import io.leat.bench.result.Drain;
import io.leat.bench.result.Outcome;
import io.leat.bench.work.Setup;
import io.leat.core.Feed;
import io.leat.format.Topics;
import io.leat.job.FeedTopics;
import io.leat.testkit.OsProcess;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** Gives each system its turn, rotation by rotation, each time beginning with another one. */
final class Latency {

    private final Options options;
    private final Processes processes;
    private final List<Contestant> contestants;
    private final Map<Integer, Processes.Broker> brokers = new LinkedHashMap<>();
    private final List<Cell> cells = new ArrayList<>();
    private final List<Drain> drains = new ArrayList<>();

    Latency(Options options, Processes processes) {
        this.options = options;
        this.processes = processes;
        this.contestants = options.systems().stream()
                .map(name -> Contestant.parse(name, Feed.Log.DEFAULT.partitions()))
                .toList();
    }

    Outcome run() throws InterruptedException, ExecutionException {
        try {
            for (int rotation = 1; rotation <= options.rotations(); rotation++) {
                List<Contestant> order = new ArrayList<>(contestants);
                Collections.rotate(order, 1 - rotation);
                for (Contestant contestant : order) {
                    turn(contestant, rotation);
                }
            }
            Map<String, String> systems = new LinkedHashMap<>();
            contestants.forEach(each -> systems.put(each.name(), each.description()));
            return new Outcome(About.of(options, processes), systems, cells, drains);
        } finally {
            brokers.values().forEach(broker -> broker.process().close());
        }
    }

    private void turn(Contestant contestant, int rotation) throws InterruptedException, ExecutionException {
        Processes.Broker broker = brokers.computeIfAbsent(contestant.backoffMillis(), processes::broker);
        String name = "r%s-%s".formatted(rotation, contestants.indexOf(contestant));
        Feed feed = Setup.feed(processes.feedFile(), name, contestant.logPartitions());
        Topics topics = Topics.of(feed);
        PriceRecords records = new PriceRecords(options.seed() + rotation - 1, options.keys());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            FeedTopics.prepare(admin, feed);
            try (OsProcess system = processes.start(contestant, broker.bootstrap(), name);
                    RawTopic raw = new RawTopic(broker.bootstrap(), topics.raw(), records);
                    ChangeReader changes = new ChangeReader(broker.bootstrap(), topics.changes())) {
                Turn turn = new Turn(contestant, rotation, records, raw, changes, system, broker.process());
                measure(turn, contestant, rotation);
            }
            forget(admin, name);
        }
    }

    private void measure(Turn turn, Contestant contestant, int rotation) throws InterruptedException {
        long begin = System.nanoTime();
        turn.warmUp(options.warmUp());
        Progress.say("%d/%d  %-24s warm after %.1f s", rotation, options.rotations(), contestant.name(), since(begin));
        for (int pace : options.paces()) {
            Cell cell = turn.cell(pace, options.leadInSeconds(), options.seconds());
            cells.add(cell);
            Progress.tell(cell);
        }
        if (options.drain() > 0) {
            Drain drain = turn.drain(options.drain());
            drains.add(drain);
            Progress.tell(drain);
        }
    }

    /** The raw topics of a whole run would not fit on every disk. */
    private static void forget(Admin admin, String name) throws InterruptedException, ExecutionException {
        List<String> own = admin.listTopics().names().get().stream()
                .filter(topic -> topic.startsWith(name + ".") || topic.startsWith(name + "-"))
                .toList();
        admin.deleteTopics(own).all().get();
    }

    private static double since(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
