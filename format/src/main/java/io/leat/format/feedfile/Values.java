package io.leat.format.feedfile;

import io.leat.core.FieldPath;
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
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads nodes as values. What is {@code null} or left out of a list has been reported. */
final class Values {

    private static final Pattern WHOLE = Pattern.compile("[-+]?\\d+");
    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,5})(KB|MB|GB|TB)");
    private static final int MOST_DIGITS = 9;

    private final Problems problems;
    private final References references;

    Values(Problems problems, References references) {
        this.problems = problems;
        this.references = references;
    }

    @Nullable
    Section section(Node node, String block) {
        if (node instanceof MappingNode mapping) {
            return new Section(mapping, block, problems);
        }
        wrongType(node, "a block of keys", "");
        return null;
    }

    /** A text that is not empty. */
    @Nullable
    Text text(Node node) {
        if (!(node instanceof ScalarNode scalar) || !isText(scalar)) {
            wrongType(
                    node,
                    "text",
                    node instanceof ScalarNode s && !s.getTag().equals(Tag.NULL) ? "Put it in quotes." : "");
            return null;
        }
        Text text = references.fill(scalar);
        if (text != null && text.value().isEmpty()) {
            problems.add(node, ProblemCode.EMPTY_VALUE, "The text is empty.", "");
            return null;
        }
        return text;
    }

    @Nullable
    Integer whole(Node node, int least, int most) {
        String digits = plain(node);
        if (digits == null) {
            return null;
        }
        if (!WHOLE.matcher(digits).matches()) {
            wrongType(node, "a whole number", "");
            return null;
        }
        long number = digits.length() > MOST_DIGITS + 1 ? Long.MAX_VALUE : Long.parseLong(digits);
        if (number < least || number > most) {
            problems.add(
                    node, ProblemCode.OUT_OF_RANGE, "The number is not between " + least + " and " + most + ".", "");
            return null;
        }
        return (int) number;
    }

    @Nullable
    Duration duration(Node node, Duration least, Duration most) {
        String text = plain(node);
        return text == null ? null : duration(node, text, least, most);
    }

    /** @param text the part of the node's text that tells the duration */
    @Nullable
    Duration duration(Node node, String text, Duration least, Duration most) {
        try {
            Duration duration = Durations.parse(text);
            if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
                return duration;
            }
            problems.add(
                    node,
                    ProblemCode.OUT_OF_RANGE,
                    "The duration is not between " + Durations.format(least) + " and " + Durations.format(most) + ".",
                    "");
        } catch (IllegalArgumentException e) {
            problems.add(node, ProblemCode.BAD_DURATION, String.valueOf(e.getMessage()), Durations.HINT);
        }
        return null;
    }

    /** A size in bytes. */
    @Nullable
    Long bytes(Node node) {
        String text = plain(node);
        if (text == null) {
            return null;
        }
        Matcher parts = SIZE.matcher(text);
        if (!parts.matches()) {
            wrongType(node, "a size", "Write a whole number and KB, MB, GB or TB: 500MB, 4GB.");
            return null;
        }
        return Long.parseLong(parts.group(1))
                << switch (parts.group(2)) {
                    case "KB" -> 10;
                    case "MB" -> 20;
                    case "GB" -> 30;
                    default -> 40;
                };
    }

    /** One of a few words: the constants' names in small letters. */
    <E extends Enum<E>> @Nullable E choice(Node node, String what, E[] choices) {
        Text text = text(node);
        if (text == null) {
            return null;
        }
        List<String> words = new ArrayList<>();
        for (E choice : choices) {
            String word = choice.name().toLowerCase(Locale.ROOT);
            if (word.equals(text.value())) {
                return choice;
            }
            words.add(word);
        }
        problems.add(
                node,
                ProblemCode.NOT_A_CHOICE,
                what + " cannot be " + text.shown() + ".",
                text.filled() ? "Known here: " + String.join(", ", words) + "." : Spelling.hint(text.value(), words));
        return null;
    }

    @Nullable
    FieldPath path(Node node) {
        Text text = text(node);
        if (text == null) {
            return null;
        }
        try {
            return FieldPath.parse(text.value());
        } catch (IllegalArgumentException e) {
            problems.add(
                    node,
                    ProblemCode.BAD_FIELD_PATH,
                    "A field path must not end in a lone backslash.",
                    "Write a backslash as \\\\ and a dot in a name as \\.");
            return null;
        }
    }

    /** The entries of a list; a value that is no list counts as a list of one. */
    List<Node> list(Node node) {
        if (!(node instanceof SequenceNode sequence)) {
            return List.of(node);
        }
        if (sequence.getValue().isEmpty()) {
            problems.add(node, ProblemCode.EMPTY_VALUE, "The list is empty.", "");
        }
        return sequence.getValue();
    }

    List<FieldPath> paths(Node node) {
        List<FieldPath> paths = new ArrayList<>();
        Set<FieldPath> seen = new HashSet<>();
        for (Node entry : list(node)) {
            FieldPath path = path(entry);
            if (path != null && unseen(seen, path, entry)) {
                paths.add(path);
            }
        }
        return paths;
    }

    /** Whether the value is new to the set; if not, that is reported. */
    <T> boolean unseen(Set<T> seen, T value, Node entry) {
        if (seen.add(value)) {
            return true;
        }
        problems.add(entry, ProblemCode.LISTED_TWICE, "The entry is listed twice.", "Keep one of them.");
        return false;
    }

    void wrongType(Node node, String expected, String hint) {
        problems.add(node, ProblemCode.WRONG_TYPE, "Expected " + expected + ", found " + found(node) + ".", hint);
    }

    /** A scalar written without quotes or as text, with its references filled in. */
    @Nullable
    String plain(Node node) {
        if (node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
            Text text = references.fill(scalar);
            return text == null ? null : text.value().trim();
        }
        wrongType(node, "a number or a duration", "");
        return null;
    }

    /** Whether a scalar is text; the parser has a tag of its own for references without quotes. */
    static boolean isText(ScalarNode scalar) {
        return scalar.getTag().equals(Tag.STR) || scalar.getTag().equals(Tag.ENV_TAG);
    }

    private static String found(Node node) {
        if (node instanceof SequenceNode) {
            return "a list";
        }
        if (node instanceof MappingNode) {
            return "a block of keys";
        }
        if (node.getTag().equals(Tag.NULL)) {
            return "nothing";
        }
        if (node.getTag().equals(Tag.BOOL)) {
            return "true or false";
        }
        return node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT) ? "a number" : "text";
    }
}
