package io.leat.bench.process;

import io.leat.bench.load.ChangeReader;
import io.leat.bench.load.PriceRecords;
import io.leat.bench.load.RawTopic;
import io.leat.bench.load.Wall;
import io.leat.bench.result.Cell;
import io.leat.bench.result.Drain;
import io.leat.bench.result.Spread;
import io.leat.testkit.OsProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One system's turn: it is warm once {@link #warmUp} returns, and is then measured. Used by one thread. */
public final class Turn {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long HEAD_START_MICROS = 20_000;

    private final Contestant contestant;
    private final int rotation;
    private final PriceRecords records;
    private final RawTopic raw;
    private final ChangeReader changes;
    private final OsProcess system;
    private final OsProcess broker;

    public Turn(
            Contestant contestant,
            int rotation,
            PriceRecords records,
            RawTopic raw,
            ChangeReader changes,
            OsProcess system,
            OsProcess broker) {
        this.contestant = contestant;
        this.rotation = rotation;
        this.records = records;
        this.raw = raw;
        this.changes = changes;
        this.system = system;
        this.broker = broker;
    }

    /** Sends so many scrapes at once and waits until all their changes are seen. */
    public void warmUp(long count) throws InterruptedException {
        raw.sendAll(count);
        if (!caughtUp()) {
            throw new IllegalStateException("%s told %d of %d changes while warming up; it is %s and said:%n%s"
                    .formatted(
                            contestant.name(),
                            changes.count(),
                            records.changes(),
                            system.isAlive() ? "alive" : "gone",
                            system.said()));
        }
    }

    /** Measures at a pace; the seconds of the lead-in are sent but not counted. */
    public Cell cell(int perSecond, int leadInSeconds, int seconds) throws InterruptedException {
        changes.take();
        long repeatedBefore = changes.repeated();
        long start = Wall.micros() + HEAD_START_MICROS;
        long from = start + leadInSeconds * 1_000_000L;
        raw.sendPaced(start, perSecond, (long) leadInSeconds * perSecond);
        double[] before = cpu();
        raw.sendPaced(from, perSecond, (long) seconds * perSecond);
        double[] after = cpu();
        long end = Wall.micros();
        raw.flush();
        boolean complete = caughtUp();
        double catchUpMillis = (Wall.micros() - end) / 1e3;
        Spread.Collector fromAppend = new Spread.Collector();
        Spread.Collector fromIntended = new Spread.Collector();
        Spread.Collector sending = new Spread.Collector();
        for (ChangeReader.Sighting sighting : changes.take()) {
            long intended = raw.intendedMicros(sighting.partition(), sighting.offset());
            if (intended >= from) {
                long appended = raw.appendedMillis(sighting.partition(), sighting.offset()) * 1_000;
                fromAppend.add(sighting.visibleMicros() - appended);
                fromIntended.add(sighting.visibleMicros() - intended);
                sending.add(appended - intended);
            }
        }
        double wall = (end - from) / 1e6;
        return new Cell(
                contestant.name(),
                rotation,
                perSecond,
                fromAppend.spread(),
                fromIntended.spread(),
                sending.spread(),
                complete ? 0 : records.changes() - changes.count(),
                changes.repeated() - repeatedBefore,
                catchUpMillis,
                (after[0] - before[0]) / wall,
                (after[1] - before[1]) / wall,
                (after[2] - before[2]) / wall);
    }

    /** Fills the raw topic while the system stands still, then lets it go. */
    public Drain drain(long count) throws InterruptedException {
        TimeUnit.SECONDS.sleep(2); // whatever is still open gets committed
        system.stop();
        raw.sendAll(count);
        double[] before = cpu();
        long start = Wall.micros();
        system.cont();
        if (!caughtUp()) {
            throw new IllegalStateException(contestant.name() + " did not drain the topic:\n" + system.said());
        }
        double[] after = cpu();
        double seconds = (changes.lastAppendMillis() * 1_000 - start) / 1e6;
        return new Drain(contestant.name(), rotation, count, seconds, after[0] - before[0], after[1] - before[1]);
    }

    private boolean caughtUp() throws InterruptedException {
        return changes.await(records.changes(), PATIENCE, system::isAlive);
    }

    private double[] cpu() {
        return List.of(system.pid(), broker.pid(), ProcessHandle.current().pid()).stream()
                .mapToDouble(Processes::cpuSeconds)
                .toArray();
    }
}
