package io.leat.bench.flinksink;

import io.leat.bench.work.Setup;
import io.leat.core.Feed;
import io.leat.core.Item;
import io.leat.format.Topics;
import io.leat.job.RawRecord;
import io.leat.job.wire.WireType;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Runs the work as a Flink job with {@link KafkaSink} at {@link DeliveryGuarantee#EXACTLY_ONCE}: changes become visible at
 * the end of each checkpoint.
 */
public final class FlinkSinkMain {

    private static final String TRANSACTION_TIMEOUT_MILLIS = "60000";

    private FlinkSinkMain() {}

    /** Runs until it is killed. */
    public static void main(String[] args) throws Exception {
        Setup setup = Setup.of(args);
        Feed feed = setup.feed();
        Topics topics = Topics.of(feed);
        String refused = topics.deadLetters();
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(Configuration.fromMap(setup.flinkSettings("1 s")));
        SingleOutputStreamOperator<Item> items = env.fromSource(
                        source(setup, topics), WatermarkStrategy.noWatermarks(), "scrapes")
                .process(new ParseFunction(feed), WireType.ITEM);
        items.getSideOutput(ParseFunction.REFUSED)
                .sinkTo(KafkaSink.<byte[]>builder()
                        .setBootstrapServers(setup.bootstrap())
                        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                        .setRecordSerializer(
                                (value, context, timestamp) -> new ProducerRecord<>(refused, null, value, value))
                        .build());
        items.keyBy(Item::key, Types.STRING)
                .process(new CompareFunction(feed), Types.TUPLE(Types.STRING, Types.STRING))
                .sinkTo(KafkaSink.<Tuple2<String, String>>builder()
                        .setBootstrapServers(setup.bootstrap())
                        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                        .setTransactionalIdPrefix(feed.name())
                        .setProperty("transaction.timeout.ms", TRANSACTION_TIMEOUT_MILLIS)
                        .setRecordSerializer(changes(topics.changes()))
                        .build());
        env.execute(feed.name());
    }

    private static KafkaSource<RawRecord> source(Setup setup, Topics topics) {
        return KafkaSource.<RawRecord>builder()
                .setBootstrapServers(setup.bootstrap())
                .setTopics(topics.raw())
                .setGroupId(setup.feed().name())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new ScrapeSchema())
                .build();
    }

    private static KafkaRecordSerializationSchema<Tuple2<String, String>> changes(String topic) {
        return (change, context, timestamp) -> new ProducerRecord<>(
                topic, change.f0.getBytes(StandardCharsets.UTF_8), change.f1.getBytes(StandardCharsets.UTF_8));
    }
}
