package org.apache.kafka.clients.admin;

import java.util.Map;
import org.apache.kafka.clients.HostResolver;

/** An admin client whose connections go where a resolver says; see {@code GuardedProducer}. */
public final class GuardedAdmin {

    private GuardedAdmin() {}

    /**
     * Opens one. Does not connect.
     *
     * @param settings as an admin client takes them
     * @param resolver looks hosts up, for every connection there is
     */
    public static Admin open(Map<String, Object> settings, HostResolver resolver) {
        return KafkaAdminClient.createInternal(new AdminClientConfig(settings, false), null, resolver);
    }
}
