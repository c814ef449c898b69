package io.leat.testkit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Raw records and change lines of one small feed: key {@code k}, compared {@code v}. */
final class Lines {

    static final ComparedFields COMPARED = ComparedFields.only("v");
    static final Shape SHAPE = Shape.of(java.util.List.of("k"), "t", COMPARED);

    private Lines() {}

    static String time(int second) {
        return Instant.ofEpochSecond(1_700_000_000L + second).toString();
    }

    /** A raw record. */
    static byte[] raw(String key, int second, String value) {
        return item(key, second, value).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    static ChangeLine change(String id, String key, long seq, int second, @Nullable String before, String after) {
        return ChangeLine.parse(
                """
                {"id":"%s","feed":"f","key":["%s"],"seq":%d,"op":"%s","changed":%s,"before":%s,"after":%s,
                "event_time":"%s","tie":"00000000000000ff","source":{"topic":"f.raw","partition":0,"offset":7},
                "contract":null}"""
                        .formatted(
                                id,
                                key,
                                seq,
                                before == null ? "new" : "update",
                                before == null ? "[]" : "[\"v\"]",
                                before == null ? null : "{\"v\":" + before + "}",
                                item(key, second, after),
                                time(second)));
    }

    private static String item(String key, int second, String value) {
        return "{\"k\":\"%s\",\"t\":\"%s\",\"v\":%s}".formatted(key, time(second), value);
    }
}
