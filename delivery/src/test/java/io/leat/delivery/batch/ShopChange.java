package io.leat.delivery.batch;

import io.leat.delivery.lane.LogEntry;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Changes of about 380 bytes, as a feed of prices has them, for figures. */
public final class ShopChange {

    private static final String TIME = "2026-11-25T10:00:00.123Z";

    private ShopChange() {}

    /** An update of one of many items. */
    public static Arrival of(long offset, long appendedMillis, int item) {
        String key = String.format(Locale.ROOT, "[\"shop-%d\",\"sku-%07d\"]", item % 50, item);
        String id = String.format(Locale.ROOT, "id-%024d", offset);
        String json = String.format(
                Locale.ROOT,
                "{\"id\":\"%s\",\"feed\":\"shop\",\"key\":%s,\"seq\":1,\"op\":\"update\",\"changed\":[\"price\"],\"before\":{\"price\":1},"
                        + "\"after\":{\"currency\":\"EUR\",\"in_stock\":true,\"price\":%d.99,\"sku\":\"sku-%07d\",\"source\":\"shop-%d\","
                        + "\"title\":\"A title of usual length for a thing in a shop\"},\"event_time\":\"%s\"}",
                id,
                key,
                item % 1000,
                item,
                item % 50,
                TIME);
        return new Arrival(
                offset,
                appendedMillis,
                new LogEntry(offset, key, id, "update", TIME, json.getBytes(StandardCharsets.UTF_8)));
    }
}
