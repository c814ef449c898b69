package io.leat.delivery.lane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** All keys of a lane, each with its line. One failing key never stands before another. */
final class Lines {

    private final Map<String, Line> lines = new HashMap<>();
    private final Deque<Line> ready = new ArrayDeque<>();
    private final PriorityQueue<Line> resting = new PriorityQueue<>(Comparator.comparingLong(line -> line.retryAt));

    /**
     * Adds a change behind those of its key.
     *
     * @param since when it came
     * @param attempts how often it has failed already, in an earlier life
     */
    void add(LogEntry entry, long since, int attempts) {
        Line line = lines.get(entry.key());
        if (line == null) {
            line = new Line(entry.key());
            lines.put(entry.key(), line);
            ready.add(line);
        }
        if (attempts > 0 && line.waiting.isEmpty() && line.state == Line.State.READY) {
            line.attempts = attempts;
        }
        line.waiting.add(new Waiting(entry, since));
    }

    /** Takes out the waiting changes of a key, none of which is under way; its line keeps its place. */
    List<LogEntry> fold(String key) {
        Line line = lines.get(key);
        if (line == null || line.waiting.isEmpty()) {
            return List.of();
        }
        List<LogEntry> folded = line.waiting.stream().map(Waiting::entry).toList();
        line.waiting.clear();
        return folded;
    }

    /** Takes out a line that has nothing left after {@link #fold}. */
    void dropIfEmpty(String key) {
        Line line = lines.get(key);
        if (line != null && line.waiting.isEmpty() && line.state != Line.State.HELD) {
            lines.remove(key);
            ready.remove(line);
            resting.remove(line);
        }
    }

    /** Makes ready what has rested long enough. */
    void wake(long now) {
        for (Line line = resting.peek(); line != null && line.retryAt <= now; line = resting.peek()) {
            ready(resting.remove());
        }
    }

    /** Makes everything ready: the endpoint works again. */
    void wakeAll() {
        wake(Long.MAX_VALUE);
    }

    private void ready(Line line) {
        line.state = Line.State.READY;
        ready.add(line);
    }

    /** The change to probe an endpoint with: one that was tried least lately. */
    @Nullable
    Line probe() {
        Line line = ready.isEmpty() ? resting.poll() : ready.poll();
        if (line != null) {
            line.state = Line.State.HELD;
        }
        return line;
    }

    /**
     * The changes of the next delivery, whose lines are then held: one that failed before alone, others together.
     *
     * @param most at most so many
     * @param waitedSince fewer than {@code most} only if the oldest came at this moment or before
     * @return in the order of the log; empty if it is too early
     */
    List<Waiting> next(int most, long waitedSince) {
        Line first = ready.peek();
        if (first == null) {
            return List.of();
        }
        if (most == 1 || first.isRetrying()) {
            ready.remove();
            return List.of(hold(first));
        }
        List<Line> together = new ArrayList<>();
        int count = 0;
        for (Line line : ready) {
            if (count >= most) {
                break;
            }
            if (!line.isRetrying()) {
                together.add(line);
                count += line.waiting.size();
            }
        }
        if (count < most && oldestSince() > waitedSince) {
            return List.of();
        }
        return hold(together, most);
    }

    private List<Waiting> hold(List<Line> together, int most) {
        List<Waiting> changes = new ArrayList<>();
        ready.removeAll(together);
        for (Line line : together) {
            changes.add(hold(line));
            while (changes.size() < most && !line.waiting.isEmpty()) {
                changes.add(line.waiting.remove());
            }
        }
        changes.sort(Comparator.comparingLong(change -> change.entry().offset()));
        return changes;
    }

    private static Waiting hold(Line line) {
        line.state = Line.State.HELD;
        return line.waiting.remove();
    }

    /** When the oldest change came that could be sent; {@code Long.MAX_VALUE} if none can. */
    long oldestSince() {
        Line first = ready.peek();
        Waiting oldest = first == null ? null : first.waiting.peek();
        return oldest == null ? Long.MAX_VALUE : oldest.sinceMillis();
    }

    /** When the next one has rested long enough; {@code Long.MAX_VALUE} if none rests. */
    long nextRetryAt() {
        Line first = resting.peek();
        return first == null ? Long.MAX_VALUE : first.retryAt;
    }

    boolean hasReady() {
        return !ready.isEmpty();
    }

    boolean isEmpty() {
        return ready.isEmpty() && resting.isEmpty();
    }

    /** The line of a change that is under way. */
    Line held(String key) {
        Line line = lines.get(key);
        if (line == null || line.state != Line.State.HELD) {
            throw new IllegalStateException("nothing of this key is under way");
        }
        return line;
    }

    /** Lets a line whose attempt failed rest until its {@code retryAt}. */
    void rest(Line line) {
        line.state = Line.State.RESTING;
        resting.add(line);
    }

    /** Frees a line whose change is done. */
    void release(Line line) {
        line.startAnew();
        if (line.waiting.isEmpty()) {
            lines.remove(line.key);
        } else {
            ready(line);
        }
    }
}
