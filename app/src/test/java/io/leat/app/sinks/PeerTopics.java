package io.leat.app.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.testkit.RandomSeed;
import io.leat.testkit.TopicReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;

/** The topics {@code once} and {@code often} of another cluster, and what is to be in them. */
final class PeerTopics {

    private static final String ONCE = "once";
    private static final String OFTEN = "often";
    private static final Pattern ID = Pattern.compile("^\\{\"id\":\"([^\"]+)\"");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private PeerTopics() {}

    static void make(String bootstrap) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(ONCE, 3, (short) 1), new NewTopic(OFTEN, 3, (short) 1)))
                    .all()
                    .get();
        }
    }

    /** The one has what the change log has, key by key in its order; the other has it too, some of it again. */
    static void judge(String ours, String theirs, int told, RandomSeed seed) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() ->
                        all(ids(theirs, ONCE)).size() >= told && new HashSet<>(all(ids(theirs, OFTEN))).size() >= told);
        Map<String, List<String>> log = ids(ours, "taken.changes");
        assertThat(ids(theirs, ONCE)).as(seed.toString()).isEqualTo(log);
        assertThat(new HashSet<>(all(ids(theirs, OFTEN)))).as(seed.toString()).isEqualTo(new HashSet<>(all(log)));
    }

    /** How many records of the topic that may have repeats are some. */
    static int repeats(String theirs, int told) {
        return all(ids(theirs, OFTEN)).size() - told;
    }

    private static List<String> all(Map<String, List<String>> byKey) {
        return byKey.values().stream().flatMap(List::stream).toList();
    }

    /** What a reader of committed records sees: ids by key, in order. */
    private static Map<String, List<String>> ids(String bootstrap, String topic) {
        Map<String, List<String>> ids = new TreeMap<>();
        TopicReader.committed(bootstrap).read(topic, rec -> {
            Matcher id = ID.matcher(new String(rec.value(), StandardCharsets.UTF_8));
            assertThat(id.find()).isTrue();
            ids.computeIfAbsent(new String(rec.key(), StandardCharsets.UTF_8), key -> new ArrayList<>())
                    .add(id.group(1));
        });
        return ids;
    }
}
