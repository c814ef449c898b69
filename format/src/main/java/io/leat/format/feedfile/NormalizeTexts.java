package io.leat.format.feedfile;

import io.leat.core.normalize.Availability;
import io.leat.core.normalize.Normalizer;
import io.leat.core.normalize.Timestamps;
import io.leat.core.normalize.Urls;
import io.leat.core.normalize.Urls.Fragment;
import io.leat.format.Quote;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** Reads what {@code normalize} says of a site's own words, names and addresses. */
final class NormalizeTexts {

    private final Values values;
    private final Problems problems;

    NormalizeTexts(Values values, Problems problems) {
        this.values = values;
        this.problems = problems;
    }

    /** The phrases of a site by the state they mean. */
    Map<Availability, List<String>> words(@Nullable Node node) {
        Map<Availability, List<String>> words = new EnumMap<>(Availability.class);
        if (node == null) {
            return words;
        }
        if (!(node instanceof MappingNode mapping)) {
            values.wrongType(node, "a block of states", "Write {in_stock: [Add to cart]}.");
            return words;
        }
        Set<String> seen = new HashSet<>();
        for (NodeTuple entry : mapping.getValue()) {
            String word = Section.word(entry.getKeyNode(), seen, problems);
            Availability state = word == null ? null : state(entry.getKeyNode(), word);
            if (state != null) {
                words.put(state, names(entry.getValueNode()));
            }
        }
        return words;
    }

    private @Nullable Availability state(Node at, String word) {
        for (Availability state : Availability.values()) {
            if (state.word().equals(word)) {
                return state;
            }
        }
        List<String> known =
                Arrays.stream(Availability.values()).map(Availability::word).toList();
        problems.add(
                at,
                ProblemCode.UNKNOWN_KEY,
                "'" + Quote.shorten(word) + "' is no state of availability.",
                Spelling.hint(word, known));
        return null;
    }

    /** One name or several. */
    List<String> names(@Nullable Node node) {
        List<String> names = new ArrayList<>();
        for (Node one : node == null ? List.<Node>of() : values.list(node)) {
            Text text = values.text(one);
            if (text != null) {
                names.add(text.value());
            }
        }
        return names;
    }

    /** The languages that are known of these. */
    List<String> languages(@Nullable Node node) {
        List<String> languages = new ArrayList<>();
        List<String> known = List.copyOf(Timestamps.languages());
        for (Node one : node == null ? List.<Node>of() : values.list(node)) {
            Text text = values.text(one);
            if (text != null && known.contains(text.value())) {
                languages.add(text.value());
            } else if (text != null) {
                problems.add(
                        one,
                        ProblemCode.BAD_LANGUAGE,
                        "No names of months are known in " + text.shown() + ".",
                        Spelling.hint(text.filled() ? "" : text.value(), known));
            }
        }
        return languages;
    }

    /** The page that relative addresses are read from. */
    @Nullable
    String base(@Nullable Node node) {
        Text text = node == null ? null : values.text(node);
        if (node == null || text == null) {
            return null;
        }
        try {
            Urls.of(new Normalizer.OfUrl(text.value(), List.of(), List.of(), Fragment.AUTO));
            return text.value();
        } catch (IllegalArgumentException e) {
            problems.add(
                    node,
                    ProblemCode.BAD_BASE,
                    "A base cannot be " + text.shown() + ".",
                    "Write an absolute address such as https://shop.example/.");
            return null;
        }
    }
}
