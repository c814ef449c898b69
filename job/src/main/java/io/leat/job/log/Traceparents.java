package io.leat.job.log;

import io.leat.core.Change;
import io.leat.core.Position;
import io.leat.format.Traceparent;
import io.leat.format.spans.Span;
import io.leat.format.spans.Spans;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The traces of scrapes that were read in this process and whose changes are not written yet. A trace is a courtesy: it passes
 * by the stages, so that items need not carry it, and one is lost where the change is written by another process, long after
 * its scrape, or after the job began again. Thread-safe.
 *
 * <p>Limit: the newest {@value #MOST}.
 */
public final class Traceparents {

    private static final int MOST = 20_000;

    /**
     * A scrape on its way.
     *
     * @param traceparent what the stage that reads it hands on
     * @param readMillis when it was read, milliseconds since 1970
     */
    private record Read(String traceparent, long readMillis) {}

    private static final Map<Position, Read> TRACES = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Position, Read> eldest) {
            return size() > MOST;
        }
    };

    private static volatile boolean isAny;

    private Traceparents() {}

    /**
     * A scrape was read that belongs to a trace.
     *
     * @param trace what stood in its header
     * @param takenMillis when the broker took it, milliseconds since 1970
     */
    public static void read(Position scrape, String trace, long takenMillis) {
        long now = System.currentTimeMillis();
        String onward = trace;
        if (Spans.areWanted(trace)) {
            String id = Spans.idOf(Span.Stage.RAW, trace, scrape.toString());
            Spans.tell(new Span(Span.Stage.RAW, trace, id, takenMillis, now, place(scrape), null));
            onward = Traceparent.below(trace, id);
        }
        isAny = true;
        synchronized (TRACES) {
            TRACES.put(scrape, new Read(onward, now));
        }
    }

    private static Map<String, Object> place(Position scrape) {
        return Map.of(
                "messaging.system",
                "kafka",
                "messaging.destination.name",
                scrape.topic(),
                "messaging.destination.partition.id",
                Integer.toString(scrape.partition()),
                "messaging.kafka.offset",
                scrape.offset());
    }

    /** How a change that is written now goes on in the trace of its scrape; {@code null} if none is known. */
    static @Nullable Onward of(Change change) {
        if (!isAny) {
            return null;
        }
        Read read;
        synchronized (TRACES) {
            read = TRACES.get(change.source());
        }
        if (read == null) {
            return null;
        }
        String id = Spans.areWanted(read.traceparent())
                ? Spans.idOf(Span.Stage.CHANGE, read.traceparent(), change.id())
                : null;
        return new Onward(
                read.traceparent(),
                id,
                read.readMillis(),
                change.id(),
                change.op().word());
    }

    /**
     * A change that is part of a trace.
     *
     * @param parent what the stage before handed on
     * @param id of the span from reading to telling; {@code null} if nobody wants it
     */
    record Onward(String parent, @Nullable String id, long readMillis, String change, String op) {

        /** What stands in the change's header. */
        String header() {
            return id == null ? parent : Traceparent.below(parent, id);
        }

        /** It can be seen in the log of a feed. */
        void isVisible(String feed) {
            if (id != null) {
                Spans.tell(new Span(
                        Span.Stage.CHANGE,
                        parent,
                        id,
                        readMillis,
                        System.currentTimeMillis(),
                        Map.of("leat.feed", feed, "leat.change", change, "leat.op", op),
                        null));
            }
        }
    }
}
