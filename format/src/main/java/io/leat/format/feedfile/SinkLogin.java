package io.leat.format.feedfile;

import io.leat.core.delivery.JsonFiles;
import io.leat.core.delivery.KafkaTopic;
import io.leat.core.delivery.Postgres;
import io.leat.core.delivery.Secret;
import io.leat.core.delivery.Sink;
import io.leat.format.webhook.OrderMembers;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * New credentials of a sink that was made at run time, in the words of the feed file. Where it writes cannot be changed so: how far
 * it is would speak of another place.
 */
public final class SinkLogin {

    private static final String ACCESS_KEY = FilesKey.ACCESS_KEY.word();
    private static final String SECRET_KEY = FilesKey.SECRET_KEY.word();
    private static final String USER = PostgresKey.USER.word();
    private static final String PASSWORD = PostgresKey.PASSWORD.word();
    private static final String PROPERTIES = KafkaKey.PROPERTIES.word();
    private static final String CERTIFICATES = "ssl.keystore.certificate.chain";

    /** What is secret, and the certificates that are renewed with their key. */
    private static final Set<String> RENEWED = Stream.concat(ClientProperties.SECRET.stream(), Stream.of(CERTIFICATES))
            .collect(Collectors.toUnmodifiableSet());

    private SinkLogin() {}

    /**
     * The same sink, reached as somebody else or with another secret; what is left out stays.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong and quotes nothing of it
     */
    public static Sink renew(JsonNode login, Sink of) {
        if (of instanceof JsonFiles files) {
            return renew(login, files);
        }
        if (of instanceof Postgres postgres) {
            return renew(login, postgres);
        }
        if (of instanceof KafkaTopic topic) {
            return renew(login, topic);
        }
        throw new IllegalStateException(of.kind() + " has no credentials of this form");
    }

    private static Sink renew(JsonNode login, JsonFiles files) {
        OrderMembers.only(login, Set.of(ACCESS_KEY, SECRET_KEY), "A change of 'files'");
        JsonFiles.Store store = files.store();
        if (store == null || store.login() == null) {
            throw new IllegalArgumentException("These files have no credentials of their own.");
        }
        String who =
                login.has(ACCESS_KEY) ? text(login, ACCESS_KEY) : store.login().accessKey();
        return files.with(new JsonFiles.Login(who, new Secret(text(login, SECRET_KEY))));
    }

    private static Sink renew(JsonNode login, Postgres postgres) {
        OrderMembers.only(login, Set.of(USER, PASSWORD), "A change of 'postgres'");
        String who = login.has(USER) ? text(login, USER) : postgres.login().user();
        return postgres.with(new Postgres.Login(who, new Secret(text(login, PASSWORD))));
    }

    private static Sink renew(JsonNode login, KafkaTopic topic) {
        OrderMembers.only(login, Set.of(PROPERTIES), "A change of 'kafka'");
        JsonNode given = OrderMembers.only(login.path(PROPERTIES), RENEWED, "A change of 'properties'");
        Map<String, String> properties = new HashMap<>(topic.properties());
        Map<String, Secret> secrets = new HashMap<>(topic.secrets());
        for (String name : given.propertyNames()) {
            if (name.equals(CERTIFICATES)) {
                properties.put(name, text(given, name));
            } else {
                secrets.put(name, new Secret(text(given, name)));
            }
        }
        String refusal = given.has(ClientProperties.JAAS)
                ? ClientProperties.refusal(text(given, ClientProperties.JAAS), ClientProperties.LOGIN_MODULES_OF_SINKS)
                : null;
        if (refusal != null) {
            throw new IllegalArgumentException(refusal);
        }
        return topic.with(properties, secrets);
    }

    private static String text(JsonNode json, String member) {
        String text = OrderMembers.text(json, member);
        if (text.isBlank()) {
            throw new IllegalArgumentException("'%s' is empty.".formatted(member));
        }
        return text;
    }
}
