package io.leat.app.cli;

import io.leat.core.FieldPath;
import io.leat.core.delivery.Secret;
import io.leat.core.delivery.SigningKey;
import io.leat.core.delivery.Subscription;
import io.leat.core.delivery.Webhook;
import io.leat.format.feedfile.SecretFile;
import io.leat.format.webhook.Filter;
import io.leat.format.webhook.WebhookSecret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a new subscription asks for. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SubscriptionTerms {

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description =
                    "Holds whsec_… or whsk_…; default: a new one is drawn. There is no option for the secret itself:"
                            + " everybody on a machine sees the arguments of its processes.")
    private @Nullable Path secret;

    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            description = "Only changes that meet it, such as 'after.price < 50'.")
    private @Nullable String where;

    @Option(names = "--field", paramLabel = "PATH", description = "Tell only this field. May be given several times.")
    private List<String> fields = List.of();

    @Option(names = "--catch-up", paramLabel = "WHICH", defaultValue = "all", description = "all (default) or latest.")
    private Subscription.CatchUp catchUp;

    @Option(
            names = "--from",
            paramLabel = "WHERE",
            defaultValue = "earliest",
            description = "earliest (default) or now.")
    private Subscription.From from;

    @Option(names = "--max-items", paramLabel = "N", defaultValue = "1", description = "Changes in one delivery.")
    private int maxItems;

    @Option(names = "--max-wait-ms", paramLabel = "N", defaultValue = "1000", description = "How long a batch waits.")
    private long maxWaitMillis;

    @Option(names = "--gzip", description = "Compress bodies.")
    private boolean gzip;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            defaultValue = "32",
            description = "Deliveries at once per partition.")
    private int inFlight;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "0", description = "Deliveries a second; 0: no limit.")
    private int rate;

    /** The secret that was given, {@code null} if there was none. */
    @Nullable
    Secret secret() {
        if (secret == null) {
            return null;
        }
        try {
            Secret given = new Secret(SecretFile.read(secret));
            WebhookSecret.parse(given);
            return given;
        } catch (SecretFile.Unreadable e) {
            throw SubscriptionsCommand.wrong("'" + secret + "' " + e.getMessage() + ".", "Check the path.");
        } catch (IllegalArgumentException e) {
            throw SubscriptionsCommand.wrong(
                    String.valueOf(e.getMessage()), "Leave --secret-file out to have one drawn.");
        }
    }

    /** Whether its condition has no answer for keys that are gone, and may not mean that. */
    boolean isSilentAboutGone() {
        return where != null && Filter.compile(where).isSilentAboutGone();
    }

    Subscription subscription(String name, String url, SigningKey key) {
        try {
            if (where != null) {
                Filter.compile(where);
            }
            Webhook.Limits usual = Webhook.Limits.DEFAULT;
            return new Subscription(
                    name,
                    new Webhook(
                            url,
                            List.of(key),
                            maxItems == 1
                                    ? Webhook.Batch.NONE
                                    : new Webhook.Batch(maxItems, Duration.ofMillis(maxWaitMillis)),
                            gzip,
                            new Webhook.Limits(inFlight, rate, usual.timeout(), usual.giveUpAfter())),
                    where,
                    fields.stream().map(FieldPath::parse).toList(),
                    catchUp,
                    from);
        } catch (IllegalArgumentException e) {
            throw SubscriptionsCommand.wrong(
                    "The subscription is not well formed: %s.".formatted(e.getMessage()),
                    "See 'leat subscriptions create --help'.");
        }
    }
}
