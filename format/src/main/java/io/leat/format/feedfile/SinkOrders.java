package io.leat.format.feedfile;

import io.leat.core.Feed;
import io.leat.core.delivery.JsonFiles;
import io.leat.core.delivery.KafkaTopic;
import io.leat.core.delivery.Postgres;
import io.leat.core.delivery.Subscription;
import io.leat.format.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;
import tools.jackson.databind.JsonNode;

/**
 * Reads sinks of files, tables and topics that are asked for at run time: JSON in the words of the feed file. Whoever asks is a
 * client and not whoever runs this machine, so nothing of the machine is lent: no variable, no file, no directory, no rights.
 * Thread-safe.
 */
public final class SinkOrders {

    private static final Set<String> KINDS = Stream.of(FilesKey.FILES, PostgresKey.POSTGRES, KafkaKey.KAFKA)
            .map(FeedKey::word)
            .collect(Collectors.toSet());
    private static final Set<String> KNOWN = FeedKeys.ALL.stream()
            .flatMap(key -> Stream.of(key.word(), key.path()))
            .collect(Collectors.toSet());
    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");
    private static final Pattern FILE_OPTION = Pattern.compile("[?&]ssl(?:rootcert|cert|key)=");
    private static final int MOST_TOLD = 3;

    private final Feed feed;

    /** Orders of clients of a feed. */
    public SinkOrders(Feed feed) {
        this.feed = feed;
    }

    /** Whether an order is for such a sink. */
    public static boolean isOne(JsonNode order) {
        return KINDS.stream().anyMatch(order::has);
    }

    /**
     * Reads an order.
     *
     * @throws IllegalArgumentException with sentences that say what is wrong and quote nothing of it
     */
    public Subscription read(JsonNode order) {
        Problems problems = new Problems("");
        Node root = Yaml.read(order.toString(), problems);
        List<Subscription> read = root == null
                ? List.of()
                : section(problems).read(root, feed.rules().gone() != null);
        if (problems.isFatal() || read.size() != 1) {
            throw new IllegalArgumentException(told(problems));
        }
        Subscription subscription = read.get(0);
        if (subscription.sink() instanceof JsonFiles files) {
            check(files);
        } else if (subscription.sink() instanceof Postgres postgres) {
            check(postgres);
        } else if (subscription.sink() instanceof KafkaTopic topic) {
            check(topic);
        }
        return subscription;
    }

    private SinksSection section(Problems problems) {
        Values values = new Values(problems, References.none(problems));
        ColumnsSection columns = new ColumnsSection(
                values,
                problems,
                feed.key(),
                feed.comparison(),
                new FieldTypes(feed.key(), feed.normalize(), feed.contracts()));
        return new SinksSection(
                Path.of("/"),
                values,
                problems,
                Reach.UNKNOWN,
                new Knowable(feed.comparison(), feed.rules()),
                columns,
                feed.key());
    }

    private static String told(Problems problems) {
        String told = problems.errors().stream()
                .limit(MOST_TOLD)
                .map(SinkOrders::sentences)
                .collect(Collectors.joining(" "));
        return told.isEmpty() ? "This is no sink." : told;
    }

    private static String sentences(Problem problem) {
        String told = problem.hint().isEmpty() ? problem.message() : problem.message() + " " + problem.hint();
        return QUOTED.matcher(told)
                .replaceAll(quoted -> KNOWN.contains(quoted.group(1)) ? "'" + quoted.group(1) + "'" : "'…'");
    }

    private static void check(JsonFiles files) {
        JsonFiles.Store store = files.store();
        if (store == null) {
            throw new IllegalArgumentException(
                    "A directory of this machine is declared in the feed file; here, 'path' is s3://bucket/prefix.");
        }
        if (store.login() == null) {
            throw new IllegalArgumentException(
                    "'access_key' and 'secret_key' are missing: the rights of this machine are not lent.");
        }
    }

    private static void check(Postgres postgres) {
        if (postgres.login().password() == null) {
            throw new IllegalArgumentException("'password' is missing: the passwords of this machine are not lent.");
        }
        if (FILE_OPTION.matcher(postgres.url()).find()) {
            throw new IllegalArgumentException(
                    "Certificates in files of this machine are declared in the feed file; here, 'url' takes 'sslmode' alone.");
        }
    }

    private static void check(KafkaTopic topic) {
        if (topic.properties().keySet().stream().anyMatch(name -> name.endsWith(".location"))) {
            throw new IllegalArgumentException(
                    "Keys in files of this machine are declared in the feed file; here, they stand in 'properties' as"
                            + " ssl.keystore.key, ssl.keystore.certificate.chain and ssl.truststore.certificates.");
        }
    }
}
