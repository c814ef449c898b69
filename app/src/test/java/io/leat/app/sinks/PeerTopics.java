package io.leat.app.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.testkit.RandomSeed;
import io.leat.testkit.TopicReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The topics {@code once} and {@code often} of another cluster, and what is to be in them. */
final class PeerTopics {

    private static final String ONCE = "once";
    private static final String OFTEN = "often";
    private static final Pattern ID = Pattern.compile("^\\{\"id\":\"([^\"]+)\"");

    private PeerTopics() {}

    static void make(String bootstrap) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(ONCE, 3, (short) 1), new NewTopic(OFTEN, 3, (short) 1)))
                    .all()
                    .get();
        }
    }

    /** What the change log has: the ids of each key's changes, in order. */
    static ChangesJudge log(String ours) {
        return new ChangesJudge(ids(ours, "taken.changes"));
    }

    /** The one has each change once, the other has it too, some of it again; each key's in order. */
    static void judge(ChangesJudge log, String theirs, RandomSeed seed) {
        OtherEnds.awaitAsLongAsItMayTake(
                "topics",
                () -> all(theirs, ONCE).size() >= log.size() && new HashSet<>(all(theirs, OFTEN)).size() >= log.size());
        assertThat(log.once(all(theirs, ONCE))).as("%s %s", ONCE, seed).isEmpty();
        assertThat(log.atLeastOnce(all(theirs, OFTEN))).as("%s %s", OFTEN, seed).isEmpty();
    }

    /** How many records of the topic that may have repeats are some. */
    static int repeats(String theirs, int told) {
        return all(theirs, OFTEN).size() - told;
    }

    private static List<String> all(String bootstrap, String topic) {
        return ids(bootstrap, topic).values().stream().flatMap(List::stream).toList();
    }

    /** What a reader of committed records sees: ids by key, in order. */
    private static Map<String, List<String>> ids(String bootstrap, String topic) {
        Map<String, List<String>> ids = new TreeMap<>();
        TopicReader.committed(bootstrap).read(topic, rec -> {
            ids.computeIfAbsent(new String(rec.key(), StandardCharsets.UTF_8), key -> new ArrayList<>())
                    .add(id(new String(rec.value(), StandardCharsets.UTF_8)));
        });
        return ids;
    }

    /** The id that a change begins with. */
    static String id(String change) {
        Matcher id = ID.matcher(change);
        assertThat(id.find()).as(change).isTrue();
        return id.group(1);
    }
}
