package io.leat.gateway;

import io.leat.core.Feed;
import io.leat.gateway.http.Limits;
import io.leat.gateway.http.Tls;
import io.leat.gateway.log.KafkaSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway is given.
 *
 * @param host an address or name of this machine
 * @param port 0 for any free one
 * @param tls {@code null} for plain HTTP
 * @param plainBeyond whether plain HTTP is wanted beyond this machine: something in front of the gateway does TLS
 * @param feeds the feeds it serves
 * @param kafka where their topics and the keys are
 * @param version told to whoever asks
 */
public record GatewaySettings(
        String host,
        int port,
        @Nullable Tls tls,
        boolean plainBeyond,
        List<Feed> feeds,
        KafkaSettings kafka,
        Limits limits,
        String version) {

    public static final int DEFAULT_PORT = 8080;

    public GatewaySettings {
        feeds = List.copyOf(feeds);
    }
}
