package io.leat.format.feedfile;

import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Rules;
import io.leat.format.Quote;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** Reads {@code changes}. */
final class ChangesSection {

    private final Values values;
    private final Problems problems;

    ChangesSection(Values values, Problems problems) {
        this.values = values;
        this.problems = problems;
    }

    /** The section, {@code null} if it is absent or none: the latter has been reported. */
    @Nullable
    Section section(@Nullable Node node) {
        return node == null ? null : values.section(node, ChangesKey.CHANGES.path());
    }

    Feed.@Nullable Comparison comparison(@Nullable Section section, Feed.Time time) {
        if (section == null) {
            return allBut(List.of(), time);
        }
        Node compare = section.get(ChangesKey.COMPARE);
        Node ignore = section.get(ChangesKey.IGNORE);
        if ((compare == null) == (ignore == null)) {
            problems.add(
                    section.node(),
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
        List<Feed.Comparison.FormerName> former = former(section.get(ChangesKey.FORMERLY), compared);
        return compared.isEmpty() ? null : new Feed.Comparison.Only(compared, former);
    }

    Rules rules(@Nullable Section section, Feed.@Nullable Comparison comparison, List<Feed.KeyPart> key) {
        return section == null ? Rules.NONE : new RulesSection(values, problems, comparison, key).read(section);
    }

    private List<Feed.Comparison.FormerName> former(@Nullable Node node, List<FieldPath> compared) {
        List<Feed.Comparison.FormerName> former = new ArrayList<>();
        if (node == null) {
            return former;
        }
        if (!(node instanceof MappingNode mapping)) {
            values.wrongType(node, "a block of field paths", "Write {record.price: [record.price_usd]}.");
            return former;
        }
        for (NodeTuple entry : mapping.getValue()) {
            FieldPath present = values.path(entry.getKeyNode());
            if (present != null && !compared.contains(present)) {
                problems.add(
                        entry.getKeyNode(),
                        ProblemCode.NOT_COMPARED,
                        "'" + Quote.shorten(present.toString()) + "' is not compared.",
                        "Only fields under 'compare' can have former names.");
            } else if (present != null) {
                values.paths(entry.getValueNode())
                        .forEach(name -> former.add(new Feed.Comparison.FormerName(present, name)));
            }
        }
        return former;
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
