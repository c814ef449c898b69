package io.leat.format.feedfile;

import io.leat.core.Limits;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code limits}. */
final class LimitsSection {

    private final Values values;
    private final Problems problems;

    LimitsSection(Values values, Problems problems) {
        this.values = values;
        this.problems = problems;
    }

    Limits read(@Nullable Node node) {
        Limits defaults = Limits.DEFAULT;
        Section section = node == null ? null : values.section(node, EngineKey.LIMITS.path());
        if (section == null) {
            return defaults;
        }
        Limits widest = Limits.WIDEST;
        return new Limits(
                limit(section.get(EngineKey.LIMITS_BYTES), 2, widest.bytes(), defaults.bytes()),
                limit(section.get(EngineKey.LIMITS_DEPTH), 1, widest.depth(), defaults.depth()),
                limit(section.get(EngineKey.LIMITS_TOKENS), 2, widest.tokens(), defaults.tokens()),
                limit(section.get(EngineKey.LIMITS_NAME), 1, widest.name(), defaults.name()),
                limit(section.get(EngineKey.LIMITS_STRING), 1, widest.string(), defaults.string()),
                limit(section.get(EngineKey.LIMITS_NUMBER), 1, widest.number(), defaults.number()),
                duplicates(section.get(EngineKey.LIMITS_DUPLICATES)));
    }

    private int limit(@Nullable Node node, int least, int most, int fallback) {
        Integer given = node == null ? null : values.whole(node, least, most);
        return given == null ? fallback : given;
    }

    private Limits.Duplicates duplicates(@Nullable Node node) {
        Text word = node == null ? null : values.text(node);
        if (node == null || word == null || word.value().equals("refuse")) {
            return Limits.Duplicates.REFUSE;
        }
        if (!word.value().equals("last")) {
            problems.add(
                    node,
                    ProblemCode.NOT_A_CHOICE,
                    "Duplicates cannot be " + word.shown() + ".",
                    Spelling.hint(word.value(), List.of("refuse", "last")));
        }
        return Limits.Duplicates.LAST;
    }
}
