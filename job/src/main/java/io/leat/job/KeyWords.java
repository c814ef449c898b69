package io.leat.job;

import io.leat.core.Feed;
import java.util.List;
import java.util.stream.Collectors;

/** A feed's key as its file has it. */
final class KeyWords {

    private KeyWords() {}

    static String of(List<Feed.KeyPart> key) {
        return key.stream().map(KeyWords::of).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String of(Feed.KeyPart part) {
        if (part instanceof Feed.KeyPart.Field field) {
            return field.path().toString();
        }
        Feed.KeyPart.RestOf rest = (Feed.KeyPart.RestOf) part;
        return "rest_of %s except %s".formatted(rest.object() == null ? "record" : rest.object(), rest.except());
    }
}
