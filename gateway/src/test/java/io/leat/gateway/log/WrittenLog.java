package io.leat.gateway.log;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A log of one partition that a test writes. Thread-safe. */
public final class WrittenLog {

    private static final int FEW = 3;

    private final List<Told> told = new ArrayList<>();
    private final InMemory past = new InMemory();
    public final OpenLog log;
    private volatile @Nullable Future<Batch> instead;

    /**
     * A log.
     *
     * @param before how many changes of other keys were told before it was opened
     * @param atHead how many of the newest are held for all
     */
    public WrittenLog(int before, int atHead) {
        for (int i = 0; i < before; i++) {
            write("k" + i, "{\"key\":[\"k" + i + "\"],\"op\":\"new\"}");
        }
        log = new OpenLog(
                "0a1b2c3d",
                1,
                new Ring(Place.at(new long[] {before}), atHead, 1 << 20),
                past,
                past,
                0,
                InstantSource.system());
    }

    private synchronized Told write(String key, String value) {
        long offset = told.size();
        Told change = new Told(
                0,
                offset,
                ("[\"" + key + "\"]").getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8),
                Place.at(new long[] {offset + 1}));
        told.add(change);
        return change;
    }

    /** Tells a change of a key. */
    public void tell(String key, String value) {
        Told change = write(key, value);
        log.add(0, change.offset(), change.key(), change.value());
        log.moved();
    }

    /** Tells a change that nobody follows the head for. */
    public void tellUnread(String key, String value) throws InterruptedException {
        log.rest(Duration.ZERO);
        write(key, value);
    }

    /** The head is followed again, from what has been told till now. */
    public void goOn() {
        log.goOnFrom(log.now().result());
    }

    /** Ends it, as when its topic is made anew. */
    public void finish() {
        log.finish();
    }

    /** What whoever reads the past is answered from now on. */
    public void answer(Future<Batch> batch) {
        instead = batch;
    }

    private final class InMemory implements Past {

        @Override
        public Future<Batch> read(Place from) {
            Future<Batch> answer = instead;
            return answer == null ? Future.succeededFuture(batch(from)) : answer;
        }

        private Batch batch(Place from) {
            long[] end = from.snapshotEnd();
            synchronized (WrittenLog.this) {
                long until = Math.min(end == null ? told.size() : end[0], from.next(0) + FEW);
                List<Told> some = told.subList((int) from.next(0), (int) until);
                return new Batch(some, some.isEmpty() ? from : from.after(0, until - 1));
            }
        }

        @Override
        public Future<Ends> ends(long thinnedBefore) {
            synchronized (WrittenLog.this) {
                return Future.succeededFuture(new Ends(new long[1], new long[1], new long[] {told.size()}));
            }
        }

        @Override
        public Future<Place> since(long millis) {
            return Future.succeededFuture(Place.at(new long[1]));
        }

        @Override
        public Future<Survivors> survivors(Place from) {
            Survivors.Search search = new Survivors.Search(1);
            synchronized (WrittenLog.this) {
                told.subList(0, (int) Objects.requireNonNull(from.snapshotEnd())[0])
                        .forEach(search::saw);
            }
            return Future.succeededFuture(search.found());
        }

        @Override
        public void close() {}
    }
}
