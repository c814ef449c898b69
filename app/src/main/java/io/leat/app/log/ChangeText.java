package io.leat.app.log;

import io.leat.core.Change;
import io.leat.core.Compared;
import io.leat.core.Feed;
import io.leat.core.Op;
import io.leat.format.EventTimes;
import io.leat.format.ToldReader;
import java.util.ArrayList;
import java.util.List;

/** A change as people read it. Not safe for use by several threads at once. */
public final class ChangeText {

    private final ToldReader reader;

    public ChangeText(Feed feed) {
        this.reader = new ToldReader(feed);
    }

    /**
     * What a change says, each part fit for a terminal.
     *
     * @param key the key's parts
     * @param what the fields that changed and how, or the first values of a new key
     */
    public record Words(String key, String what) {}

    /** The parts of a change. */
    public Words words(Change change) {
        if (change.op() == Op.GONE || change.op() == Op.RESET) {
            return new Words(SafeText.of(key(change.key())), "");
        }
        Compared after = reader.compared(change.after());
        Compared before = change.before();
        List<String> parts = new ArrayList<>();
        if (before == null) {
            for (int i = 0; i < after.paths().size() && i < 4; i++) {
                parts.add(after.paths().get(i) + " " + plain(after.values().get(i)));
            }
        } else {
            for (String path : change.changed()) {
                parts.add(path + ": " + plain(before.at(path)) + " → " + plain(after.at(path)));
            }
        }
        return new Words(SafeText.of(key(change.key())), SafeText.of(String.join(", ", parts)));
    }

    /** One line: event time, op, key, what changed. */
    public String line(Change change) {
        Words words = words(change);
        return "%s  %-6s  %s  %s"
                .formatted(EventTimes.format(change.eventTime()), change.op().word(), words.key(), words.what());
    }

    /** A canonical JSON array without its brackets and, where it is safe, its quotes. */
    private static String key(String array) {
        String inner = array.substring(1, array.length() - 1);
        return inner.indexOf('\\') >= 0 || inner.indexOf('{') >= 0
                ? inner
                : inner.replace("\",\"", " · ").replace("\"", "");
    }

    private static String plain(String json) {
        return json.length() > 2 && json.startsWith("\"") && json.indexOf('\\') < 0
                ? json.substring(1, json.length() - 1)
                : json;
    }
}
