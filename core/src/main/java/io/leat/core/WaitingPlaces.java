package io.leat.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who waits, by where the scrapes stand: whom the broker's clock lets go, and who came before whom. It holds no items. The
 * broker's clock is that of each raw partition. Used by one thread.
 */
public final class WaitingPlaces {

    private final Map<Integer, Partition> partitions = new HashMap<>();
    private long count;

    private static final class Partition {
        private final String topic;
        private final int number;
        private final TreeMap<Long, Waits> waiting = new TreeMap<>();
        private long clock = Long.MIN_VALUE;
        private long last = -1;

        Partition(String topic, int number) {
            this.topic = topic;
            this.number = number;
        }

        Place place(Map.Entry<Long, Waits> entry) {
            return new Place(entry.getValue().key(), new Position(topic, number, entry.getKey()));
        }
    }

    private record Waits(String key, long until) {}

    /** One who waits: the key and where the scrape stands. */
    public record Place(String key, Position source) {}

    /**
     * A record has been read.
     *
     * @param arrived when the broker took it, milliseconds since 1970
     */
    public void read(Position source, long arrived) {
        Partition partition = at(source);
        partition.clock = Math.max(partition.clock, arrived);
        partition.last = Math.max(partition.last, source.offset());
    }

    /**
     * A record begins to wait.
     *
     * @param until by the broker's clock, milliseconds since 1970
     */
    public void waits(Item item, long until) {
        Partition partition = at(item.source());
        if (partition.waiting.put(item.source().offset(), new Waits(item.key(), until)) == null) {
            count++;
        }
    }

    /** A record waits no more; nothing if it did not. */
    public void gone(Position source) {
        Partition partition = partitions.get(source.partition());
        if (partition != null && partition.waiting.remove(source.offset()) != null) {
            count--;
        }
    }

    /** How many wait. */
    public long count() {
        return count;
    }

    /** The first of a raw partition, if the broker's clock has come to the end of its wait; else {@code null}. */
    public @Nullable Place due(int number) {
        Partition partition = partitions.get(number);
        Map.Entry<Long, Waits> first = partition == null ? null : partition.waiting.firstEntry();
        return partition == null || first == null || first.getValue().until() > partition.clock
                ? null
                : partition.place(first);
    }

    /** All who wait of a raw partition, first come first. */
    public List<Place> of(int number) {
        Partition partition = partitions.get(number);
        return partition == null
                ? List.of()
                : partition.waiting.entrySet().stream().map(partition::place).toList();
    }

    /** All who wait. */
    public List<Place> all() {
        return partitions.keySet().stream()
                .sorted()
                .flatMap(number -> of(number).stream())
                .toList();
    }

    /** The last offset read of each raw partition of which somebody waits. */
    public Map<Integer, Long> lastRead() {
        Map<Integer, Long> last = new HashMap<>();
        partitions.forEach((number, partition) -> {
            if (!partition.waiting.isEmpty()) {
                last.put(number, Math.max(partition.last, partition.waiting.lastKey()));
            }
        });
        return last;
    }

    /** Whether nobody waits any more who stands at or before one of these offsets of its raw partition. */
    public boolean areGone(Map<Integer, Long> offsets) {
        for (Map.Entry<Integer, Long> each : offsets.entrySet()) {
            Partition partition = partitions.get(each.getKey());
            if (partition != null && !partition.waiting.isEmpty() && partition.waiting.firstKey() <= each.getValue()) {
                return false;
            }
        }
        return true;
    }

    private Partition at(Position source) {
        return partitions.computeIfAbsent(source.partition(), number -> new Partition(source.topic(), number));
    }
}
