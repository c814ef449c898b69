package io.leat.format.feedfile;

import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Limits;
import io.leat.core.Rules;
import io.leat.core.Window;
import io.leat.core.delivery.Subscription;
import io.leat.core.normalize.Normalization;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Turns the tree of a feed file into a declared feed. */
final class FeedReader {

    /** Stands in for a name that is wrong, so that the rest can be judged too. */
    private static final String NAMELESS = "feed";

    private final Values values;
    private final Problems problems;
    private final Path directory;
    private final Reach reach;

    FeedReader(Path directory, References references, Reach reach, Problems problems) {
        this.directory = directory;
        this.reach = reach;
        this.problems = problems;
        this.values = new Values(problems, references);
    }

    /** What a file declares: the feed, and who wants its changes. */
    record Declared(Feed feed, List<Subscription> sinks) {}

    /** The feed, {@code null} if there is none: that has been reported. */
    @Nullable
    Declared read(Node root) {
        Section file = values.section(root, "");
        if (file == null) {
            return null;
        }
        Node nameNode = file.required(InputKey.FEED);
        String name = nameNode == null ? null : name(nameNode);
        SourceSection.Declared source =
                new SourceSection(values, problems).read(file.get(InputKey.SOURCE), name == null ? NAMELESS : name);
        Preset preset = source.preset();
        List<Feed.ContractSource> contracts =
                new ContractFiles(directory, values, problems).read(file.get(InputKey.CONTRACT), root);
        Node keyNode = preset == null ? file.required(InputKey.KEY) : file.get(InputKey.KEY);
        List<Feed.KeyPart> key =
                keyNode != null ? new KeyParts(values).read(keyNode) : preset == null ? List.of() : preset.key();
        Node timeNode = preset == null ? file.required(InputKey.TIME) : file.get(InputKey.TIME);
        Feed.Time time =
                timeNode != null ? new TimeSection(values).read(timeNode) : preset == null ? null : preset.time();
        Feed.Time timeOrAny = time == null
                ? new Feed.Time(FieldPath.parse("time"), Feed.Time.Format.RFC3339, null, Feed.Time.DEFAULT_MAX_SKEW)
                : time;
        Node changesNode = file.get(ChangesKey.CHANGES);
        ChangesSection changes = new ChangesSection(values, problems);
        Section changesSection = changes.section(changesNode);
        Feed.Comparison comparison = changesSection == null && preset != null
                ? preset.comparison(timeOrAny)
                : changes.comparison(changesSection, timeOrAny);
        Rules rules = changes.rules(changesSection, comparison, key);
        Feed.Log log = LogSection.read(file.get(EngineKey.LOG), values);
        Limits limits = new LimitsSection(values, problems).read(file.get(EngineKey.LIMITS));
        List<Window> windows = new WindowsSection(values, problems).read(file.get(WindowsKey.WINDOWS));
        List<Normalization> normalize = new NormalizeSection(values, problems).read(file.get(NormalizeKey.NORMALIZE));
        Feed.State state = new StateSection(values).read(file.get(EngineKey.STATE));
        ColumnsSection columns =
                new ColumnsSection(values, problems, key, comparison, new FieldTypes(key, normalize, contracts));
        List<Subscription> sinks = new SinksSection(
                        directory, values, problems, reach, new Knowable(comparison, rules), columns, key)
                .read(file.get(SinkKey.SINKS), rules.gone() != null);
        Feed.Watch watch = new WatchSection(values, problems).read(file.get(EngineKey.WATCH), sinks);
        if (problems.isFatal() || name == null || time == null || comparison == null) {
            return null;
        }
        Feed feed = new Feed(
                name,
                source.source(),
                contracts,
                key,
                time,
                comparison,
                rules,
                log,
                limits,
                windows,
                state,
                normalize,
                watch);
        new Doubts(problems).look(feed, keyNode == null ? root : keyNode, changesNode == null ? root : changesNode);
        return new Declared(feed, sinks);
    }

    private @Nullable String name(Node node) {
        Text text = values.text(node);
        if (text == null || Feed.NAME.matcher(text.value()).matches()) {
            return text == null ? null : text.value();
        }
        problems.add(
                node,
                ProblemCode.BAD_FEED_NAME,
                "A feed's name cannot be " + text.shown() + ".",
                "Use 1 to 63 of a-z, 0-9 and '-', and do not start with '-'.");
        return null;
    }
}
