package io.leat.job.log;

import io.leat.core.Change;
import io.leat.core.HeldNote;
import io.leat.job.log.LogSettings.Turn;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Writes one partition in small transactions, with two producers that take turns.
 *
 * <p>While one producer's transaction is being committed the other takes records. The log's order is kept because
 * a producer's records are all acknowledged before the other sends its first, and commits follow one another on one thread,
 * each once readers see the last: whatever is committed is a prefix of what was appended. A failure anywhere stops everything
 * after it.
 *
 * <p>The task's thread appends and syncs; the pump thread sends; the committer thread commits.
 */
final class PartitionWriter implements AutoCloseable {

    private static final int QUEUE = 16_384;
    private static final long IDLE_MILLIS = 100;
    private static final long POLL_MILLIS = 50;
    /** Where nobody waits for changes the pump looks for them this often. */
    private static final long GATHER_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    /** An owner that has nothing to write looks this often whether it still is the owner. */
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(2);

    private sealed interface Entry {}

    private record Append(Change change, long takenMillis) implements Entry {}

    private record AppendNote(HeldNote note) implements Entry {}

    private record Sync(CompletableFuture<Long> end) implements Entry {}

    private final LogSettings settings;
    private final LogOffsets offsets;
    private final int partition;
    private final ChangeLog.Owner owner;
    private final String name;
    private final CommitPace pace;
    private final Map<Turn, TransactionalProducer> producers = new EnumMap<>(Turn.class);
    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(QUEUE);
    private final ExecutorService committer;
    private final Thread pump;

    private volatile @Nullable Throwable failure;
    private volatile boolean closed;
    /** Written by the committer, read by it. */
    private long committedEnd;

    // The pump's own.
    private Turn turn = Turn.B;
    private @Nullable TransactionalProducer open;
    private List<Append> taken = new ArrayList<>();
    /** How many of these the producer has. */
    private int sent;

    private final Map<Turn, Future<?>> commits = new EnumMap<>(Turn.class);
    private long openedNanos;
    private long lastCommitNanos;

    PartitionWriter(LogSettings settings, LogOffsets offsets, int partition, ChangeLog.Owner owner) {
        this.settings = settings;
        this.offsets = offsets;
        this.partition = partition;
        this.owner = owner;
        this.name = Ownership.newName(settings);
        this.pace = new CommitPace(TimeUnit.MILLISECONDS.toNanos(settings.commitEveryMillis()));
        String suffix = settings.topic() + "-" + partition;
        this.committer = Executors.newSingleThreadExecutor(task -> daemon(task, "leat-commit-" + suffix));
        this.pump = daemon(this::pump, "leat-write-" + suffix);
    }

    int partition() {
        return partition;
    }

    /** Fences every former writer of this partition and puts this one's name down. */
    Future<?> fence() {
        return committer.submit(this::takeIds);
    }

    private void takeIds() {
        Ownership.mayTake(settings, partition);
        for (Turn each : Turn.values()) {
            TransactionalProducer producer = new TransactionalProducer(settings, partition, each);
            producers.put(each, producer);
            producer.fence();
        }
        producer(Turn.A).claim(name, 0);
        Ownership.putDown(settings, partition);
    }

    /** Takes records from now on; {@code end} is where the log ends. */
    void start(long end) {
        committedEnd = end;
        lastCommitNanos = System.nanoTime();
        pump.start();
    }

    void append(Change change, long takenMillis) {
        put(new Append(change, takenMillis));
    }

    void append(HeldNote note) {
        put(new AppendNote(note));
    }

    /** Completes with the log's end once everything appended so far is committed. */
    CompletableFuture<Long> sync() {
        CompletableFuture<Long> end = new CompletableFuture<>();
        put(new Sync(end));
        return end;
    }

    /** Waits on the task's thread, and no longer than the writer lives. */
    long await(CompletableFuture<Long> end) {
        try {
            while (!end.isDone()) {
                rethrow();
                waitABit(end);
            }
            return end.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a commit", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the commit failed", e.getCause());
        }
    }

    private static void waitABit(CompletableFuture<Long> end) throws InterruptedException, ExecutionException {
        try {
            end.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // The caller looks again whether the writer still lives.
        }
    }

    private void put(Entry entry) {
        rethrow();
        if (!queue.offer(entry)) {
            owner.waits(true);
            try {
                putLater(entry);
            } finally {
                owner.waits(false);
            }
        }
    }

    private void putLater(Entry entry) {
        try {
            while (!queue.offer(entry, POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                rethrow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while appending", e);
        }
    }

    private void rethrow() {
        Throwable cause = failure;
        if (cause != null) {
            throw cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
        }
    }

    private void pump() {
        try {
            while (!closed) {
                Entry entry = next();
                if (entry instanceof Append append) {
                    take(append);
                } else if (entry instanceof AppendNote append) {
                    opened().send(append.note());
                }
                if (open != null && (entry instanceof Sync || isDue())) {
                    commitOpen();
                }
                if (entry instanceof Sync sync) {
                    committer.execute(() -> settle(sync.end()));
                } else if (entry == null && open == null && System.nanoTime() - lastCommitNanos > LOOK_NANOS) {
                    look();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            fail(e);
        }
    }

    private void settle(CompletableFuture<Long> end) {
        Throwable cause = failure;
        if (cause == null) {
            end.complete(committedEnd);
        } else {
            end.completeExceptionally(cause);
        }
    }

    private @Nullable Entry next() throws InterruptedException {
        if (open == null) {
            return queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        }
        Entry ready = queue.poll();
        long left = Math.max(openedNanos, lastCommitNanos) + pace.everyNanos() - System.nanoTime();
        if (ready != null || left <= 0) {
            return ready;
        }
        if (pace.isBehind()) { // waking for each change would cost the task more than deciding it did
            LockSupport.parkNanos(Math.min(left, GATHER_NANOS));
            return queue.poll();
        }
        return queue.poll(left, TimeUnit.NANOSECONDS);
    }

    /** Commits keep the {@link CommitPace}; the first after a rest comes at once. */
    private boolean isDue() {
        long now = System.nanoTime();
        long every = pace.everyNanos();
        return taken.size() >= settings.commitRecords()
                || now - openedNanos >= every
                || (queue.isEmpty() && now - lastCommitNanos >= every);
    }

    /** Where nobody waits for them changes go to the broker together. */
    private void take(Append append) throws InterruptedException, ExecutionException {
        TransactionalProducer producer = opened();
        taken.add(append);
        pace.carries(System.currentTimeMillis() - Math.floorDiv(append.change().eventTime(), 1_000));
        if (!pace.isBehind()) {
            sendTaken(producer);
        }
    }

    private void sendTaken(TransactionalProducer producer) {
        while (sent < taken.size()) {
            producer.send(taken.get(sent++).change());
        }
    }

    private TransactionalProducer opened() throws InterruptedException, ExecutionException {
        TransactionalProducer producer = open;
        if (producer == null) {
            producer = takeTurn();
            producer.begin();
            open = producer;
            openedNanos = System.nanoTime();
        }
        return producer;
    }

    private TransactionalProducer takeTurn() throws InterruptedException, ExecutionException {
        turn = turn.other();
        Future<?> last = commits.get(turn);
        if (last != null) {
            last.get();
        }
        return producer(turn);
    }

    private void commitOpen() {
        TransactionalProducer producer = java.util.Objects.requireNonNull(open);
        sendTaken(producer);
        long began = System.nanoTime();
        committer.execute(this::awaitLast); // while the records are on their way
        long end = producer.flush();
        settings.watch().reached(LogStep.SENT);
        List<Append> changes = taken;
        taken = new ArrayList<>(changes.size());
        sent = 0;
        pace.committing();
        open = null;
        lastCommitNanos = System.nanoTime();
        commits.put(turn, committer.submit(() -> commit(producer, changes, end, began)));
    }

    /**
     * A broker that dies between deciding a transaction and showing it may forget to show it ({@link HangingTransactions}).
     * What stands behind it must not be decided then: it would be seen without what stands before.
     */
    private void awaitLast() {
        try {
            offsets.awaitVisible(new TopicPartition(settings.topic(), partition), committedEnd);
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private void commit(TransactionalProducer producer, List<Append> changes, long end, long began) {
        if (failure != null || closed) {
            throw new IllegalStateException("an earlier commit failed");
        }
        try {
            settings.watch().reached(LogStep.COMMITTING);
            producer.commit();
            settings.watch().reached(LogStep.COMMITTED);
        } catch (RuntimeException | Error e) {
            fail(e);
            throw e;
        }
        pace.took(System.nanoTime() - began);
        committedEnd = Math.max(committedEnd, end); // a transaction may hold notes alone
        changes.forEach(each -> owner.committed(each.change(), each.takenMillis()));
    }

    private void look() throws InterruptedException, ExecutionException {
        TransactionalProducer producer = takeTurn();
        lastCommitNanos = System.nanoTime();
        commits.put(turn, committer.submit(() -> {
            try {
                producer.claim(name, committedEnd);
            } catch (RuntimeException | Error e) {
                fail(e);
            }
        }));
    }

    private void fail(Throwable cause) {
        if (closed || failure != null) {
            return;
        }
        Throwable meaning = cause;
        if (Ownership.isLost(cause)) {
            String successor = Ownership.successor(settings, partition, name);
            if (successor != null) {
                meaning = Ownership.lost(settings, successor);
            }
        }
        failure = meaning;
        owner.failed(meaning);
    }

    private TransactionalProducer producer(Turn which) {
        return java.util.Objects.requireNonNull(producers.get(which), "fence() comes first");
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        closed = true;
        pump.interrupt();
        committer.shutdownNow();
        producers.values().forEach(TransactionalProducer::close);
    }
}
