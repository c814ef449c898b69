package io.leat.format.feedfile;

import io.leat.format.Quote;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** A block of keys, each known and there once. */
final class Section {

    private final MappingNode node;
    private final Map<FeedKey, Node> values = new HashMap<>();
    private final Problems problems;

    /**
     * Sorts the keys of a block; those that do not belong there are reported.
     *
     * @param block its path, {@code ""} for the file itself
     */
    Section(MappingNode node, String block, Problems problems) {
        this.node = node;
        this.problems = problems;
        List<FeedKey> known = FeedKeys.within(block);
        Set<String> seen = new HashSet<>();
        for (NodeTuple tuple : node.getValue()) {
            String word = word(tuple.getKeyNode(), seen, problems);
            if (word != null) {
                put(tuple, word, block, known);
            }
        }
    }

    /** The word of a key, {@code null} if it is none or was there before: that has been reported. */
    static @Nullable String word(Node key, Set<String> seen, Problems problems) {
        if (!(key instanceof ScalarNode scalar)) {
            problems.add(key, ProblemCode.WRONG_TYPE, "A key is one word.", "");
            return null;
        }
        String word = scalar.getValue();
        if (!seen.add(word)) {
            problems.add(
                    key,
                    ProblemCode.DUPLICATE_KEY,
                    "The key '" + Quote.shorten(word) + "' is there twice.",
                    "Keep one of them.");
            return null;
        }
        return word;
    }

    private void put(NodeTuple tuple, String word, String block, List<FeedKey> known) {
        for (FeedKey key : known) {
            if (key.word().equals(word)) {
                if (key.isSupported()) {
                    values.put(key, tuple.getValueNode());
                } else {
                    problems.add(
                            tuple.getKeyNode(),
                            ProblemCode.NOT_SUPPORTED_YET,
                            "'" + key.path() + "' is not supported by this version yet.",
                            "Leave it out.");
                }
                return;
            }
        }
        problems.add(
                tuple.getKeyNode(),
                ProblemCode.UNKNOWN_KEY,
                "'" + Quote.shorten(word) + "' is not a key of " + (block.isEmpty() ? "a feed file" : "'" + block + "'")
                        + ".",
                Spelling.hint(
                        word,
                        known.stream()
                                .filter(FeedKey::isSupported)
                                .map(FeedKey::word)
                                .toList()));
    }

    /** The block itself. */
    MappingNode node() {
        return node;
    }

    /** The value of a key, {@code null} if it is absent. */
    @Nullable
    Node get(FeedKey key) {
        return values.get(key);
    }

    /** The value of a key, {@code null} if it is absent: that is reported. */
    @Nullable
    Node required(FeedKey key) {
        Node value = values.get(key);
        if (value == null) {
            problems.add(
                    node,
                    ProblemCode.MISSING_KEY,
                    "The key '" + key.path() + "' is missing.",
                    "Add, for example: " + key.word() + ": " + key.text().example());
        }
        return value;
    }
}
