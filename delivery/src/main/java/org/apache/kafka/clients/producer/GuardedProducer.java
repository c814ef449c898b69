package org.apache.kafka.clients.producer;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.HostResolver;
import org.apache.kafka.clients.NetworkClient;
import org.apache.kafka.clients.producer.internals.ProducerInterceptors;
import org.apache.kafka.clients.producer.internals.ProducerMetadata;
import org.apache.kafka.common.internals.ClusterResourceListeners;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.LogContext;

/**
 * A producer whose connections go where a resolver says. Kafka lets nobody hand one in, but for its own tests in this
 * package; a look at the metadata beforehand would not do, since each new answer may name other brokers.
 */
public final class GuardedProducer extends KafkaProducer<byte[], byte[]> {

    private final Metrics connections;

    private record Parts(
            ProducerConfig config,
            ProducerMetadata metadata,
            NetworkClient client,
            ApiVersions versions,
            Metrics metrics) {}

    private GuardedProducer(Parts parts) {
        super(
                parts.config(),
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                parts.metadata(),
                parts.client(),
                new ProducerInterceptors<>(List.of(), parts.metrics()),
                parts.versions(),
                Time.SYSTEM);
        this.connections = parts.metrics();
    }

    /**
     * Opens one. Does not connect.
     *
     * @param settings as a producer takes them, but for serializers and interceptors
     * @param resolver looks hosts up, for every connection there is
     */
    public static GuardedProducer open(Map<String, Object> settings, HostResolver resolver) {
        ProducerConfig config = new ProducerConfig(ProducerConfig.appendSerializerToConfig(
                settings, new ByteArraySerializer(), new ByteArraySerializer()));
        LogContext log = new LogContext("[sink] ");
        ProducerMetadata metadata = new ProducerMetadata(
                config.getLong(ProducerConfig.RETRY_BACKOFF_MS_CONFIG),
                config.getLong(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG),
                config.getLong(ProducerConfig.METADATA_MAX_AGE_CONFIG),
                config.getLong(ProducerConfig.METADATA_MAX_IDLE_CONFIG),
                log,
                new ClusterResourceListeners());
        List<String> servers = config.getList(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG);
        ClientUtils.maybeBootstrapMetadataSynchronously(config, servers, metadata);
        ApiVersions versions = new ApiVersions();
        Metrics metrics = new Metrics();
        NetworkClient client = ClientUtils.createNetworkClient(
                config,
                servers,
                config.getString(ProducerConfig.CLIENT_ID_CONFIG),
                metrics,
                "producer",
                log,
                versions,
                Time.SYSTEM,
                config.getInt(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION),
                config.getInt(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG),
                metadata,
                null,
                resolver,
                metrics.sensor("produce-throttle-time"),
                null);
        return new GuardedProducer(new Parts(config, metadata, client, versions, metrics));
    }

    @Override
    public void close(java.time.Duration timeout) {
        super.close(timeout);
        connections.close();
    }
}
