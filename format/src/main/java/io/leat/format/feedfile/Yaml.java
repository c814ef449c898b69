package io.leat.format.feedfile;

import io.leat.format.Quote;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Turns text into one tree of nodes with places. Limits are checked on the flat stream of events, before any tree is built. */
final class Yaml {

    private static final int DEEPEST = 50;
    private static final int MOST_ALIASES = 20;

    private final Problems problems;
    private final Deque<Optional<Anchor>> open = new ArrayDeque<>();
    private int aliases;
    private int documents;

    private Yaml(Problems problems) {
        this.problems = problems;
    }

    /** The root of the document, {@code null} if there is none: that has been reported. */
    static @Nullable Node read(String text, Problems problems) {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new CoreSchema())
                .setUseMarks(true)
                .setCodePointLimit(FeedFile.MOST_BYTES)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .setParseComments(false)
                .build();
        try {
            new Yaml(problems).scan(new ParserImpl(settings, new StreamReader(settings, text)));
            if (problems.isFatal()) {
                return null;
            }
            Optional<Node> root =
                    new Composer(settings, new ParserImpl(settings, new StreamReader(settings, text))).getSingleNode();
            if (root.isEmpty()) {
                problems.add(
                        Optional.empty(), ProblemCode.EMPTY_FILE, "The file is empty.", "Start with: feed: my-feed");
            }
            return root.orElse(null);
        } catch (MarkedYamlEngineException e) {
            problems.add(
                    e.getProblemMark(), ProblemCode.NOT_YAML, "This is not YAML: " + reason(e.getProblem()) + ".", "");
        } catch (YamlEngineException e) {
            problems.add(
                    Optional.empty(), ProblemCode.NOT_YAML, "This is not YAML: " + reason(e.getMessage()) + ".", "");
        }
        return null;
    }

    private void scan(ParserImpl events) {
        while (events.hasNext() && !problems.isFatal()) {
            Event event = events.next();
            if (event instanceof DocumentStartEvent && ++documents > 1) {
                report(event, ProblemCode.OVER_LIMIT, "A second document begins here.", "Give each feed its own file.");
            } else if (event instanceof AliasEvent alias) {
                alias(alias);
            } else if (event instanceof CollectionStartEvent start) {
                tag(start, start.getTag());
                open.push(start.getAnchor());
                if (open.size() > DEEPEST) {
                    report(start, ProblemCode.OVER_LIMIT, "The file is nested deeper than 50 levels.", "");
                }
            } else if (event instanceof CollectionEndEvent) {
                open.pop();
            } else if (event instanceof ScalarEvent scalar) {
                tag(scalar, scalar.getTag());
                if (scalar.isPlain() && scalar.getValue().equals("<<")) {
                    report(scalar, ProblemCode.TAG_REFUSED, "The merge key '<<' is refused.", "Write the keys out.");
                }
            }
        }
    }

    private void alias(AliasEvent alias) {
        if (++aliases > MOST_ALIASES) {
            report(alias, ProblemCode.OVER_LIMIT, "The file has more than 20 aliases.", "Write the values out.");
        } else if (open.contains(Optional.of(alias.getAlias()))) {
            report(alias, ProblemCode.OVER_LIMIT, "The alias stands inside what it stands for.", "");
        }
    }

    private void tag(Event event, Optional<String> tag) {
        tag.ifPresent(name -> report(
                event,
                ProblemCode.TAG_REFUSED,
                "The tag '" + Quote.shorten(name) + "' is refused.",
                "Leave it out: a feed file is plain text, numbers, lists and keys."));
    }

    private void report(Event event, ProblemCode code, String message, String hint) {
        problems.add(event.getStartMark(), code, message, hint);
    }

    private static String reason(@Nullable String problem) {
        String line = problem == null ? "" : problem.lines().findFirst().orElse("");
        return line.isEmpty() ? "it cannot be parsed" : Quote.shorten(line);
    }
}
