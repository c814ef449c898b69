package io.leat.app.cli;

import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.delivery.guard.Network;
import io.leat.gateway.http.Proxies;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Option;

/** What stands in front of a gateway. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ProxyOptions {

    @Option(
            names = "--trusted-proxy",
            paramLabel = "RANGE",
            split = ",",
            description =
                    "Addresses of what is in front of it, such as 10.0.0.0/8: they are believed when they say for whom"
                            + " they ask. May be given several times.")
    private List<String> trusted = List.of();

    @Option(
            names = "--proxy-header",
            paramLabel = "NAME",
            defaultValue = "X-Forwarded-For",
            description = "The header in which they say it, and which they do not pass on from others: X-Forwarded-For"
                    + " (default) or Forwarded.")
    private String header;

    /**
     * They.
     *
     * @throws Failure if that is not understood
     */
    Proxies proxies() {
        return new Proxies(
                trusted.stream().map(ProxyOptions::network).toList(),
                Arrays.stream(Proxies.Header.values())
                        .filter(known -> known.label().equalsIgnoreCase(header))
                        .findFirst()
                        .orElseThrow(() -> wrong(
                                "'%s' is no header in which proxies say for whom they ask.".formatted(header),
                                "Write --proxy-header X-Forwarded-For or --proxy-header Forwarded.")));
    }

    private static Network network(String text) {
        try {
            return Network.parse(text);
        } catch (IllegalArgumentException e) {
            throw wrong("'%s' is not a range of addresses.".formatted(text), String.valueOf(e.getMessage()));
        }
    }

    private static Failure wrong(String message, String hint) {
        return new Failure(Exit.FEED_FILE, "LEAT-400", message, hint);
    }
}
