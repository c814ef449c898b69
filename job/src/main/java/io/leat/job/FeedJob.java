package io.leat.job;

import io.leat.core.Feed;
import io.leat.core.Item;
import io.leat.core.Order;
import io.leat.format.Topics;
import io.leat.job.log.ChangeLog;
import io.leat.job.log.KafkaChangeLog;
import io.leat.job.log.LogSettings;
import io.leat.job.log.LogWatch;
import io.leat.job.read.PacedSource;
import io.leat.job.window.FeedWindows;
import io.leat.job.wire.WireType;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The job of one feed: raw scrapes in, change log and dead letters out. */
public final class FeedJob {

    private static final Duration PARTITION_DISCOVERY = Duration.ofSeconds(10);
    private static final int MAX_LETTER_BYTES = 4 << 20;
    private static final int MOST_AT_ONCE = 4_000;
    /** Part of the state's layout: it decides which keys share a partition of the change log. */
    private static final int MAX_PARALLELISM = 128;

    /** System property: every scrape is read to its end, whether or not it can be a change. */
    static final String PLAIN = "leat.plain";

    private FeedJob() {}

    /**
     * What the job connects to.
     *
     * @param bootstrap Kafka's bootstrap servers
     * @param prepared from {@link FeedTopics#prepare}
     * @param client further settings of the Kafka clients
     */
    public record Kafka(String bootstrap, FeedTopics.Prepared prepared, Map<String, String> client)
            implements Serializable {
        public Kafka {
            client = Map.copyOf(client);
        }

        String rawTopicId() {
            return prepared.rawTopicId();
        }
    }

    /** Adds the job's operators to an environment. Offsets are committed on checkpoints under {@link #group}. */
    public static void describe(StreamExecutionEnvironment env, Feed feed, Kafka kafka) {
        describe(env, feed, kafka, Set.of(), LogWatch.NONE);
    }

    /**
     * Adds the job's operators to an environment. The source's uid holds the raw topic's id: offsets of a topic that was
     * deleted mean nothing in the one that took its name. Whether that was meant, the contract stage asks.
     *
     * @param accepted refusals that a person has overridden
     * @param watch is told of every step of the log
     */
    public static void describe(
            StreamExecutionEnvironment env, Feed feed, Kafka kafka, Set<Refusal.Code> accepted, LogWatch watch) {
        LogSettings log = LogSettings.of(feed, Topics.of(feed), kafka.bootstrap(), kafka.client(), accepted, watch);
        describe(env, feed, kafka, accepted, watch, KafkaChangeLog.opener(log));
    }

    /**
     * Adds the job's operators to an environment, over another change log than Kafka's.
     *
     * @param accepted refusals that a person has overridden
     * @param watch is told of every step of the operator
     * @param log opens the change log
     */
    public static void describe(
            StreamExecutionEnvironment env,
            Feed feed,
            Kafka kafka,
            Set<Refusal.Code> accepted,
            LogWatch watch,
            ChangeLog.Opener log) {
        Topics topics = Topics.of(feed);
        env.setMaxParallelism(MAX_PARALLELISM);

        SingleOutputStreamOperator<Item> items = env.fromSource(
                        scrapes(feed, topics, kafka, accepted, sights(env, feed)),
                        WatermarkStrategy.noWatermarks(),
                        "scrapes")
                .uid("scrapes-" + kafka.rawTopicId())
                .transform(
                        "contract",
                        WireType.ITEM,
                        new ContractOperatorFactory(
                                new RawProgress(kafka, topics.raw(), accepted),
                                feed.time().order().isAsked() ? MAX_PARALLELISM : 0))
                .uid("contract");
        items.getSideOutput(ContractOperator.DEAD_LETTERS)
                .sinkTo(upserts(kafka, new DeadLetterSchema(topics.deadLetters(), kafka.rawTopicId(), feed.name())))
                .name("dead letters")
                .uid("dead-letters");
        watch(items, feed, topics, kafka);
        FeedWindows.describe(items, feed, upserts(kafka, new UpsertSchema(topics.windows())));
        SingleOutputStreamOperator<Void> changes = byKey(inOrder(items, feed, topics, kafka))
                .transform(
                        "change",
                        Types.VOID,
                        new ChangeOperatorFactory(
                                feed, kafka.rawTopicId(), kafka.prepared().logPartitions(), log, accepted, watch))
                .uid("change");
        if (feed.rules().gone() != null) {
            changes.setParallelism(1); // how many keys of a site were seen is known to who has them all
        }
    }

    /**
     * Whether nothing between the contract and the change stage has to read items, nor keeps them for a later build or another
     * feed file, as unaligned checkpoints do.
     */
    private static boolean sights(StreamExecutionEnvironment env, Feed feed) {
        return !Boolean.getBoolean(PLAIN)
                && feed.windows().isEmpty()
                && !feed.time().order().isAsked()
                && !env.getConfiguration().get(CheckpointingOptions.ENABLE_UNALIGNED);
    }

    /** Tells of fields that drift, if the feed asks for it. */
    private static void watch(SingleOutputStreamOperator<Item> items, Feed feed, Topics topics, Kafka kafka) {
        if (feed.watch() == null) {
            return;
        }
        items.getSideOutput(ContractOperator.STRETCHES)
                .process(new DriftFunction(feed.name()), Types.TUPLE(Types.STRING, Types.STRING))
                .forceNonParallel()
                .name("drift")
                .uid("drift")
                .sinkTo(upserts(kafka, new UpsertSchema(topics.alerts())))
                .name("alerts")
                .uid("alerts");
        items.getSideOutput(ContractOperator.STRETCHES)
                .process(
                        new SilenceFunction(feed.name(), feed.watch().expected()),
                        Types.TUPLE(Types.STRING, Types.STRING))
                .forceNonParallel()
                .name("silence")
                .uid("silence")
                .sinkTo(upserts(kafka, new UpsertSchema(topics.alerts())))
                .name("silence alerts")
                .uid("silence-alerts");
    }

    /** Lets items wait for older ones of their key, if the feed asks for it. */
    private static SingleOutputStreamOperator<Item> inOrder(
            SingleOutputStreamOperator<Item> items, Feed feed, Topics topics, Kafka kafka) {
        Order order = feed.time().order();
        if (!order.isAsked()) {
            return items;
        }
        SingleOutputStreamOperator<Item> ordered = byKey(items)
                .transform(
                        "order",
                        WireType.ITEM,
                        new OrderOperatorFactory(
                                order, order.memory(feed.rules().expireAfter())))
                .uid("order");
        if (order.late() == Order.Late.DEAD_LETTER) {
            ordered.getSideOutput(OrderOperator.LATE)
                    .sinkTo(upserts(kafka, new LateSchema(topics.late(), kafka.rawTopicId())))
                    .name("late")
                    .uid("late");
        }
        return ordered;
    }

    /**
     * To the task that has the key. A single task has them all and hands items on without packing them; but not under
     * unaligned checkpoints, which hold what is on its way from task to task.
     */
    private static KeyedStream<Item, String> byKey(DataStream<Item> items) {
        StreamExecutionEnvironment env = items.getExecutionEnvironment();
        return env.getParallelism() == 1 && !env.getConfiguration().get(CheckpointingOptions.ENABLE_UNALIGNED)
                ? DataStreamUtils.reinterpretAsKeyedStream(items, Item::key, Types.STRING)
                : items.keyBy(Item::key, Types.STRING);
    }

    /** The consumer group under which the job commits how far it has read. */
    public static String group(Feed feed) {
        return "leat-" + feed.name();
    }

    private static PacedSource scrapes(
            Feed feed, Topics topics, Kafka kafka, Set<Refusal.Code> accepted, boolean sights) {
        KafkaSource<RawRecord> records = KafkaSource.<RawRecord>builder()
                .setBootstrapServers(kafka.bootstrap())
                .setTopics(topics.raw())
                .setGroupId(group(feed))
                .setStartingOffsets(new FromTheStart(accepted.contains(Refusal.Code.RAW_GONE)))
                .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .setProperties(reading(kafka))
                .setProperty("partition.discovery.interval.ms", Long.toString(PARTITION_DISCOVERY.toMillis()))
                .setDeserializer(new RawRecordSchema())
                .build();
        Properties client = properties(kafka);
        client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap());
        return new PacedSource(records, feed, sights, client);
    }

    /** A topic in which a repeated record replaces its original: at least once is enough. */
    private static <T> KafkaSink<T> upserts(Kafka kafka, KafkaRecordSerializationSchema<T> schema) {
        return KafkaSink.<T>builder()
                .setBootstrapServers(kafka.bootstrap())
                .setKafkaProducerConfig(properties(kafka))
                .setProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(MAX_LETTER_BYTES))
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(schema)
                .build();
    }

    /** Records are handed from the consumer's thread to the task's in fewer, larger pieces than Kafka's own, unless asked. */
    private static Properties reading(Kafka kafka) {
        Properties properties = properties(kafka);
        properties.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(MOST_AT_ONCE));
        return properties;
    }

    private static Properties properties(Kafka kafka) {
        Properties properties = new Properties();
        properties.putAll(kafka.client());
        return properties;
    }
}
