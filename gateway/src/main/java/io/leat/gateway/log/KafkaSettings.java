package io.leat.gateway.log;

import java.util.HashMap;
import java.util.Map;

/**
 * How the gateway's Kafka clients connect.
 *
 * @param bootstrap where clients start from
 * @param client further settings of connection and security
 */
public record KafkaSettings(String bootstrap, Map<String, String> client) {

    public KafkaSettings {
        client = Map.copyOf(client);
    }

    /** For a client, with more on top. */
    public Map<String, Object> with(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("bootstrap.servers", bootstrap);
        settings.putAll(more);
        return settings;
    }

    /** For a reader in no group, who sees what is committed. */
    public Map<String, Object> reader(Map<String, Object> more) {
        Map<String, Object> settings = with(Map.of(
                "isolation.level", "read_committed",
                "enable.auto.commit", "false",
                "auto.offset.reset", "earliest",
                "allow.auto.create.topics", "false",
                "default.api.timeout.ms", "4000",
                "request.timeout.ms", "4000"));
        settings.put("reconnect.backoff.max.ms", "500");
        settings.put("fetch.max.wait.ms", "500");
        settings.putAll(more);
        return settings;
    }

    /** Addresses only: the rest may hold secrets. */
    @Override
    public String toString() {
        return "KafkaSettings[" + bootstrap + "]";
    }
}
