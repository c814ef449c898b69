package io.leat.format.feedfile;

import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Rules;
import io.leat.format.Quote;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** Reads the rules within {@code changes}: which differences are worth telling. */
final class RulesSection {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(3_650);
    private static final Pattern TOLERANCE = Pattern.compile("\\d{1,15}(\\.\\d{1,15})?%?");

    private final Values values;
    private final Problems problems;
    private final Feed.@Nullable Comparison comparison;

    private final List<Feed.KeyPart> key;

    /** @param comparison which fields are compared; {@code null} if that is not known */
    RulesSection(Values values, Problems problems, Feed.@Nullable Comparison comparison, List<Feed.KeyPart> key) {
        this.values = values;
        this.problems = problems;
        this.comparison = comparison;
        this.key = key;
    }

    Rules read(Section changes) {
        Node tolerance = changes.get(ChangesKey.TOLERANCE);
        Node debounce = changes.get(ChangesKey.DEBOUNCE);
        Node fingerprint = changes.get(ChangesKey.FINGERPRINT);
        Node firstSeen = changes.get(ChangesKey.FIRST_SEEN);
        Node hold = changes.get(ChangesKey.HOLD);
        Node confirmWithin = changes.get(ChangesKey.CONFIRM_WITHIN);
        Node expireAfter = changes.get(ChangesKey.EXPIRE_AFTER);
        Node average = changes.get(ChangesKey.AVERAGE);
        Duration within = confirmWithin == null ? null : waiting(confirmWithin);
        Map<FieldPath, Duration> averages = average == null
                ? Map.of()
                : perField(average, "{record.price: 30d}", (path, node) -> values.duration(node, SHORTEST, LONGEST));
        HoldSection holds = new HoldSection(values, problems, averages.keySet());
        return new Rules(
                tolerance == null
                        ? Map.of()
                        : perField(tolerance, "{record.price: 0.5%}", (path, node) -> tolerance(node)),
                debounce == null
                        ? Map.of()
                        : perField(debounce, "{record.in_stock: 10m}", (path, node) -> waiting(node)),
                fingerprint == null ? Set.of() : fields(fingerprint),
                hold == null ? Map.of() : perField(hold, "{record.price: {ratio: [0.2, 5]}}", holds::read),
                within == null ? Rules.DEFAULT_CONFIRM_WITHIN : within,
                firstSeen == null ? Rules.FirstSeen.EMIT : firstSeen(firstSeen),
                expireAfter == null ? null : values.duration(expireAfter, SHORTEST, LONGEST),
                new GoneSection(values, problems, key)
                        .read(changes.get(ChangesKey.GONE_AFTER), changes.get(ChangesKey.GONE)),
                averages);
    }

    private Set<FieldPath> fields(Node node) {
        Set<FieldPath> fields = new HashSet<>();
        for (Node entry : values.list(node)) {
            FieldPath path = comparedField(entry);
            if (path != null && values.unseen(fields, path, entry)) {
                fields.add(path);
            }
        }
        return fields;
    }

    private interface Rule<T> {
        @Nullable
        T read(@Nullable FieldPath path, Node node);
    }

    private <T> Map<FieldPath, T> perField(Node node, String example, Rule<T> rule) {
        Map<FieldPath, T> rules = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            values.wrongType(node, "a block of field paths", "Write " + example + ".");
            return rules;
        }
        Set<FieldPath> seen = new HashSet<>();
        for (NodeTuple entry : mapping.getValue()) {
            FieldPath path = comparedField(entry.getKeyNode());
            T value = rule.read(path, entry.getValueNode());
            if (path != null && values.unseen(seen, path, entry.getKeyNode()) && value != null) {
                rules.put(path, value);
            }
        }
        return rules;
    }

    private @Nullable FieldPath comparedField(Node node) {
        FieldPath path = values.path(node);
        if (path != null && comparison != null && !isCompared(path, comparison)) {
            problems.add(
                    node,
                    ProblemCode.NOT_COMPARED,
                    "'" + Quote.shorten(path.toString()) + "' is not compared.",
                    "A rule needs a field that tells changes.");
            return null;
        }
        return path;
    }

    private static boolean isCompared(FieldPath path, Feed.Comparison comparison) {
        if (comparison instanceof Feed.Comparison.Only only) {
            return only.fields().contains(path);
        }
        List<FieldPath> ignored = ((Feed.Comparison.AllBut) comparison).fields();
        List<String> names = path.names();
        for (int length = 1; length <= names.size(); length++) {
            if (ignored.contains(new FieldPath(names.subList(0, length)))) {
                return false;
            }
        }
        return true;
    }

    private Rules.@Nullable Tolerance tolerance(Node node) {
        String text = values.plain(node);
        if (text == null) {
            return null;
        }
        if (!TOLERANCE.matcher(text).matches()) {
            problems.add(
                    node,
                    ProblemCode.BAD_TOLERANCE,
                    "A tolerance is one number that is not negative, with or without '%'.",
                    "Write 0.01, or 0.5% of the last value told.");
            return null;
        }
        boolean isPercent = text.endsWith("%");
        return new Rules.Tolerance(new BigDecimal(isPercent ? text.substring(0, text.length() - 1) : text), isPercent);
    }

    private @Nullable Duration waiting(Node node) {
        return values.duration(node, Duration.ofMillis(1), LONGEST);
    }

    private Rules.FirstSeen firstSeen(Node node) {
        Text text = values.text(node);
        if (text == null || text.value().equals("emit")) {
            return Rules.FirstSeen.EMIT;
        }
        if (!text.value().equals("seed")) {
            problems.add(
                    node,
                    ProblemCode.NOT_A_CHOICE,
                    "'first_seen' cannot be " + text.shown() + ".",
                    "Write emit to tell the first scrape of a key as new, or seed to remember it silently.");
        }
        return Rules.FirstSeen.SEED;
    }
}
