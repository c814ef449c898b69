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
import java.util.concurrent.TimeUnit;

/** One system's turn: it is warm once {@link #warmUp} returns, and is then measured. Used by one thread. */
public final class Turn {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int QUOTED = 4_000;
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

    /** Sends so many scrapes and waits until all their changes are seen; the first alone, until the system has started. */
    public void warmUp(long count) throws InterruptedException {
        raw.sendAll(1);
        if (!caughtUp()) {
            throw stuck();
        }
        raw.sendAll(count - 1);
        if (!caughtUp()) {
            throw stuck();
        }
    }

    /** Measures at a pace; the seconds of the lead-in are sent but not counted. */
    public Cell cell(int perSecond, int leadInSeconds, int seconds) throws InterruptedException {
        changes.take();
        long repeatedBefore = changes.repeated();
        long start = Wall.micros() + HEAD_START_MICROS;
        long from = start + leadInSeconds * 1_000_000L;
        raw.sendPaced(start, perSecond, (long) leadInSeconds * perSecond);
        Processor before = used();
        raw.sendPaced(from, perSecond, (long) seconds * perSecond);
        long end = Wall.micros();
        Processor cores = used().since(before).over((end - from) / 1e6);
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
                cores.system(),
                cores.broker(),
                cores.driver(),
                cores.others());
    }

    /** Fills the raw topic while the system stands still, then lets it go. */
    public Drain drain(long count) throws InterruptedException {
        TimeUnit.SECONDS.sleep(2); // whatever is still open gets committed
        system.stop();
        raw.sendAll(count);
        Processor before = used();
        long start = Wall.micros();
        system.cont();
        if (!caughtUp()) {
            throw stuck();
        }
        Processor used = used().since(before);
        double seconds = (changes.lastAppendMillis() * 1_000 - start) / 1e6;
        return new Drain(contestant.name(), rotation, count, seconds, used.system(), used.broker());
    }

    private boolean caughtUp() throws InterruptedException {
        return changes.await(records.changes(), PATIENCE, system::isAlive);
    }

    private IllegalStateException stuck() {
        String said = system.said();
        return new IllegalStateException("%s told %s of %s changes; it is %s and said: …%n%s"
                .formatted(
                        contestant.name(),
                        changes.count(),
                        records.changes(),
                        system.isAlive() ? "alive" : "gone",
                        said.substring(Math.max(0, said.length() - QUOTED))));
    }

    private Processor used() {
        return Processor.now(system.pid(), broker.pid());
    }
}
