package io.leat.app.guarantee;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.FeedRun;
import io.leat.app.exit.Failure;
import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Tally;
import io.leat.job.FeedTopics;
import io.leat.job.Refusal;
import io.leat.job.log.LogWatch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** A feed of its own on a shared broker, run in this process until it has dealt with what was scraped. */
final class SmallFeed {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final Feed feed;
    private final String bootstrap;
    private final Path data;
    private long scraped;
    private Map<String, String> flink = Map.of();

    SmallFeed(String name, String bootstrap, Path dir) {
        this(feed(name, "sku", List.of("price")), bootstrap, dir, 0);
    }

    private SmallFeed(Feed feed, String bootstrap, Path data, long scraped) {
        this.feed = feed;
        this.bootstrap = bootstrap;
        this.data = data;
        this.scraped = scraped;
    }

    /** The same topics and directory under another key or comparison. */
    SmallFeed with(String key, List<String> compared) {
        return new SmallFeed(feed(feed.name(), key, compared), bootstrap, data, scraped);
    }

    private static Feed feed(String name, String key, List<String> compared) {
        return new Feed(
                name,
                new Feed.Source(name + ".raw", 1, Map.of()),
                List.of(),
                List.of(new Feed.KeyPart.Field(FieldPath.parse(key))),
                new Feed.Time(FieldPath.parse("at"), Feed.Time.Format.EPOCH_S, null, Feed.Time.DEFAULT_MAX_SKEW),
                new Feed.Comparison.Only(compared.stream().map(FieldPath::parse).toList()),
                new Feed.Log(1, Duration.ofMillis(5), 5_000));
    }

    /** Sends scrapes: key i of {@code keys} at time {@code at} with this price. Makes the topics, as a first start would. */
    void scrape(int keys, long at, int price) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            FeedTopics.prepare(admin, feed);
        }
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < keys; i++) {
                sent.add(producer.send(new ProducerRecord<>(feed.source().topic(), scrape("k" + i, at, price))));
            }
            for (Future<RecordMetadata> each : sent) {
                each.get();
                scraped++;
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A scrape as it stands in the raw topic. */
    static byte[] scrape(String sku, long at, int price) {
        return "{\"sku\":\"%s\",\"name\":\"name of %s\",\"at\":%s,\"price\":%s,\"stock\":%s}"
                .formatted(sku, sku, at, price, price % 2)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A change as it stands in a change log. */
    static byte[] change(String feed, String sku, long seq) {
        return ("{\"id\":\"aaaaaaaaaaaaaaaaaaaaaaaaaa\",\"feed\":\"%s\",\"key\":[\"%s\"],\"seq\":%s,\"op\":\"update\","
                        + "\"changed\":[\"price\"],\"before\":{\"price\":2},\"after\":{\"at\":2500,\"price\":5,\"sku\":\"%s\"},"
                        + "\"event_time\":\"1970-01-01T00:41:40Z\",\"tie\":\"0000000000000001\","
                        + "\"source\":{\"topic\":\"x\",\"partition\":0,\"offset\":0},\"contract\":null}")
                .formatted(feed, sku, seq, sku)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Runs until every scrape is dealt with and checkpointed, then stops. */
    Tally work(Refusal.Code... accepted) {
        return workOnTopOf(0, accepted);
    }

    /** From now on it runs with settings for Flink. */
    SmallFeed with(Map<String, String> settings) {
        flink = settings;
        return this;
    }

    /** Works, then leaves a savepoint below a directory. */
    String workAndSave(Path below) {
        try (DataDirectory directory = DataDirectory.take(data);
                FeedRun run = start(directory, 1)) {
            awaitAll(run, 0);
            return run.savepoint(below).join();
        }
    }

    /** The same where the restored counters already hold so many scrapes of another topic. */
    Tally workOnTopOf(long before, Refusal.Code... accepted) {
        try (DataDirectory directory = DataDirectory.take(data);
                FeedRun run = start(directory, 1, accepted)) {
            awaitAll(run, before);
            Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> !run.checkpoint()
                    .join()
                    .isEmpty());
            return run.figures().tally();
        }
    }

    private void awaitAll(FeedRun run, long before) {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            run.failed().ifPresent(failure -> {
                throw failure;
            });
            return run.figures().status().equals("RUNNING")
                    && run.figures().tally().in() >= before + scraped
                    && run.figures().tally().balances();
        });
    }

    /** Runs, expecting that it ends by itself. */
    Failure refused() {
        return refusedAtParallelism(1);
    }

    Failure refusedAtParallelism(int parallelism) {
        try (DataDirectory directory = DataDirectory.take(data);
                FeedRun run = start(directory, parallelism)) {
            Awaitility.await().atMost(PATIENCE).until(() -> run.failed().isPresent());
            if (run.figures().restarts() > 0) {
                throw new AssertionError("it was tried again " + run.figures().restarts() + " times");
            }
            return Optional.of(run).flatMap(FeedRun::failed).orElseThrow();
        } catch (Failure failure) {
            return failure;
        }
    }

    private FeedRun start(DataDirectory directory, int parallelism, Refusal.Code... accepted) {
        return FeedRun.start(
                feed,
                directory,
                new FeedRun.Settings(
                        bootstrap, 0, parallelism, CrashRig.CHECKPOINT_EVERY, flink, Set.of(accepted), LogWatch.NONE),
                InstantSource.system());
    }

    /** Forgets how much was scraped, as after the raw topic was made anew. */
    void rawIsNew() {
        scraped = 0;
    }

    String rawTopic() {
        return feed.source().topic();
    }

    String log() {
        return feed.name() + ".changes";
    }
}
