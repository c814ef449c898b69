package io.leat.app.cli;

import io.leat.app.embedded.Broker;
import io.leat.app.embedded.DataDirectory;
import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.core.Feed;
import io.leat.gateway.Gateway;
import io.leat.gateway.GatewaySettings;
import io.leat.gateway.Refused;
import io.leat.gateway.access.TicketSecret;
import io.leat.gateway.http.Limits;
import io.leat.gateway.http.Tls;
import io.leat.gateway.log.KafkaSettings;
import io.leat.gateway.subscription.Desks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where and how a command serves HTTP. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class HttpOptions {

    private static final String OFF = "off";
    private static final String DEFAULT_HOST = "127.0.0.1";
    private static final Duration KEYS_KNOWN_WITHIN = Duration.ofSeconds(10);
    private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\[\\]]+):(\\d{1,5})");

    @Option(
            names = "--http",
            paramLabel = "HOST:PORT",
            description =
                    "Where to take scrapes and serve changes, or 'off'; default: 127.0.0.1:8080, or any free"
                            + " port if that one is in use. 'leat deliver' serves its figures, and those only where this is given.")
    private @Nullable String http;

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "The certificate chain, PEM. Needs --tls-key.")
    private @Nullable Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "The private key, PEM.")
    private @Nullable Path key;

    @Option(
            names = "--plain-http",
            description = "Serve beyond this machine without TLS: something in front of Leat does it.")
    private boolean plain;

    @Mixin
    private ProxyOptions front;

    /** Whether an address was named. */
    boolean isGiven() {
        return http != null && !http.equals(OFF);
    }

    /**
     * Serves these feeds; {@code null} if that is switched off.
     *
     * @throws Failure if it cannot be done
     */
    @Nullable
    Gateway serve(List<Feed> feeds, Broker broker, Surroundings around) {
        return serve(feeds, broker, around, Desks.NONE);
    }

    /** The same with subscriptions to their webhooks. */
    @Nullable
    Gateway serve(List<Feed> feeds, Broker broker, Surroundings around, Desks desks) {
        return serve(feeds, broker, around, desks, null);
    }

    /** The same as one of several gateways that take each other's tickets. */
    @Nullable
    Gateway serve(List<Feed> feeds, Broker broker, Surroundings around, Desks desks, @Nullable TicketSecret tickets) {
        String wanted = http;
        if (OFF.equals(wanted)) {
            return null;
        }
        if (wanted != null) {
            return start(wanted, feeds, broker, around, desks, tickets);
        }
        try {
            return start(DEFAULT_HOST + ":" + GatewaySettings.DEFAULT_PORT, feeds, broker, around, desks, tickets);
        } catch (Failure e) {
            if (!e.code().equals(code(Refused.Reason.ADDRESS))) {
                throw e;
            }
            return start(DEFAULT_HOST + ":0", feeds, broker, around, desks, tickets);
        }
    }

    private Gateway start(
            String address,
            List<Feed> feeds,
            Broker broker,
            Surroundings around,
            Desks desks,
            @Nullable TicketSecret tickets) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > 65_535) {
            throw wrong("'%s' is not an address to listen at.".formatted(address), "Write --http HOST:PORT.");
        }
        if ((certificate == null) != (key == null)) {
            throw wrong("A certificate needs its key, and a key its certificate.", "Give --tls-cert and --tls-key.");
        }
        Tls tls = certificate == null || key == null ? null : new Tls(certificate, key);
        String host = parts.group(1).replace("[", "").replace("]", "");
        try {
            Gateway gateway = Gateway.start(
                    new GatewaySettings(
                            host,
                            Integer.parseInt(parts.group(2)),
                            tls,
                            plain,
                            feeds,
                            new KafkaSettings(broker.bootstrap(), broker.client()),
                            feeds.stream()
                                    .collect(Collectors.toMap(
                                            Feed::name,
                                            feed -> new KafkaSettings(
                                                    broker.bootstrap(),
                                                    feed.source().properties()))),
                            Limits.DEFAULT,
                            front.proxies(),
                            tickets,
                            LeatCommand.version()),
                    around.clock(),
                    desks);
            return gateway;
        } catch (Refused e) {
            throw Failure.environment(code(e.reason()), e.sentence(), hint(e.reason()))
                    .because(e);
        }
    }

    /** Where a gateway serves, as a person writes it; {@code null} if there is none. */
    @Nullable
    String address(@Nullable Gateway gateway) {
        String host = http == null ? DEFAULT_HOST : http.substring(0, Math.max(0, http.lastIndexOf(':')));
        return gateway == null ? null : host + ":" + gateway.port();
    }

    /** Leaves the address of a gateway in a data directory, for commands that ask it. */
    void leaveAddress(Gateway gateway, Path data) {
        String address = String.valueOf(address(gateway)).replaceFirst("^(0\\.0\\.0\\.0|\\[::])", "127.0.0.1");
        try {
            Files.writeString(DataDirectory.http(data), scheme() + address);
        } catch (IOException e) {
            throw Failure.environment(
                            "LEAT-403",
                            "The directory '%s' cannot be used: %s.".formatted(data, e.getMessage()),
                            "Give one you may write to with --data DIR.")
                    .because(e);
        }
    }

    /** Where a browser of this machine finds the page of a gateway. */
    String page(Gateway gateway) {
        return scheme() + String.valueOf(address(gateway)).replaceFirst("^(0\\.0\\.0\\.0|\\[::])", "127.0.0.1") + "/";
    }

    private String scheme() {
        return certificate == null ? "http://" : "https://";
    }

    /** What a person is told when it serves; waits a while for the keys to be known. */
    String line(Gateway gateway) {
        String access =
                switch (gateway.access(KEYS_KNOWN_WITHIN)) {
                    case KEYS -> "";
                    case THIS_MACHINE -> "  (no API key exists yet: everybody on this machine may use it)";
                    case NOBODY -> "  (the API keys cannot be read yet: nobody is let in)";
                };
        return "serving " + scheme() + address(gateway) + access;
    }

    private static Failure wrong(String message, String hint) {
        return new Failure(Exit.FEED_FILE, "LEAT-400", message, hint);
    }

    private static String code(Refused.Reason reason) {
        return switch (reason) {
            case ADDRESS -> "LEAT-420";
            case NO_TLS -> "LEAT-421";
            case NO_KEYS -> "LEAT-422";
            case BAD_TLS -> "LEAT-423";
        };
    }

    private static String hint(Refused.Reason reason) {
        return switch (reason) {
            case ADDRESS -> "Choose another with --http HOST:PORT.";
            case NO_TLS ->
                "Give --tls-cert and --tls-key, or --plain-http if something in front of it does TLS, or listen on"
                        + " 127.0.0.1.";
            case NO_KEYS -> "Make one with 'leat keys create', or listen on 127.0.0.1.";
            case BAD_TLS -> "Give PEM files: --tls-cert with the chain and --tls-key with its private key.";
        };
    }
}
