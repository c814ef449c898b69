package io.leat.app.faults;

import io.leat.testkit.TopicReader;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What has been acknowledged, and where it is said to stand. Thread-safe. */
final class Ledger {

    private static final int OFFSET_BITS = 48;

    private final Map<Long, Integer> acknowledged = new ConcurrentHashMap<>();

    /** Notes that a record is acknowledged. */
    void note(int partition, long offset, byte[] value) {
        acknowledged.put(place(partition, offset), Arrays.hashCode(value));
    }

    int size() {
        return acknowledged.size();
    }

    /** How many of them are not where they should be. */
    int lost(String bootstrap, String topic) {
        int[] found = {0};
        TopicReader.committed(bootstrap).read(topic, rec -> {
            Integer sent = acknowledged.get(place(rec.partition(), rec.offset()));
            if (sent != null && sent == Arrays.hashCode(rec.value())) {
                found[0]++;
            }
        });
        return acknowledged.size() - found[0];
    }

    private static long place(int partition, long offset) {
        return ((long) partition << OFFSET_BITS) | offset;
    }
}
