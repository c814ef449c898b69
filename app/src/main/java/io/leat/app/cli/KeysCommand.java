package io.leat.app.cli;

import io.leat.app.embedded.Broker;
import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.app.log.SafeText;
import io.leat.core.Feed;
import io.leat.delivery.work.Keeper;
import io.leat.format.feedfile.FeedFile;
import io.leat.gateway.access.ApiKey;
import io.leat.gateway.access.KeyBook;
import io.leat.gateway.access.KeyEntry;
import io.leat.gateway.access.KeyRing;
import io.leat.gateway.access.Scope;
import io.leat.gateway.log.KafkaSettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** {@code leat keys}: who may use the gateways of a Kafka. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "Makes, lists and revokes API keys. All gateways of the same Kafka learn of it at once.",
        synopsisSubcommandLabel = "create|list|revoke")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class KeysCommand {

    private static final int PER_CLIENT = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Mixin
    private BrokerOptions kafka;

    @Option(
            names = "--feed",
            paramLabel = "FEED.yaml",
            scope = ScopeType.INHERIT,
            description = "A feed file whose source.properties say how to connect.")
    private @Nullable Path file;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print JSON.")
    private boolean json;

    private final Surroundings around;

    KeysCommand(Surroundings around) {
        this.around = around;
    }

    @Command(name = "create", mixinStandardHelpOptions = true, description = "Makes a key and shows it, this once.")
    int create(
            @Parameters(paramLabel = "CLIENT", description = "Whose it is: 1 to 64 of a-z, A-Z, 0-9, '.', '_', '-'.")
                    String client,
            @Parameters(
                            paramLabel = "FEED:SCOPE",
                            arity = "1..*",
                            description = "What it allows: ingest, read or manage, of a feed or of '*'.")
                    List<String> scopes,
            @Option(
                            names = "--days",
                            paramLabel = "N",
                            converter = WholeNumber.Count.class,
                            description = "Expires after so many days; default: never.")
                    @Nullable
                    Integer days) {
        if (!client.matches("[a-zA-Z0-9._-]{1,64}")) {
            throw wrong("That is not a name for a client.", "Use 1 to 64 of a-z, A-Z, 0-9, '.', '_' and '-'.");
        }
        List<Scope.Grant> grants = new ArrayList<>();
        for (String scope : scopes) {
            Scope.Grant grant = Scope.Grant.parse(scope);
            if (grant == null) {
                throw wrong(
                        "'%s' is not a scope.".formatted(scope), "Write FEED:SCOPE, such as prices:read or *:ingest.");
            }
            grants.add(grant);
        }
        long now = around.clock().millis();
        long expires = days == null ? 0 : now + Duration.ofDays(days).toMillis();
        return with(keys -> {
            long active = keys.ring().all().stream()
                    .filter(key -> key.client().equals(client) && key.isGood(now))
                    .count();
            if (active >= PER_CLIENT) {
                throw wrong(
                        "'%s' has %s active keys already.".formatted(client, active),
                        "Revoke one with 'leat keys revoke ID'. Two at a time allow to change keys without a pause.");
            }
            ApiKey key = ApiKey.draw(new SecureRandom());
            keys.write(new KeyEntry(key.id(), client, key.hash(), grants, now, expires, 0));
            if (json) {
                new Speech(around, true).object(Map.of("id", key.id(), "key", key.reveal()));
            } else {
                around.out().println(key.reveal());
                around.notice("Keep it: it is not stored and cannot be shown again.");
            }
            return Exit.OK.code();
        });
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the keys; secrets are not stored.")
    int list() {
        long now = around.clock().millis();
        return with(keys -> {
            keys.ring().all().stream()
                    .sorted(Comparator.comparingLong(KeyEntry::created).thenComparing(KeyEntry::id))
                    .forEach(key -> show(key, keys.ring().usedAt(key.id()), now));
            return Exit.OK.code();
        });
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Revokes a key: requests are refused and open streams end within seconds.")
    int revoke(@Parameters(paramLabel = "ID", description = "The key's id, as 'leat keys list' shows it.") String id) {
        long now = around.clock().millis();
        return with(keys -> {
            KeyEntry key = keys.ring().find(id);
            if (key == null) {
                throw wrong("There is no key with that id.", "'leat keys list' shows them.");
            }
            if (key.revoked() == 0) {
                keys.write(key.revokedAt(now));
            }
            return Exit.OK.code();
        });
    }

    private void show(KeyEntry key, long usedAt, long now) {
        String state = key.revoked() != 0 ? "revoked" : key.isGood(now) ? "active" : "expired";
        List<String> scopes = key.grants().stream().map(Scope.Grant::toString).toList();
        if (json) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("id", key.id());
            members.put("client", key.client());
            members.put("state", state);
            members.put("scopes", scopes);
            members.put("created", Instant.ofEpochMilli(key.created()).toString());
            members.put("expires", moment(key.expires()));
            members.put("last_used", moment(usedAt));
            new Speech(around, true).object(members);
        } else {
            around.out()
                    .println(SafeText.of("%s  %-8s %s  %s  expires %s  last used %s"
                            .formatted(
                                    key.id(),
                                    state,
                                    key.client(),
                                    String.join(" ", scopes),
                                    moment(key.expires()),
                                    moment(usedAt))));
        }
    }

    private static String moment(long millis) {
        return millis == 0 ? "never" : Instant.ofEpochMilli(millis).toString();
    }

    /** The keys as they are, and where to write. */
    private record Keys(KeyRing ring, KeyBook book) {
        void write(KeyEntry key) {
            try {
                book.write(key);
            } catch (ExecutionException | KafkaException e) {
                throw unreachable(e);
            }
        }
    }

    private int with(ToIntFunction<Keys> work) {
        return kafka.with(client(), broker -> with(broker, work));
    }

    private static int with(Broker broker, ToIntFunction<Keys> work) {
        KafkaSettings settings = new KafkaSettings(broker.bootstrap(), broker.client());
        try (KeyRing ring = new KeyRing(settings, new Keeper());
                KeyBook book = new KeyBook(settings)) {
            ring.start();
            if (!ring.awaitLoaded(PATIENCE)) {
                throw unreachable(null);
            }
            return work.applyAsInt(new Keys(ring, book));
        }
    }

    private Map<String, String> client() {
        if (file == null) {
            return Map.of();
        }
        if (FeedFile.read(file, around.env()) instanceof FeedFile.Valid valid) {
            Feed feed = valid.feed();
            return feed.source().properties();
        }
        throw wrong("The feed file '%s' has problems.".formatted(file), "'leat check' shows them.");
    }

    private static Failure wrong(String message, String hint) {
        return new Failure(Exit.FEED_FILE, "LEAT-400", message, hint);
    }

    private static Failure unreachable(@Nullable Exception cause) {
        return Failure.environment("LEAT-424", "The keys cannot be read or written.", "Check that Kafka is up.")
                .because(cause);
    }
}
