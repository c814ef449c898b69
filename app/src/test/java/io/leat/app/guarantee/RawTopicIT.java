package io.leat.app.guarantee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.app.embedded.Broker;
import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.app.log.HeldScrapes;
import io.leat.core.ChangeId;
import io.leat.core.Position;
import io.leat.core.Ruling;
import io.leat.core.Verdict;
import io.leat.format.ScrapeReader;
import io.leat.testkit.ChangeLine;
import io.leat.testkit.TopicReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What producers and people may do with a raw topic beside adding to it. */
class RawTopicIT {

    private static DataDirectory data;
    private static EmbeddedKafka kafka;

    @TempDir
    private static Path brokerDir;

    @TempDir
    private Path dir;

    @BeforeAll
    static void startBroker() {
        data = DataDirectory.take(brokerDir);
        kafka = EmbeddedKafka.start(data, 0);
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
        data.close();
    }

    @Test
    void scrapesOfAnAbortedTransactionAreNotTold() {
        SmallFeed feed = new SmallFeed("aborted", kafka.bootstrap(), dir);
        feed.scrape(5, 1_000, 1);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrap(), "transactional.id", "scraper"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(scrape(feed, "taken-back", 2_000));
            producer.flush();
            producer.abortTransaction();
        }
        feed.scrape(5, 3_000, 2);

        assertThat(feed.work().in()).isEqualTo(10);
        List<ChangeLine> told = new ArrayList<>();
        TopicReader.committed(kafka.bootstrap()).read(feed.log(), rec -> told.add(ChangeLine.parse(rec.value())));
        assertThat(told).hasSize(10).noneMatch(change -> change.key().toString().contains("taken-back"));
    }

    /** The topic was made anew since: in the place of the scrape that waits there is another one. */
    @Test
    void whatAPersonSaysOfAHeldScrapeIsNotTakenForAnotherInItsPlace() {
        SmallFeed feed = new SmallFeed("held", kafka.bootstrap(), dir);
        feed.scrape(2, 1_000, 1);
        Broker broker = new Broker(kafka.bootstrap(), Map.of());
        String id = heldId(feed, "k0", 1_000, 1);

        HeldScrapes.Waiting other = new HeldScrapes.Waiting(id, "{}", "", 0, 1);
        assertThatThrownBy(() -> HeldScrapes.rule(broker, feed.feed, other, Ruling.RELEASE))
                .hasMessageContaining("is gone from the raw topic");
        assertThat(records(feed)).isEqualTo(2);

        HeldScrapes.rule(broker, feed.feed, new HeldScrapes.Waiting(id, "{}", "", 0, 0), Ruling.RELEASE);
        assertThat(records(feed)).isEqualTo(3);
    }

    private static String heldId(SmallFeed feed, String sku, long at, int price) {
        Verdict.Kept kept = (Verdict.Kept) new ScrapeReader(feed.feed)
                .read(
                        SmallFeed.scrape(sku, at, price),
                        InstantSource.system().millis(),
                        new Position(feed.rawTopic(), 0, 0));
        return ChangeId.held(
                feed.feed.name(),
                kept.item().key(),
                kept.item().eventTime(),
                kept.item().tie());
    }

    private static int records(SmallFeed feed) {
        List<byte[]> records = new ArrayList<>();
        TopicReader.committed(kafka.bootstrap()).read(feed.rawTopic(), rec -> records.add(rec.value()));
        return records.size();
    }

    private static ProducerRecord<byte[], byte[]> scrape(SmallFeed feed, String sku, long at) {
        return new ProducerRecord<>(
                feed.rawTopic(),
                "{\"sku\":\"%s\",\"at\":%s,\"price\":9}".formatted(sku, at).getBytes(StandardCharsets.UTF_8));
    }
}
