package io.leat.app.guarantee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.app.exit.Failure;
import io.leat.core.Tally;
import io.leat.job.Refusal;
import io.leat.job.Refusal.Code;
import io.leat.job.log.ChangeLog;
import io.leat.job.log.LogSettings;
import io.leat.job.log.LogWatch;
import io.leat.testkit.ChangeLine;
import io.leat.testkit.ShortenedTopic;
import io.leat.testkit.TopicReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where going on would mean to guess, lose or repeat, the job ends at once: with a code of its own, a sentence, and the
 * word that overrides it where one is sane. It is never tried again by itself.
 */
class RefusalIT {

    private static DataDirectory data;
    private static EmbeddedKafka kafka;
    private static Admin admin;

    @TempDir
    private static Path brokerDir;

    @TempDir
    private Path dir;

    @BeforeAll
    static void startBroker() {
        data = DataDirectory.take(brokerDir);
        kafka = EmbeddedKafka.start(data, 0);
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()));
    }

    @AfterAll
    static void stopBroker() {
        admin.close();
        kafka.close();
        data.close();
    }

    /** As after a long pause: what ends its job may be anything, and the job is restarted in place. */
    @Test
    void aRunThatWasSupersededDoesNotTakeTheLogBackWhenItsJobIsRestarted() {
        SmallFeed feed = new SmallFeed("superseded", kafka.bootstrap(), dir);
        feed.scrape(1, 1_000, 1);
        LogSettings mine = settings(feed);
        LogSettings others = settings(feed);
        takeOver(mine).close();
        takeOver(mine).close();
        try (ChangeLog successor = takeOver(others)) {
            assertThatThrownBy(() -> takeOver(mine))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("is now written by");
            assertThat(successor.commit()).as("the successor was not disturbed").containsKey(0);
        }
        takeOver(others).close();
        takeOver(settings(feed)).close();
    }

    private static LogSettings settings(SmallFeed feed) {
        return LoneLog.settings(feed, kafka.bootstrap(), LogWatch.NONE);
    }

    private static ChangeLog takeOver(LogSettings settings) {
        ChangeLog log = LoneLog.open(settings, LoneLog.NO_FAILURE);
        try {
            log.takeOver(Map.of(), (partition, offset, change, sameness, fromBeginning) -> {});
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
        return log;
    }

    @Test
    void aTailThatWasDeletedIsNotSkipped() throws Exception {
        SmallFeed feed = worked("tail-deleted");
        tellWithoutCheckpoint(feed);
        deleteAllRecords(feed.log());

        mustRefuse(feed, Code.TAIL_DELETED);
        feed.work(Code.TAIL_DELETED);
    }

    @Test
    void aLogThatEndsBeforeTheCheckpointIsNotContinued() throws Exception {
        SmallFeed feed = worked("log-behind");
        recreate(feed.log());

        mustRefuse(feed, Code.LOG_BEHIND);
        feed.scrape(10, 3_000, 7);
        Tally tally = feed.work(Code.LOG_BEHIND);
        assertThat(tally.changed()).isEqualTo(30);
        assertThat(told(feed)).hasSize(10).allMatch(change -> change.seq() == 3);
    }

    @Test
    void aGapInSeqIsNotBridged() throws Exception {
        SmallFeed feed = worked("seq-gap");
        append(feed.log(), "[\"k1\"]", SmallFeed.change(feed.feed.name(), "k1", 9));

        mustRefuse(feed, Code.SEQ_GAP);
        feed.work(Code.SEQ_GAP);
    }

    @Test
    void aRecordOfSomebodyElseIsNamed() throws Exception {
        SmallFeed feed = worked("foreign");
        append(feed.log(), "x", "hello".getBytes(StandardCharsets.UTF_8));

        Failure refusal = mustRefuse(feed, Code.FOREIGN_RECORD);
        assertThat(refusal.sentence()).contains("foreign.changes partition 0 offset ");
    }

    @Test
    void scrapesThatWereDeletedUnreadAreNotSkipped() throws Exception {
        SmallFeed feed = worked("raw-gone");
        feed.scrape(10, 3_000, 7);
        deleteAllRecords(feed.rawTopic());

        mustRefuse(feed, Code.RAW_GONE);
    }

    @Test
    void aRawTopicThatWasMadeAnewIsNotTakenForTheOldOne() throws Exception {
        SmallFeed feed = worked("raw-recreated");
        recreate(feed.rawTopic());
        feed.rawIsNew();
        feed.scrape(10, 3_000, 7);

        mustRefuse(feed, Code.RAW_RECREATED);
        feed.work(Code.RAW_RECREATED);
        assertThat(told(feed))
                .hasSize(30)
                .filteredOn(change -> change.seq() == 3)
                .hasSize(10);
    }

    @Test
    void anotherKeyIsAnotherFeed() throws Exception {
        SmallFeed feed = worked("key-changed");

        mustRefuse(feed.with("name", List.of("price")), Code.KEY_CHANGED);
    }

    @Test
    void anotherComparisonKeepsWhatIsKnown() throws Exception {
        SmallFeed feed = worked("wider");
        SmallFeed wider = feed.with("sku", List.of("price", "stock"));
        wider.scrape(10, 3_000, 2);
        Tally learned = wider.work();
        assertThat(learned.changed()).isEqualTo(20);

        wider.scrape(10, 4_000, 4);
        wider.work();
        assertThat(told(wider))
                .hasSize(30)
                .filteredOn(change -> change.seq() == 3)
                .hasSize(10);
    }

    @Test
    void aTopicWithUnsafeSettingsIsNamedAndNotTouched() throws Exception {
        admin.createTopics(Set.of(new NewTopic("unsafe.changes", 1, (short) 1)
                        .configs(Map.of("cleanup.policy", "delete", "max.message.bytes", "1000000"))))
                .all()
                .get();
        SmallFeed feed = new SmallFeed("unsafe", kafka.bootstrap(), dir);

        Failure refusal = feed.refused();
        assertThat(refusal.code()).isEqualTo(Code.UNSAFE_TOPIC.label());
        assertThat(refusal.sentence())
                .contains("unsafe.changes", "cleanup.policy is delete", "min.compaction.lag.ms", "max.message.bytes");
        assertThat(refusal.hint()).isNotEmpty();
    }

    @Test
    void aParallelismThatDoesNotDivideTheLogIsRefused() {
        SmallFeed feed = new SmallFeed("parallelism", kafka.bootstrap(), dir);
        Failure refusal = feed.refusedAtParallelism(3);
        assertThat(refusal.code()).isEqualTo(Code.PARALLELISM.label());
    }

    @Test
    void scrapesThatAnUnalignedCheckpointHoldsAreNotLeftBehind() {
        Map<String, String> unaligned = Map.of("execution.checkpointing.unaligned.enabled", "true");
        SmallFeed feed = new SmallFeed("in-flight", kafka.bootstrap(), dir);
        feed.scrape(10, 1_000, 1);
        assertThat(feed.with(unaligned).work().changed()).isEqualTo(10);

        assertThat(feed.with(Map.of()).refused().code()).isEqualTo(Code.IN_FLIGHT.label());

        feed.scrape(10, 2_000, 2);
        assertThat(feed.with(unaligned).work().changed()).isEqualTo(20);
    }

    /** Ten keys, told twice, checkpointed. */
    private SmallFeed worked(String name) {
        SmallFeed feed = new SmallFeed(name, kafka.bootstrap(), dir);
        feed.scrape(10, 1_000, 1);
        feed.scrape(10, 2_000, 2);
        Tally tally = feed.work();
        assertThat(tally.changed()).isEqualTo(20);
        return feed;
    }

    /** The log goes on after the checkpoint: as if the job had died right after a commit. */
    private static void tellWithoutCheckpoint(SmallFeed feed) throws Exception {
        append(feed.log(), "[\"k1\"]", SmallFeed.change(feed.feed.name(), "k1", 3));
    }

    private static Failure mustRefuse(SmallFeed feed, Code code) {
        Failure refusal = feed.refused();
        assertThat(refusal.code()).as(refusal.sentence()).isEqualTo(code.label());
        assertThat(refusal.sentence()).isNotBlank();
        assertThat(refusal.hint()).contains(code.accept().isEmpty() ? "" : "--accept " + code.accept());
        return refusal;
    }

    private static List<ChangeLine> told(SmallFeed feed) {
        List<ChangeLine> told = new ArrayList<>();
        TopicReader.committed(kafka.bootstrap()).read(feed.log(), rec -> told.add(ChangeLine.parse(rec.value())));
        return told;
    }

    private static void append(String topic, String key, byte[] value) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrap()), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, 0, key.getBytes(StandardCharsets.UTF_8), value))
                    .get();
        }
    }

    /** As retention would; a topic that is only compacted would not allow it. */
    private static void deleteAllRecords(String topic) throws Exception {
        ShortenedTopic.before(admin, new TopicPartition(topic, 0), ShortenedTopic.ALL);
        ShortenedTopic.setPolicy(admin, topic, topic.endsWith(".changes") ? "compact" : "delete");
    }

    private static void recreate(String topic) throws Exception {
        var configs = admin.describeConfigs(Set.of(new ConfigResource(ConfigResource.Type.TOPIC, topic)))
                .all()
                .get()
                .values()
                .iterator()
                .next();
        Map<String, String> settings = new HashMap<>();
        for (String name : List.of("cleanup.policy", "min.compaction.lag.ms", "max.message.bytes")) {
            settings.put(name, configs.get(name).value());
        }
        admin.deleteTopics(Set.of(topic)).all().get();
        Awaitility.await()
                .ignoreExceptions()
                .until(() -> !admin.listTopics().names().get().contains(topic));
        Awaitility.await().ignoreExceptions().until(() -> {
            admin.createTopics(Set.of(new NewTopic(topic, Optional.of(1), Optional.empty()).configs(settings)))
                    .all()
                    .get();
            return true;
        });
    }
}
