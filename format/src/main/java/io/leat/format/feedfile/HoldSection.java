package io.leat.format.feedfile;

import io.leat.core.FieldPath;
import io.leat.core.Rules;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads what makes the values of one field plausible. */
final class HoldSection {

    private static final String BLOCK = "changes.hold[]";
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,15})?");

    private final Values values;
    private final Problems problems;
    private final Set<FieldPath> averaged;

    /** @param averaged the fields of which averages are kept */
    HoldSection(Values values, Problems problems, Set<FieldPath> averaged) {
        this.values = values;
        this.problems = problems;
        this.averaged = averaged;
    }

    Rules.@Nullable Plausible read(@Nullable FieldPath path, Node node) {
        Section section = values.section(node, BLOCK);
        if (section == null) {
            return null;
        }
        List<Node> ratio = ratio(section.get(ChangesKey.HOLD_RATIO));
        BigDecimal leastRatio = ratio.isEmpty() ? null : number(ratio.get(0));
        BigDecimal mostRatio = ratio.isEmpty() ? null : number(ratio.get(1));
        BigDecimal floor = number(section.get(ChangesKey.HOLD_FLOOR));
        BigDecimal ceiling = number(section.get(ChangesKey.HOLD_CEILING));
        Node flip = section.get(ChangesKey.HOLD_UNIT_FLIP);
        Node ofNode = section.get(ChangesKey.HOLD_OF);
        Rules.Measure of = ofNode == null ? null : values.choice(ofNode, "What a ratio is of", Rules.Measure.values());
        check(node, leastRatio, mostRatio);
        check(node, floor, ceiling);
        if (section.node().getValue().isEmpty()) {
            bad(node, "The rule has no bound.");
        }
        if (of == Rules.Measure.AVERAGE && (path == null || !averaged.contains(path))) {
            problems.add(
                    node,
                    ProblemCode.NO_AVERAGE,
                    "No average is kept of this field.",
                    "Name the field under 'average' too, with the half-life of its values: average: {record.price: 30d}.");
            of = Rules.Measure.LAST;
        }
        return new Rules.Plausible(
                leastRatio,
                mostRatio,
                floor,
                ceiling,
                flip != null && isTrue(flip),
                of == null ? Rules.Measure.LAST : of);
    }

    private List<Node> ratio(@Nullable Node node) {
        if (node == null) {
            return List.of();
        }
        if (node instanceof SequenceNode sequence && sequence.getValue().size() == 2) {
            return sequence.getValue();
        }
        values.wrongType(node, "a list of two numbers", "Write [0.2, 5]: a fifth to five times the last value told.");
        return List.of();
    }

    private @Nullable BigDecimal number(@Nullable Node node) {
        String text = node == null ? null : values.plain(node);
        if (node == null || text == null) {
            return null;
        }
        if (NUMBER.matcher(text).matches()) {
            return new BigDecimal(text);
        }
        values.wrongType(
                node,
                "plain digits such as 0.2",
                "Write no exponent, and at most 15 digits before the point and after it.");
        return null;
    }

    private boolean isTrue(Node node) {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
            return scalar.getValue().equals("true");
        }
        values.wrongType(node, "true or false", "");
        return false;
    }

    private void check(Node node, @Nullable BigDecimal least, @Nullable BigDecimal most) {
        if (least != null && most != null && least.compareTo(most) > 0) {
            bad(node, "The lower bound is above the upper one.");
        }
    }

    private void bad(Node node, String message) {
        problems.add(
                node,
                ProblemCode.BAD_PLAUSIBLE,
                message,
                "Write one or more of ratio: [0.2, 5], floor: 0.01, ceiling: 100000, unit_flip: true.");
    }
}
