package io.leat.format.feedfile;

import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Rules;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What changes of a feed can say at all: {@code before} holds what is compared, {@code average} what an average is kept of.
 *
 * @param comparison {@code null} if it is not known
 */
record Knowable(Feed.@Nullable Comparison comparison, Rules rules) {

    /** Whether a change may have something there: the names of a condition's path, such as {@code before} and {@code price}. */
    boolean mayBeThere(List<String> path) {
        if (path.size() < 2) {
            return true;
        }
        List<String> below = path.subList(1, path.size());
        return switch (path.get(0)) {
            case "before" -> !(comparison instanceof Feed.Comparison.Only only) || any(only.fields(), below);
            case "average" -> any(rules.average().keySet(), below);
            default -> true;
        };
    }

    private static boolean any(Collection<FieldPath> fields, List<String> wanted) {
        return fields.stream().anyMatch(field -> {
            int common = Math.min(field.names().size(), wanted.size());
            return field.names().subList(0, common).equals(wanted.subList(0, common));
        });
    }
}
