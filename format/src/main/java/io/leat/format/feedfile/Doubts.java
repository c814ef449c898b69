package io.leat.format.feedfile;

import io.leat.core.Feed;
import io.leat.core.FieldPath;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;

/** Warns of declarations that can be carried out, but hardly mean what they say. */
final class Doubts {

    private final Problems problems;

    Doubts(Problems problems) {
        this.problems = problems;
    }

    void look(Feed feed, Node key, Node changes) {
        FieldPath time = feed.time().field();
        List<FieldPath> compared = feed.comparison() instanceof Feed.Comparison.Only only ? only.fields() : List.of();
        if (compared.contains(time)) {
            problems.add(
                    changes,
                    ProblemCode.TIME_COMPARED,
                    "The event time is compared, so every scrape becomes a change.",
                    "Take it out of 'compare'.");
        }
        for (Feed.KeyPart part : feed.key()) {
            if (holds(part, time)) {
                problems.add(
                        key,
                        ProblemCode.TIME_IN_KEY,
                        "The event time is part of the key, so every scrape is a new item.",
                        "Leave it out of 'key', or name it in 'except'.");
            }
            if (compared.stream().anyMatch(field -> holds(part, field))) {
                problems.add(
                        key,
                        ProblemCode.COMPARED_IN_KEY,
                        "A compared field is part of the key, so its changes are told as new items.",
                        "Leave it out of 'key', or name it in 'except'.");
            }
        }
    }

    private static boolean holds(Feed.KeyPart part, FieldPath field) {
        if (part instanceof Feed.KeyPart.Field one) {
            return one.path().equals(field);
        }
        Feed.KeyPart.RestOf rest = (Feed.KeyPart.RestOf) part;
        FieldPath object = rest.object();
        List<String> above = object == null ? List.of() : object.names();
        List<String> names = field.names();
        return names.size() > above.size()
                && names.subList(0, above.size()).equals(above)
                && !rest.except().contains(names.get(above.size()));
    }
}
