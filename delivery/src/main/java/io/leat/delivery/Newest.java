package io.leat.delivery;

import io.leat.delivery.lane.Cursor;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** What a client has of the keys of letters that lie there for it. Waits for the broker. Thread-safe. */
final class Newest {

    private final Map<String, Object> consumer;
    private final String changes;
    private final Cursors cursors;

    /** @param consumer settings of a consumer without a group */
    Newest(Map<String, Object> consumer, String changes, Cursors cursors) {
        this.consumer = consumer;
        this.changes = changes;
        this.cursors = cursors;
    }

    /** The addresses of letters whose changes the client is still to get in any case: it replays. */
    Set<String> awaited(Standing standing, List<Undelivered.Lying> letters) {
        return with(standing, letters, (letter, cursor) -> !isDone(cursor, letter.offset()));
    }

    /** The addresses of letters behind which the log has a change of the same key that the client was told. */
    Set<String> passed(Standing standing, List<Undelivered.Lying> letters) {
        Map<Integer, List<Undelivered.Lying>> byPartition =
                letters.stream().collect(Collectors.groupingBy(Undelivered.Lying::partition));
        Map<Integer, Map<String, Long>> newest = new HashMap<>();
        cursors(standing, letters)
                .forEach((partition, cursor) -> newest.put(
                        partition, newest(partition, cursor, byPartition.getOrDefault(partition, List.of()))));
        return with(
                standing,
                letters,
                (letter, cursor) ->
                        newest.getOrDefault(letter.partition(), Map.of()).getOrDefault(letter.key(), -1L)
                                > letter.offset());
    }

    private Map<String, Long> newest(int partition, Cursor cursor, List<Undelivered.Lying> letters) {
        Set<String> keys = letters.stream().map(Undelivered.Lying::key).collect(Collectors.toSet());
        Set<Long> lying = letters.stream().map(Undelivered.Lying::offset).collect(Collectors.toSet());
        long first = lying.stream().mapToLong(Long::longValue).min().orElse(cursor.end());
        Map<String, Long> newest = new HashMap<>();
        StoredTopic.read(consumer, new TopicPartition(changes, partition), new StoredTopic.Place(first, 0), rec -> {
            String key = rec.key() == null ? "" : new String(rec.key(), StandardCharsets.UTF_8);
            if (keys.contains(key) && isDone(cursor, rec.offset()) && !lying.contains(rec.offset())) {
                newest.put(key, rec.offset());
            }
            return rec.offset() < cursor.end();
        });
        return newest;
    }

    private Set<String> with(
            Standing standing, List<Undelivered.Lying> letters, BiPredicate<Undelivered.Lying, Cursor> condition) {
        Map<Integer, Cursor> known = cursors(standing, letters);
        Set<String> addresses = new HashSet<>();
        for (Undelivered.Lying letter : letters) {
            Cursor cursor = known.get(letter.partition());
            if (cursor != null && condition.test(letter, cursor)) {
                addresses.add(letter.address());
            }
        }
        return addresses;
    }

    private Map<Integer, Cursor> cursors(Standing standing, List<Undelivered.Lying> letters) {
        Collection<Integer> partitions = letters.stream()
                .map(Undelivered.Lying::partition)
                .filter(partition -> partition >= 0)
                .collect(Collectors.toSet());
        Map<Integer, Cursor> known = new HashMap<>();
        cursors.load(List.of(standing.id()), partitions)
                .getOrDefault(standing.id(), Map.of())
                .forEach((partition, committed) -> known.put(partition, committed.cursor()));
        return known;
    }

    private static boolean isDone(Cursor cursor, long offset) {
        return offset < cursor.end() && !cursor.open().contains(offset);
    }
}
