package io.leat.format.feedfile;

import io.leat.core.silence.Silences;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** Reads how often sites are declared to send. */
record ExpectSection(Values values, Problems problems) {

    private static final String EVERY = "every ";
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofDays(365);

    Silences.Expected read(Section watch) {
        Node node = watch.get(EngineKey.WATCH_EXPECT);
        if (node == null) {
            return Silences.Expected.NOTHING;
        }
        if (!(node instanceof MappingNode sites)) {
            return new Silences.Expected(every(node), Map.of());
        }
        Map<String, Long> some = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (NodeTuple entry : sites.getValue()) {
            String site = Section.word(entry.getKeyNode(), seen, problems);
            Long millis = every(entry.getValueNode());
            if (site != null && millis != null) {
                some.put(site, millis);
            }
        }
        return new Silences.Expected(null, some);
    }

    private @Nullable Long every(Node node) {
        Text text = values.text(node);
        if (text == null) {
            return null;
        }
        if (!text.value().startsWith(EVERY)) {
            problems.add(
                    node,
                    ProblemCode.BAD_DURATION,
                    text.shown() + " is not how often a site sends.",
                    "Write 'every' and a duration: every 6h.");
            return null;
        }
        Duration every =
                values.duration(node, text.value().substring(EVERY.length()).strip(), LEAST, MOST);
        return every == null ? null : every.toMillis();
    }
}
