package io.leat.app.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.core.Change;
import io.leat.format.ChangeJson;
import io.leat.job.log.ChangeLog;
import io.leat.job.log.LogStep;
import io.leat.testkit.ChangeLine;
import io.leat.testkit.TopicReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands behind a transaction that readers cannot see yet is not committed: it would be seen without it. */
class CommitOrderIT {

    private static final Duration MANY_COMMITS = Duration.ofSeconds(1);
    private static final AtomicInteger SENT = new AtomicInteger();
    private static final AtomicInteger COMMITTED = new AtomicInteger();

    private final List<Throwable> failures = new ArrayList<>();

    @TempDir
    private Path dir;

    @Test
    void nothingIsCommittedBehindWhatReadersCannotSeeYet() throws Exception {
        SmallFeed feed = new SmallFeed("order", "unused", dir);
        try (DataDirectory data = DataDirectory.take(dir);
                EmbeddedKafka kafka = EmbeddedKafka.start(data, 0);
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()));
                ChangeLog log =
                        LoneLog.open(LoneLog.settings(feed, kafka.bootstrap(), CommitOrderIT::count), failures::add)) {
            admin.createTopics(List.of(new NewTopic(feed.log(), 1, (short) 1)))
                    .all()
                    .get();
            log.takeOver(Map.of(), (partition, offset, change, sameness, fromBeginning) -> {});
            try (KafkaProducer<byte[], byte[]> other = holdUpReaders(kafka, feed.log())) {
                log.append(0, change(1), 0);
                Awaitility.await().until(() -> COMMITTED.get() == 1);
                log.append(0, change(2), 0);
                Awaitility.await().until(() -> SENT.get() == 2);

                Awaitility.await()
                        .during(MANY_COMMITS)
                        .atMost(MANY_COMMITS.multipliedBy(2))
                        .until(() -> COMMITTED.get() == 1);
                other.abortTransaction();
            }
            log.commit();
            assertThat(told(kafka, feed.log())).extracting(ChangeLine::seq).containsExactly(1L, 2L);
            assertThat(failures).isEmpty();
        }
    }

    private static void count(LogStep step) {
        if (step == LogStep.SENT) {
            SENT.incrementAndGet();
        } else if (step == LogStep.COMMITTED) {
            COMMITTED.incrementAndGet();
        }
    }

    /** As a transaction does whose end was forgotten. */
    private static KafkaProducer<byte[], byte[]> holdUpReaders(EmbeddedKafka kafka, String topic) throws Exception {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrap(), "transactional.id", "other"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(topic, 0, null, new byte[1])).get();
        return producer;
    }

    private static Change change(long seq) {
        return ChangeJson.read(SmallFeed.change("order", "k", seq));
    }

    private static List<ChangeLine> told(EmbeddedKafka kafka, String topic) {
        List<ChangeLine> told = new ArrayList<>();
        TopicReader.committed(kafka.bootstrap()).read(topic, rec -> told.add(ChangeLine.parse(rec.value())));
        return told;
    }
}
