package io.leat.gateway.stream;

import io.leat.gateway.http.Limits;
import io.leat.gateway.log.Batch;
import io.leat.gateway.log.OpenLog;
import io.leat.gateway.log.Place;
import io.leat.gateway.log.Survivors;
import io.leat.gateway.log.Told;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One reader. It has a place in the log and no queue: what it has not taken stays in the log. While it is near the head
 * it reads what all read; further back it asks for a small batch at a time.
 *
 * <p>Everything but {@link #wake} and {@link #close} happens on the connection's event loop.
 */
final class ChangeStream {

    private static final int MAX_CHANGES = 128;
    private static final int PIECE_BYTES = 32 << 10;
    private static final long LAST_WORD_MILLIS = 2_000;
    /** Who takes nothing for so long gives its batch and its turn to others, and reads the rest anew. */
    private static final long LET_GO_MILLIS = 300;

    private final Context context;
    private final HttpServerResponse out;
    private final OpenLog log;
    private final Selection selection;
    private final Framing framing;
    private final SharedFrames shared;
    private final Turns turns;
    private final Limits limits;
    private final Consumer<ChangeStream> onOver;
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Runnable onMore = this::wake;
    private final ArrayDeque<Told> batch = new ArrayDeque<>();
    private Place place;
    private @Nullable Place batchEnd;
    private @Nullable Survivors survivors;
    private long number = -1;
    private boolean inStep;
    private boolean asking;
    private boolean hasTurn;
    private boolean ended;
    private boolean pumping;
    private int unwritten;
    private @Nullable Long stalled;
    private @Nullable Long holding;
    private final long[] timers;

    /**
     * What a reader asked for.
     *
     * @param shared the frames of those who take everything
     */
    record Order(OpenLog log, Selection selection, Framing framing, SharedFrames shared) {}

    ChangeStream(
            Context context,
            HttpServerResponse out,
            Order order,
            Place place,
            Turns turns,
            Limits limits,
            long age,
            Consumer<ChangeStream> onOver) {
        this.context = context;
        this.out = out;
        this.log = order.log();
        this.selection = order.selection();
        this.framing = order.framing();
        this.shared = order.shared();
        this.place = place;
        this.turns = turns;
        this.limits = limits;
        this.onOver = onOver;
        this.timers = new long[] {
            context.owner().setPeriodic(limits.heartbeat().toMillis(), beat -> heartbeat()),
            context.owner().setTimer(age, old -> close())
        };
    }

    /** Begins to write; {@code onOver} is run once when it ends, however it does. */
    void begin(@Nullable Map<String, Object> gap) {
        Buffer hello = Buffer.buffer();
        framing.hello(hello);
        if (gap != null) {
            framing.event(hello, "gap", gap, id());
        }
        framing.heartbeat(hello, id());
        write(hello);
        log.onMore(onMore);
        pump();
    }

    /** There may be more to read. From any thread. */
    void wake() {
        if (woken.compareAndSet(false, true)) {
            context.runOnContext(more -> {
                woken.set(false);
                pump();
            });
        }
    }

    /** Ends it in good order, as when its log is over; the reader may come again with its last id. From any thread. */
    void close() {
        context.runOnContext(now -> endInGoodOrder());
    }

    private void endInGoodOrder() {
        if (!ended) {
            over();
            out.end();
        }
    }

    /** The connection has gone, or the answer has been ended. */
    void over() {
        if (ended) {
            return;
        }
        ended = true;
        log.forget(onMore);
        for (long timer : timers) {
            context.owner().cancelTimer(timer);
        }
        notStalled();
        batch.clear();
        giveTurnBack();
        onOver.accept(this);
    }

    /** A piece that the socket takes at once asks for the next from within: that is this loop's own turn. */
    private void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            if (log.isOver()) {
                endInGoodOrder();
            }
            boolean on = true;
            while (on && !ended && !asking) {
                on = step();
            }
        } finally {
            pumping = false;
        }
    }

    /** Says whether to go on. */
    private boolean step() {
        if (isFull()) {
            stalls();
            return false;
        }
        if (!batch.isEmpty()) {
            writeFromBatch();
        } else if (batchEnd != null) {
            place = batchEnd;
            batchEnd = null;
            giveTurnBack();
        } else if (place.snapshotEnd() != null) {
            snapshot();
        } else {
            return follow();
        }
        return true;
    }

    /** What the socket has not taken counts in bytes: the server's own queue counts pieces, however large. */
    private boolean isFull() {
        return unwritten >= PIECE_BYTES;
    }

    /** Takes a step at the head, or asks for the past. Says whether to go on. */
    private boolean follow() {
        if (number < 0) {
            number = log.follow(place);
            inStep = false;
        }
        if (number < 0) {
            askPast();
            return true;
        }
        return inStep && selection.isAll() ? writeShared() : writeOwn();
    }

    private boolean writeShared() {
        SharedFrames.Piece piece = shared.from(number);
        if (piece == null) {
            return isBehindTheRing();
        }
        number += piece.count();
        place = piece.last().after();
        write(piece.bytes());
        return true;
    }

    private boolean writeOwn() {
        List<Told> changes = log.head(number, MAX_CHANGES);
        if (changes == null || changes.isEmpty()) {
            return isBehindTheRing();
        }
        Buffer piece = Buffer.buffer();
        for (Told change : changes) {
            number++;
            take(change, piece);
            inStep = inStep || change.after().reaches(place.next());
            if (piece.length() >= PIECE_BYTES) {
                break;
            }
        }
        write(piece);
        return true;
    }

    private boolean isBehindTheRing() {
        if (log.head(number, 1) != null) {
            return false;
        }
        number = -1;
        return true;
    }

    private void writeFromBatch() {
        Buffer piece = Buffer.buffer();
        while (!batch.isEmpty() && piece.length() < PIECE_BYTES) {
            take(batch.remove(), piece);
        }
        write(piece);
    }

    private void take(Told change, Buffer piece) {
        if (change.offset() < place.next(change.partition())) {
            return;
        }
        place = inStep ? change.after() : place.after(change.partition(), change.offset());
        Survivors only = survivors;
        if ((only == null || only.has(change)) && selection.takes(change)) {
            framing.change(piece, change.value(), id());
        }
    }

    private void snapshot() {
        long[] end = Objects.requireNonNull(place.snapshotEnd());
        if (place.reaches(end)) {
            place = Place.at(place.next());
            survivors = null;
            Buffer word = Buffer.buffer();
            framing.event(word, "snapshot_end", Map.of(), id());
            write(word);
        } else if (survivors == null) {
            ask(log.survivors(place), found -> survivors = found);
        } else {
            askPast();
        }
    }

    private void askPast() {
        asking = true;
        turns.take(() -> context.runOnContext(turn -> {
            hasTurn = true;
            if (ended) {
                giveTurnBack();
            } else {
                ask(log.past(place), this::gotPast);
            }
        }));
    }

    private void gotPast(Batch found) {
        batch.addAll(found.changes());
        batchEnd = found.after();
    }

    private <T> void ask(Future<T> question, Consumer<T> then) {
        asking = true;
        question.onComplete((AsyncResult<T> answer) -> context.runOnContext(answered -> {
            asking = false;
            if (ended) {
                return;
            }
            if (answer.failed()) {
                endInGoodOrder();
            } else {
                then.accept(answer.result());
                pump();
            }
        }));
    }

    private void giveTurnBack() {
        if (hasTurn) {
            hasTurn = false;
            turns.giveBack();
        }
    }

    private void heartbeat() {
        if (!ended && !isFull()) {
            Buffer beat = Buffer.buffer();
            framing.heartbeat(beat, id());
            write(beat);
        }
    }

    private void write(Buffer piece) {
        int length = piece.length();
        if (length > 0) {
            unwritten += length;
            out.write(piece).onComplete(written -> {
                unwritten -= length;
                if (!ended && !isFull()) {
                    notStalled();
                    pump();
                }
            });
        }
    }

    private void stalls() {
        if (stalled == null) {
            stalled = context.owner().setTimer(limits.stalledAfter().toMillis(), late -> lagged());
            holding = context.owner().setTimer(LET_GO_MILLIS, late -> letGo());
        }
    }

    private void letGo() {
        holding = null;
        batch.clear();
        batchEnd = null;
        giveTurnBack();
    }

    private void notStalled() {
        cancel(stalled);
        cancel(holding);
        stalled = null;
        holding = null;
    }

    private void cancel(@Nullable Long timer) {
        if (timer != null) {
            context.owner().cancelTimer(timer);
        }
    }

    private String id() {
        return log.id(place);
    }

    /** The last word says where to go on; a reader that does not take that either has its last id. */
    private void lagged() {
        stalled = null;
        if (ended) {
            return;
        }
        over();
        Buffer word = Buffer.buffer();
        framing.event(word, "lagged", Map.of("resume", id()), id());
        out.end(word);
        context.owner().setTimer(LAST_WORD_MILLIS, late -> {
            if (!out.closed()) {
                out.reset();
            }
        });
    }
}
