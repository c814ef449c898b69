package io.leat.delivery.postgres;

import io.leat.delivery.batch.Arrival;
import io.leat.delivery.lane.LogEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One partition of a change log in memory, and what tables should hold of it. */
final class ChangeList {

    private static final String TIME = "2026-11-25T10:00:00.000001Z";

    private final List<Arrival> arrivals = new ArrayList<>();
    private final Map<String, Long> seqs = new HashMap<>();

    /** What the last change of every key leaves: the price as JSON, {@code gone} for what is gone. */
    final Map<String, String> last = new TreeMap<>();

    /** A price of a key. */
    ChangeList tell(String key, String price) {
        return tell(key, "update", TIME, seqs.merge(key, 1L, Long::sum), price);
    }

    ChangeList gone(String key) {
        return tell(key, "gone", TIME, seqs.merge(key, 1L, Long::sum), null);
    }

    /** Many prices of some keys. */
    ChangeList many(int changes, int keys) {
        for (int i = 0; i < changes; i++) {
            tell("k" + i % keys, Integer.toString(arrivals.size()));
        }
        return this;
    }

    /** One change, with nothing checked: {@code price} is JSON, {@code null} if there is no item. */
    ChangeList tell(String key, String op, String time, long seq, @Nullable String price) {
        long offset = arrivals.size();
        String text = "[\"" + key + "\"]";
        String json = "{\"id\":\"id-%s\",\"key\":%s,\"seq\":%s,\"op\":\"%s\",\"event_time\":\"%s\",\"after\":%s}"
                .formatted(offset, text, seq, op, time, price == null ? "null" : "{\"price\":" + price + "}");
        LogEntry entry = new LogEntry(offset, text, "id-" + offset, op, time, json.getBytes(StandardCharsets.UTF_8));
        arrivals.add(new Arrival(offset, offset, entry));
        seqs.put(key, seq);
        last.put(text, price == null ? "gone" : price);
        return this;
    }

    long end() {
        return arrivals.size();
    }

    List<Arrival> read(long from, int most) {
        return arrivals.subList((int) from, (int) Math.min(arrivals.size(), from + most));
    }

    List<String> ids() {
        return arrivals.stream().map(arrival -> "id-" + arrival.offset()).toList();
    }
}
