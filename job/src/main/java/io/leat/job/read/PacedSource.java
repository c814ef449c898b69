package io.leat.job.read;

import io.leat.core.Feed;
import io.leat.job.RawRecord;
import io.leat.job.Scrape;
import io.leat.job.wire.WireType;
import java.io.IOException;
import java.util.Properties;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.util.clock.SystemClock;

/**
 * Flink's Kafka source, read scrape by scrape, with watermarks of its own: Flink's follow a clock where a partition falls
 * silent, these follow the broker's word ({@link Lookout}). Its state is that of Flink's source.
 */
public final class PacedSource
        implements Source<Scrape, KafkaPartitionSplit, KafkaSourceEnumState>, ResultTypeQueryable<Scrape> {

    private static final long serialVersionUID = 1L;

    private final KafkaSource<RawRecord> kafka;
    private final Feed feed;
    private final boolean sights;
    private final Pace pace;
    private final Properties client;

    /**
     * @param sights whether items may be handed on unread
     * @param client settings of the Kafka clients, with the broker's address
     */
    public PacedSource(KafkaSource<RawRecord> kafka, Feed feed, boolean sights, Properties client) {
        this.kafka = kafka;
        this.feed = feed;
        this.sights = sights;
        this.pace = Pace.of(feed);
        this.client = new Properties();
        this.client.putAll(client);
    }

    @Override
    public SourceReader<Scrape, KafkaPartitionSplit> createReader(SourceReaderContext context) throws Exception {
        return new PacedReader(kafka.createReader(context), new ScrapeJudge(feed, sights), pace, context);
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context) {
        return paced(kafka.createEnumerator(context), context);
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state) throws IOException {
        return paced(kafka.restoreEnumerator(context, state), context);
    }

    private SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> paced(
            SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> dealer,
            SplitEnumeratorContext<KafkaPartitionSplit> context) {
        if (!pace.isAsked() && !pace.tellsHeads()) {
            return dealer;
        }
        long every = pace.lookEvery().toMillis();
        Lookout lookout = new Lookout(client, SystemClock.getInstance()::relativeTimeMillis, every);
        return new PacedEnumerator(dealer, context, lookout, every);
    }

    @Override
    public Boundedness getBoundedness() {
        return kafka.getBoundedness();
    }

    @Override
    public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
        return new PacedSplitSerializer(kafka.getSplitSerializer());
    }

    @Override
    public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
        return kafka.getEnumeratorCheckpointSerializer();
    }

    @Override
    public TypeInformation<Scrape> getProducedType() {
        return WireType.SCRAPE;
    }
}
