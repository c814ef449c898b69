package io.leat.format;

import io.leat.core.Change;
import io.leat.core.Compared;
import io.leat.core.Feed;
import io.leat.core.FieldPath;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Which site a change is of, by the name that the watch gives it. Thread-safe. */
public final class ChangeSites {

    private final FieldPath by;
    private final int keyPart;

    /** @param by the field that names the site of a record */
    public ChangeSites(Feed feed, FieldPath by) {
        this.by = by;
        this.keyPart = keyPart(feed, by);
    }

    private static int keyPart(Feed feed, FieldPath by) {
        for (int i = 0; i < feed.key().size(); i++) {
            if (feed.key().get(i) instanceof Feed.KeyPart.Field field
                    && field.path().equals(by)) {
                return i;
            }
        }
        return -1;
    }

    /** @return {@code null} if it names none, as one of a key that is gone may not */
    public @Nullable String of(Change change) {
        if (keyPart >= 0) {
            String plain = plainPart(change.key());
            return plain != null ? plain : name(tree(change.key()).path(keyPart));
        }
        if (change.after().equals(Compared.NULL)) {
            return null;
        }
        JsonNode value = tree(change.after());
        for (String name : by.names()) {
            value = value.path(name);
        }
        return name(value);
    }

    /** The part of a key of plain texts up to it, without reading it as JSON; {@code null} of any other key. */
    private @Nullable String plainPart(String key) {
        int from = 1;
        for (int part = 0; ; part++) {
            int end = key.indexOf('"', from + 1);
            if (from >= key.length() || key.charAt(from) != '"' || end < 0) {
                return null;
            }
            int escape = key.indexOf('\\', from);
            if (escape >= 0 && escape < end) {
                return null;
            }
            if (part == keyPart) {
                return end == from + 1 ? null : Quote.shorten(key.substring(from + 1, end));
            }
            from = end + 2;
        }
    }

    private static JsonNode tree(String json) {
        try {
            return Json.OWN.readTree(json);
        } catch (JacksonException e) {
            return Json.OWN.missingNode();
        }
    }

    private static @Nullable String name(JsonNode value) {
        if (value.isString()) {
            return value.stringValue().isEmpty() ? null : Quote.shorten(value.stringValue());
        }
        return value.isMissingNode() || value.isNull() ? null : Quote.of(value);
    }
}
