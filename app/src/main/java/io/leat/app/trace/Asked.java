package io.leat.app.trace;

import io.leat.core.Feed;
import io.leat.format.ChangeJson;
import io.leat.format.Topics;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a person asks about. */
public sealed interface Asked {

    /** Every record of a key, a canonical JSON array. */
    record Key(String key) implements Asked {}

    /** One record, of the raw topic or of the change log. */
    record Place(String topic, int partition, long offset) implements Asked {}

    /** One change. */
    record ChangeId(String id) implements Asked {}

    /**
     * Reads what a person wrote: a JSON array is a key, {@code TOPIC:PARTITION:OFFSET} with a topic of the feed a place, 26
     * letters and digits a change; anything else the one part of a key that has one.
     *
     * @return {@code null} if it is none of these
     */
    static @Nullable Asked read(String text, Feed feed) {
        if (text.startsWith("[")) {
            return key(text, feed);
        }
        Matcher place = Written.PLACE.matcher(text);
        if (place.matches()) {
            Topics topics = Topics.of(feed);
            String topic = place.group(1);
            if (topic.equals(topics.raw()) || topic.equals(topics.changes())) {
                return new Place(topic, Integer.parseInt(place.group(2)), Long.parseLong(place.group(3)));
            }
        }
        if (Written.ID.matcher(text).matches()) {
            return new ChangeId(text);
        }
        return key(text, feed);
    }

    /** A key: a JSON array, or the one part of a key that has one; {@code null} if it is none. */
    static @Nullable Key key(String text, Feed feed) {
        String array = text.startsWith("[") ? text : feed.key().size() == 1 ? quoted(text) : null;
        String key = array == null ? null : ChangeJson.spelled(array);
        return key == null ? null : new Key(key);
    }

    private static String quoted(String text) {
        return "[" + JsonNodeFactory.instance.stringNode(text) + "]";
    }

    /** How places and ids are written. */
    final class Written {
        private static final Pattern PLACE = Pattern.compile("(.+):([0-9]{1,9}):([0-9]{1,18})");
        private static final Pattern ID = Pattern.compile("[a-z2-7]{26}");

        private Written() {}
    }
}
