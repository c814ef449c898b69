package io.leat.format.feedfile;

import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.delivery.KafkaTopic;
import io.leat.core.delivery.Sink;
import io.leat.core.delivery.Subscription;
import io.leat.format.webhook.Filter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code sinks}: who gets changes, which of them, and where. */
final class SinksSection {

    private static final List<FeedKey> KINDS =
            List.of(WebhookKey.WEBHOOK, FilesKey.FILES, PostgresKey.POSTGRES, KafkaKey.KAFKA);
    private static final List<FeedKey> WEBHOOK_TERMS =
            List.of(SinkKey.CATCH_UP, WebhookKey.GZIP, WebhookKey.BATCH, WebhookKey.LIMITS);

    private final Values values;
    private final Problems problems;
    private final SinkWords words;
    private final WebhookSection webhooks;
    private final FilesSection files;
    private final PostgresSection postgres;
    private final KafkaSection kafka;
    private final Knowable knowable;

    /**
     * @param directory what paths are relative to
     * @param reach where webhooks can be
     * @param knowable what conditions can speak of
     * @param columns the columns of tables
     * @param key of the feed
     */
    SinksSection(
            Path directory,
            Values values,
            Problems problems,
            Reach reach,
            Knowable knowable,
            ColumnsSection columns,
            List<Feed.KeyPart> key) {
        this.knowable = knowable;
        this.values = values;
        this.problems = problems;
        this.words = new SinkWords(values, problems);
        this.webhooks = new WebhookSection(values, problems, reach, words);
        this.files = new FilesSection(directory, values, problems, words);
        this.postgres = new PostgresSection(values, problems, words, columns);
        this.kafka = new KafkaSection(values, problems, words, key);
    }

    /**
     * The subscriptions.
     *
     * @param tellsGone whether the feed tells that keys are gone
     */
    List<Subscription> read(@Nullable Node node, boolean tellsGone) {
        List<Subscription> sinks = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Node entry : node == null ? List.<Node>of() : values.list(node)) {
            Section section = values.section(entry, SinkKey.SINKS.path() + "[]");
            Subscription sink = section == null ? null : subscription(section, tellsGone);
            if (sink != null && values.unseen(names, sink.name(), entry)) {
                sinks.add(sink);
            }
        }
        return sinks;
    }

    private @Nullable Subscription subscription(Section section, boolean tellsGone) {
        Node nameNode = section.required(SinkKey.NAME);
        String name = nameNode == null ? null : words.name(nameNode);
        Sink sink = sink(section);
        String where = where(section.get(SinkKey.WHERE), tellsGone);
        Node fieldsNode = section.get(SinkKey.FIELDS);
        List<FieldPath> fields = fieldsNode == null ? List.of() : values.paths(fieldsNode);
        Subscription.CatchUp catchUp = words.choice(
                section.get(SinkKey.CATCH_UP), "catch_up", Subscription.CatchUp.values(), Subscription.CatchUp.ALL);
        Subscription.From from =
                words.choice(section.get(SinkKey.FROM), "from", Subscription.From.values(), Subscription.From.EARLIEST);
        return name == null || sink == null ? null : new Subscription(name, sink, where, fields, catchUp, from);
    }

    private @Nullable Sink sink(Section section) {
        List<FeedKey> kinds =
                KINDS.stream().filter(kind -> section.get(kind) != null).toList();
        if (kinds.size() > 1) {
            problems.add(
                    section.node(),
                    ProblemCode.SINK_OF_TWO_KINDS,
                    "A sink is one of %s."
                            .formatted(String.join(
                                    ", ", KINDS.stream().map(FeedKey::word).toList())),
                    "Give each a name and an entry of its own.");
            return null;
        }
        Node filesNode = section.get(FilesKey.FILES);
        if (filesNode != null) {
            refuse(section, WEBHOOK_TERMS, "files", "files hold every change, in order, and are told how by 'files'");
            return files.read(filesNode);
        }
        Node postgresNode = section.get(PostgresKey.POSTGRES);
        if (postgresNode != null) {
            refuse(section, WEBHOOK_TERMS, "tables", "what is written is told by 'postgres'");
            refuse(section, List.of(SinkKey.FIELDS), "tables", "'postgres.columns' says what is kept");
            return postgres.read(postgresNode);
        }
        Node kafkaNode = section.get(KafkaKey.KAFKA);
        if (kafkaNode != null) {
            refuse(section, WEBHOOK_TERMS, "topics", "a topic holds every change, in order");
            KafkaTopic topic = kafka.read(kafkaNode);
            if (topic != null && topic.format() == KafkaTopic.Format.DEBEZIUM) {
                refuse(section, List.of(SinkKey.FIELDS), "Debezium's envelope", "it has the whole item");
            }
            return topic;
        }
        return webhooks.read(section);
    }

    private void refuse(Section section, List<FeedKey> terms, String kind, String why) {
        for (FeedKey term : terms) {
            Node node = section.get(term);
            if (node != null) {
                problems.add(
                        node,
                        ProblemCode.NOT_FOR_THIS_SINK,
                        "'%s' means nothing for %s.".formatted(term.word(), kind),
                        "Leave it out: %s.".formatted(why));
            }
        }
    }

    private @Nullable String where(@Nullable Node node, boolean tellsGone) {
        Text text = node == null ? null : values.text(node);
        if (node == null || text == null) {
            return null;
        }
        try {
            Filter filter = Filter.compile(text.value());
            for (List<String> path : filter.needs()) {
                if (!knowable.mayBeThere(path)) {
                    problems.add(
                            node,
                            ProblemCode.NEVER_ANSWERED,
                            "No change of this feed has '%s': the condition has no answer, and nothing is told."
                                    .formatted(text.filled() ? "…" : String.join(".", path)),
                            "'before' holds the fields of 'changes.compare', 'average' those of 'changes.average'.");
                }
            }
            if (filter.isSilentAboutGone() && tellsGone) {
                problems.add(
                        node,
                        ProblemCode.GONE_NOT_TOLD,
                        Filter.SILENT_ABOUT_GONE,
                        "Write \"op == 'gone' || …\" to have it told, or \"op != 'gone' && …\" to say that it is not.");
            }
            return text.value();
        } catch (IllegalArgumentException e) {
            problems.add(
                    node,
                    ProblemCode.BAD_FILTER,
                    text.filled()
                            ? "The condition does not compile."
                            : "The condition does not compile: " + e.getMessage(),
                    "Write one like: after.price < 50 && op == 'update'.");
            return null;
        }
    }
}
