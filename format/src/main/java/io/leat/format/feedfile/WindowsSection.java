package io.leat.format.feedfile;

import io.leat.core.FieldPath;
import io.leat.core.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** Reads {@code windows}. */
final class WindowsSection {

    private static final String ENTRY = WindowsKey.WINDOWS.path() + "[]";
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,63}");
    private static final Pattern CALL = Pattern.compile("([a-z_]+)\\s*\\(\\s*(.*?)\\s*\\)");
    private static final Duration LONGEST = Duration.ofDays(365);

    private final Values values;
    private final Problems problems;

    WindowsSection(Values values, Problems problems) {
        this.values = values;
        this.problems = problems;
    }

    List<Window> read(@Nullable Node node) {
        List<Window> windows = new ArrayList<>();
        if (node == null) {
            return windows;
        }
        Set<String> names = new HashSet<>();
        for (Node entry : values.list(node)) {
            Section section = values.section(entry, ENTRY);
            Window window = section == null ? null : window(section, names);
            if (window != null) {
                windows.add(window);
            }
        }
        return windows;
    }

    private @Nullable Window window(Section section, Set<String> names) {
        Node nameNode = section.required(WindowsKey.NAME);
        String name = nameNode == null ? null : name(nameNode, names);
        Node everyNode = section.required(WindowsKey.EVERY);
        Duration every = everyNode == null ? null : values.duration(everyNode, Duration.ofSeconds(1), LONGEST);
        Node slideNode = section.get(WindowsKey.SLIDE);
        Duration slide = slideNode == null || every == null ? every : slide(slideNode, every);
        Node lateNode = section.get(WindowsKey.ALLOWED_LATENESS);
        Duration late = lateNode == null ? null : values.duration(lateNode, Duration.ZERO, Duration.ofDays(30));
        Node byNode = section.get(WindowsKey.BY);
        List<FieldPath> by = byNode == null ? List.of() : values.paths(byNode);
        Node valuesNode = section.required(WindowsKey.VALUES);
        List<Window.Value> figures = valuesNode == null ? List.of() : figures(valuesNode);
        return name == null || every == null || slide == null || figures.isEmpty()
                ? null
                : new Window(name, every, slide, late == null ? Duration.ZERO : late, by, figures);
    }

    private @Nullable String name(Node node, Set<String> names) {
        Text text = values.text(node);
        if (text == null) {
            return null;
        }
        if (!NAME.matcher(text.value()).matches()) {
            problems.add(
                    node,
                    ProblemCode.BAD_WINDOW_NAME,
                    "A window or its value cannot be called " + text.shown() + ".",
                    "Use 1 to 63 of a-z, 0-9, '-' and '_'.");
            return null;
        }
        return values.unseen(names, text.value(), node) ? text.value() : null;
    }

    private @Nullable Duration slide(Node node, Duration every) {
        Duration slide = values.duration(node, Duration.ofSeconds(1), every);
        if (slide != null
                && (every.toMillis() % slide.toMillis() != 0
                        || every.toMillis() / slide.toMillis() > Window.MOST_OVERLAPS)) {
            problems.add(
                    node,
                    ProblemCode.BAD_SLIDE,
                    "Spans of " + Durations.format(every) + " cannot begin every " + Durations.format(slide) + ".",
                    "Take one of the parts of 'every': a half, a third, … down to a " + Window.MOST_OVERLAPS + "th.");
            return null;
        }
        return slide;
    }

    private List<Window.Value> figures(Node node) {
        List<Window.Value> figures = new ArrayList<>();
        if (!(node instanceof MappingNode block)) {
            values.wrongType(node, "a block of names and figures", "Write {avg_price: avg(price), n: count()}.");
            return figures;
        }
        if (block.getValue().isEmpty()) {
            problems.add(node, ProblemCode.EMPTY_VALUE, "A window computes at least one value.", "");
        }
        Set<String> names = new HashSet<>();
        for (NodeTuple tuple : block.getValue()) {
            String name = name(tuple.getKeyNode(), names);
            Window.Value figure = name == null ? null : figure(tuple.getValueNode(), name);
            if (figure != null) {
                figures.add(figure);
            }
        }
        return figures;
    }

    private Window.@Nullable Value figure(Node node, String name) {
        Text text = values.text(node);
        if (text == null) {
            return null;
        }
        Matcher call = CALL.matcher(text.value());
        List<String> known = new ArrayList<>();
        for (Window.Aggregate aggregate : Window.Aggregate.values()) {
            String word = aggregate.name().toLowerCase(Locale.ROOT);
            known.add(word);
            if (call.matches() && call.group(1).equals(word)) {
                return figure(node, name, aggregate, call.group(2));
            }
        }
        problems.add(
                node,
                ProblemCode.BAD_AGGREGATE,
                "A window cannot compute " + text.shown() + ".",
                "Write one of " + String.join(", ", known) + " and its field: avg(price).");
        return null;
    }

    private Window.@Nullable Value figure(Node node, String name, Window.Aggregate aggregate, String field) {
        if (!field.isEmpty()) {
            try {
                return new Window.Value(name, aggregate, FieldPath.parse(field));
            } catch (IllegalArgumentException e) {
                problems.add(
                        node,
                        ProblemCode.BAD_FIELD_PATH,
                        "A field path must not end in a lone backslash.",
                        "Write a backslash as \\\\ and a dot in a name as \\.");
                return null;
            }
        }
        if (aggregate == Window.Aggregate.COUNT) {
            return new Window.Value(name, aggregate, null);
        }
        problems.add(
                node,
                ProblemCode.BAD_AGGREGATE,
                "The figure '" + name + "' names no field.",
                "Name one: " + aggregate.name().toLowerCase(Locale.ROOT) + "(price).");
        return null;
    }
}
