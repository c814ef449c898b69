package io.leat.format;

import io.leat.core.ChangeId;
import io.leat.core.Doubt;
import io.leat.core.HeldNote;
import io.leat.core.Item;

/**
 * What happens to a held scrape as one line of JSON: the value of a record of {@code <feed>.held}. Public API, see
 * docs/reference/change.md.
 *
 * <p>Thread-safe.
 */
public final class HeldJson {

    private HeldJson() {}

    /** The note as JSON without line breaks. Only a waiting item is written whole. */
    public static String write(String feed, HeldNote note) {
        Item item = note.item();
        boolean isWaiting = note.status() == HeldNote.Status.WAITING;
        StringBuilder out = new StringBuilder(256 + item.body().length());
        out.append("{\"id\":\"").append(ChangeId.held(feed, item.key(), note.eventTime(), note.tie()));
        out.append("\",\"feed\":\"").append(feed);
        out.append("\",\"key\":").append(item.key());
        out.append(",\"status\":\"").append(note.status().word());
        out.append("\",\"event_time\":\"").append(EventTimes.format(note.eventTime()));
        out.append("\",\"tie\":\"").append(ChangeJson.tie(note.tie()));
        out.append("\",\"doubts\":[");
        for (Doubt doubt : note.doubts()) {
            if (out.charAt(out.length() - 1) != '[') {
                out.append(',');
            }
            out.append("{\"field\":");
            CanonicalJson.writeText(doubt.path(), out);
            out.append(",\"rule\":\"").append(doubt.rule());
            out.append("\",\"value\":").append(doubt.value());
            out.append(",\"last\":").append(doubt.last()).append('}');
        }
        out.append("],\"item\":").append(isWaiting ? item.body() : "null");
        out.append(",\"source\":{\"topic\":");
        CanonicalJson.writeText(item.source().topic(), out);
        out.append(",\"partition\":").append(item.source().partition());
        out.append(",\"offset\":").append(item.source().offset());
        return out.append("}}").toString();
    }
}
