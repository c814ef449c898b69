package io.leat.format;

import io.leat.core.drift.DriftAlert;
import io.leat.core.silence.ShareAlert;
import io.leat.core.silence.SiteAlert;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An alert as one line of JSON: the value of a record of {@code <feed>.alerts}. Public API, see docs/reference/change.md. */
public final class AlertJson {

    private static final int ID_BYTES = 12;

    private AlertJson() {}

    /** What identifies an alert: the same after every replay. The key of its record. */
    public static String id(DriftAlert alert) {
        return alert.site() + "/" + alert.field() + "/" + alert.number() + "/" + word(alert);
    }

    /** The alert as JSON without line breaks. */
    public static String write(String feed, DriftAlert alert) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("alert", "drift");
        json.put("id", id(alert));
        json.put("feed", feed);
        json.put("state", word(alert));
        json.put("site", alert.site());
        json.put("field", alert.field());
        json.put("now", alert.now().word());
        json.put("before", alert.before().word());
        json.put("since", Instant.ofEpochMilli(alert.sinceMillis()).toString());
        json.put("at", Instant.ofEpochMilli(alert.atMillis()).toString());
        json.put("records", alert.records());
        json.put("share", Math.round(alert.share() * 1_000) / 1_000.0);
        json.put("sample", alert.sample());
        json.put("sample_before", alert.sampleBefore());
        return json.toString();
    }

    /** What identifies an alert about a site: the same for its start, its growth and its end. The key of its record. */
    public static String id(String feed, SiteAlert alert) {
        return id(feed, alert.site(), alert.kind(), alert.sinceMillis());
    }

    /** The same of one about what its records come to. */
    public static String id(String feed, ShareAlert alert) {
        return id(feed, alert.site(), alert.kind(), alert.sinceMillis());
    }

    /** The alert as JSON without line breaks. */
    public static String write(String feed, ShareAlert alert) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("alert", word(alert.kind()));
        json.put("id", id(feed, alert));
        json.put("feed", feed);
        json.put("state", alert.isOver() ? "over" : "started");
        json.put("site", alert.site());
        json.put("since", Instant.ofEpochMilli(alert.sinceMillis()).toString());
        json.put("at", Instant.ofEpochMilli(alert.atMillis()).toString());
        json.put("records", alert.records());
        if (alert.kind() == ShareAlert.Kind.UNCHANGED) {
            json.put("usual_records", Math.round(alert.usual()));
        } else {
            json.put("share", Math.round(alert.share() * 1_000) / 1_000.0);
            json.put("usual_share", Math.round(alert.usual() * 1_000) / 1_000.0);
        }
        return json.toString();
    }

    private static String id(String feed, String site, Enum<?> kind, long sinceMillis) {
        String what = feed + "\n" + site + "\n" + kind + "\n" + sinceMillis;
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(what.getBytes(StandardCharsets.UTF_8));
            return word(kind) + "/" + HexFormat.of().formatHex(hash, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The alert as JSON without line breaks. */
    public static String write(String feed, SiteAlert alert) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("alert", word(alert.kind()));
        json.put("id", id(feed, alert));
        json.put("feed", feed);
        json.put("state", word(alert.state()));
        if (!alert.site().isEmpty()) {
            json.put("site", alert.site());
        }
        json.put("since", Instant.ofEpochMilli(alert.sinceMillis()).toString());
        json.put("at", Instant.ofEpochMilli(alert.atMillis()).toString());
        if (alert.windowMillis() > 0) {
            json.put("records", alert.is());
            json.put("expected", alert.limit());
            json.put("window_seconds", alert.windowMillis() / 1_000.0);
        } else {
            json.put("silent_seconds", alert.is() / 1_000.0);
            if (alert.limit() > 0) {
                json.put("limit_seconds", alert.limit() / 1_000.0);
            }
        }
        return json.toString();
    }

    private static String word(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }

    /** What identifies an alarm about room: a later one about the same replaces it. The key of its record. */
    public static String roomId(String what) {
        return "room/" + what;
    }

    /**
     * That something runs short, or does so no more, as JSON without line breaks.
     *
     * @param what {@code memory}, {@code disk} or {@code state}
     * @param used bytes in use; for {@code disk} those that are left
     * @param limit bytes there may be; for {@code disk} those that should be left
     */
    public static String room(String feed, String what, boolean isOver, long used, long limit, long atMillis) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("alert", "room");
        json.put("id", roomId(what));
        json.put("feed", feed);
        json.put("state", isOver ? "over" : "started");
        json.put("what", what);
        json.put("used", used);
        json.put("limit", limit);
        json.put("at", Instant.ofEpochMilli(atMillis).toString());
        return json.toString();
    }

    private static String word(DriftAlert alert) {
        return alert.state().name().toLowerCase(Locale.ROOT);
    }
}
