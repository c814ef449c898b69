package io.leat.bench.streams;

import io.leat.bench.work.Setup;
import io.leat.core.Feed;
import io.leat.format.Topics;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Runs the work on Kafka Streams, exactly_once_v2, with a store in memory. Its input is partitioned by key already, so it
 * needs no repartition topic. {@code -Dbench.commit.ms} overrides the default commit interval of 100 ms,
 * {@code -Dbench.parser=hand} parses and checks by hand.
 */
public final class StreamsMain {

    private static final String STORE = "known";

    private StreamsMain() {}

    /** Runs until it is killed. */
    public static void main(String[] args) {
        Setup setup = Setup.of(args);
        KafkaStreams streams = new KafkaStreams(topology(setup.feed()), settings(setup));
        streams.setUncaughtExceptionHandler(failure -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.start();
    }

    private static Topology topology(Feed feed) {
        Topics topics = Topics.of(feed);
        boolean byHand = System.getProperty("bench.parser", "").equals("hand");
        return new Topology()
                .addSource("scrapes", new ByteArrayDeserializer(), new ByteArrayDeserializer(), topics.raw())
                .addProcessor(
                        "change", () -> byHand ? new HandProcessor(STORE) : new ChangeProcessor(feed, STORE), "scrapes")
                .addStateStore((byHand ? packed() : objects(feed)).withCachingDisabled(), "change")
                .addSink(
                        ChangeProcessor.CHANGES,
                        topics.changes(),
                        new StringSerializer(),
                        new StringSerializer(),
                        "change")
                .addSink(
                        ChangeProcessor.REFUSED,
                        topics.deadLetters(),
                        new ByteArraySerializer(),
                        new ByteArraySerializer(),
                        "change");
    }

    private static StoreBuilder<?> objects(Feed feed) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.String(), KnownSerde.of(feed));
    }

    private static StoreBuilder<?> packed() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.Long(), Serdes.ByteArray());
    }

    private static Properties settings(Setup setup) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, setup.feed().name());
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, setup.bootstrap());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, setup.directory().toString());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, Integer.getInteger("bench.threads", 2));
        settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        settings.put(StreamsConfig.producerPrefix("linger.ms"), 1);
        Integer commitMillis = Integer.getInteger("bench.commit.ms");
        if (commitMillis != null) {
            settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitMillis);
        }
        return settings;
    }
}
