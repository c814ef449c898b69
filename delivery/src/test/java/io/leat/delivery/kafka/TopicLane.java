package io.leat.delivery.kafka;

import io.leat.core.delivery.KafkaTopic;
import io.leat.core.delivery.Subscription;
import io.leat.delivery.batch.Arrival;
import io.leat.delivery.batch.Batch;
import io.leat.delivery.batch.BatchWriter;
import io.leat.delivery.batch.Durable;
import io.leat.delivery.batch.Log;
import io.leat.delivery.batch.ShopChange;
import io.leat.delivery.guard.Guard;
import io.leat.delivery.guard.Network;
import io.leat.delivery.lane.Cursor;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

/** Feeds a writer as its lane does, and keeps the cursor that outlives it. */
final class TopicLane implements AutoCloseable {

    static final Guard LOOPBACK = guard("127.0.0.1/32");

    private final KafkaSink sink;
    private final long epoch;
    private BatchWriter writer;
    private Cursor cursor;

    /** What was refused. */
    final List<String> letters = Collections.synchronizedList(new ArrayList<>());

    TopicLane(KafkaTopic terms, Guard guard, long epoch) {
        this(terms, guard, epoch, 2_000);
    }

    /** @param patienceMillis how long it waits for the cluster */
    TopicLane(KafkaTopic terms, Guard guard, long epoch, int patienceMillis) {
        Subscription subscription =
                new Subscription("s", terms, null, List.of(), Subscription.CatchUp.ALL, Subscription.From.EARLIEST);
        this.sink = KafkaSink.open(
                "shop",
                "s",
                subscription,
                each -> new Cluster(each, "leat-shop-s", guard, patienceMillis),
                () -> new Log("log", 1));
        this.epoch = epoch;
        this.cursor = Cursor.at(epoch, 0);
        this.writer = writer();
    }

    static Guard guard(String range) {
        return new Guard(List.of(Network.parse(range)), host -> {
            try {
                return CompletableFuture.completedFuture(List.of(InetAddress.getAllByName(host)));
            } catch (java.net.UnknownHostException e) {
                return CompletableFuture.failedFuture(e);
            }
        });
    }

    static KafkaTopic terms(String bootstrap, String topic, KafkaTopic.Guarantee guarantee) {
        return new KafkaTopic(
                bootstrap, topic, Map.of(), Map.of(), guarantee, null, List.of(), KafkaTopic.Format.CHANGE);
    }

    private BatchWriter writer() {
        return sink.open(0, cursor, (change, reason) -> letters.add(change.offset() + " " + reason));
    }

    /** A process in which nothing is known but a cursor. */
    TopicLane restartAt(Cursor other) {
        cursor = other;
        writer = writer();
        return this;
    }

    /** Writes the changes from the cursor up to an offset. */
    Durable write(long end) throws IOException {
        return write(changes(cursor.position(), end), end);
    }

    Durable write(List<Arrival> changes, long end) throws IOException {
        Durable done = writer.write(new Batch(changes, end, 0, 0));
        cursor = Cursor.at(epoch, done.position()).marked(done.mark() == null ? "" : done.mark());
        return done;
    }

    static List<Arrival> changes(long from, long end) {
        return LongStream.range(from, end)
                .mapToObj(offset -> ShopChange.of(offset, offset, (int) offset))
                .toList();
    }

    Cursor cursor() {
        return cursor;
    }

    @Override
    public void close() {
        writer.close();
    }
}
