package io.leat.gateway;

import io.leat.core.Feed;
import io.leat.gateway.access.TicketSecret;
import io.leat.gateway.http.Limits;
import io.leat.gateway.http.Proxies;
import io.leat.gateway.http.Tls;
import io.leat.gateway.log.KafkaSettings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway is given.
 *
 * @param host an address or name of this machine
 * @param port 0 for any free one
 * @param tls {@code null} for plain HTTP
 * @param plainBeyond whether plain HTTP is wanted beyond this machine: something in front of the gateway does TLS
 * @param feeds the feeds it serves
 * @param kafka where the keys are, and the topics of feeds that have no settings of their own
 * @param kafkaOfFeeds how the topics of a feed are reached, by its name: what one feed may, another may not
 * @param proxies in front of it, which are believed when they say for whom they ask
 * @param tickets what tickets are signed with: gateways that have the same take each other's; {@code null} for one of its own
 * @param version told to whoever asks
 */
public record GatewaySettings(
        String host,
        int port,
        @Nullable Tls tls,
        boolean plainBeyond,
        List<Feed> feeds,
        KafkaSettings kafka,
        Map<String, KafkaSettings> kafkaOfFeeds,
        Limits limits,
        Proxies proxies,
        @Nullable TicketSecret tickets,
        String version) {

    public static final int DEFAULT_PORT = 8080;

    public GatewaySettings {
        feeds = List.copyOf(feeds);
        kafkaOfFeeds = Map.copyOf(kafkaOfFeeds);
    }

    /** The same where all feeds are reached alike, and nothing is in front of it. */
    public GatewaySettings(
            String host,
            int port,
            @Nullable Tls tls,
            boolean plainBeyond,
            List<Feed> feeds,
            KafkaSettings kafka,
            Limits limits,
            String version) {
        this(host, port, tls, plainBeyond, feeds, kafka, Map.of(), limits, Proxies.NONE, null, version);
    }

    /** How the topics of a feed are reached. */
    KafkaSettings kafka(Feed feed) {
        return kafkaOfFeeds.getOrDefault(feed.name(), kafka);
    }
}
