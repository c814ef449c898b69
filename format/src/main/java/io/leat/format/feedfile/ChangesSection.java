package io.leat.format.feedfile;

import io.leat.core.Feed;
import io.leat.core.FieldPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code changes}. */
final class ChangesSection {

    private final Values values;
    private final Problems problems;

    ChangesSection(Values values, Problems problems) {
        this.values = values;
        this.problems = problems;
    }

    Feed.@Nullable Comparison read(@Nullable Node node, Feed.Time time) {
        if (node == null) {
            return allBut(List.of(), time);
        }
        Section section = values.section(node, FeedKey.CHANGES.path());
        if (section == null) {
            return null;
        }
        Node compare = section.get(FeedKey.CHANGES_COMPARE);
        Node ignore = section.get(FeedKey.CHANGES_IGNORE);
        if ((compare == null) == (ignore == null)) {
            problems.add(
                    node,
                    ProblemCode.COMPARE_OR_IGNORE,
                    compare == null
                            ? "'changes' names neither 'compare' nor 'ignore'."
                            : "'changes' names both 'compare' and 'ignore'.",
                    "Name one of them.");
        }
        List<FieldPath> ignored = ignore == null ? List.of() : values.paths(ignore);
        if (compare == null) {
            return allBut(ignored, time);
        }
        List<FieldPath> compared = values.paths(compare);
        return compared.isEmpty() ? null : new Feed.Comparison.Only(compared);
    }

    private static Feed.Comparison allBut(List<FieldPath> fields, Feed.Time time) {
        List<FieldPath> ignored = new ArrayList<>(fields);
        FieldPath tieBreak = time.tieBreak();
        if (!ignored.contains(time.field())) {
            ignored.add(time.field());
        }
        if (tieBreak != null && !ignored.contains(tieBreak)) {
            ignored.add(tieBreak);
        }
        return new Feed.Comparison.AllBut(ignored);
    }
}
