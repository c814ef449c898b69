package io.leat.format.feedfile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka client settings a feed file may pass on. Others can run a command (a kinit), load a class, or make the client
 * open an address or a file of the writer's choice; so what is not listed is refused.
 */
final class ClientProperties {

    /** The settings, in the order the reference lists them. */
    static final List<String> ALLOWED = List.of(
            "client.dns.lookup",
            "client.id",
            "client.rack",
            "connections.max.idle.ms",
            "metadata.max.age.ms",
            "receive.buffer.bytes",
            "reconnect.backoff.max.ms",
            "reconnect.backoff.ms",
            "request.timeout.ms",
            "retry.backoff.max.ms",
            "retry.backoff.ms",
            "sasl.jaas.config",
            "sasl.kerberos.service.name",
            "sasl.mechanism",
            "security.protocol",
            "send.buffer.bytes",
            "socket.connection.setup.timeout.max.ms",
            "socket.connection.setup.timeout.ms",
            "ssl.cipher.suites",
            "ssl.enabled.protocols",
            "ssl.endpoint.identification.algorithm",
            "ssl.key.password",
            "ssl.keystore.certificate.chain",
            "ssl.keystore.key",
            "ssl.keystore.location",
            "ssl.keystore.password",
            "ssl.keystore.type",
            "ssl.protocol",
            "ssl.truststore.certificates",
            "ssl.truststore.location",
            "ssl.truststore.password",
            "ssl.truststore.type");

    static final String JAAS = "sasl.jaas.config";

    /** The login modules {@code sasl.jaas.config} may name. */
    static final List<String> LOGIN_MODULES = List.of(
            "org.apache.kafka.common.security.plain.PlainLoginModule",
            "org.apache.kafka.common.security.scram.ScramLoginModule",
            "com.sun.security.auth.module.Krb5LoginModule");

    /** What a sink's client may be given: it speaks to a cluster of somebody else, and so without a ticket of this machine. */
    static final List<String> OF_SINKS = Stream.concat(
                    Stream.of("compression.type"), ALLOWED.stream().filter(name -> !name.startsWith("sasl.kerberos.")))
            .sorted()
            .toList();

    /** The login modules that a sink's {@code sasl.jaas.config} may name. */
    static final List<String> LOGIN_MODULES_OF_SINKS = LOGIN_MODULES.subList(0, 2);

    /** The settings that are shown nowhere. */
    static final Set<String> SECRET =
            Set.of(JAAS, "ssl.key.password", "ssl.keystore.key", "ssl.keystore.password", "ssl.truststore.password");

    private ClientProperties() {}

    /**
     * Why a login configuration is refused, {@code null} if it is not. The sentence does not quote it: it holds a password.
     */
    static @Nullable String refusal(String jaas, Collection<String> modules) {
        List<String> entries = entries(jaas);
        if (entries == null) {
            return "The login configuration has a comment, an open quote or a line break in quotes.";
        }
        for (String entry : entries) {
            if (!modules.contains(entry.strip().split("\\s", 2)[0])) {
                return "The login configuration names a login module that is not allowed.";
            }
        }
        return null;
    }

    /** Classes by their short names: {@code PlainLoginModule or ScramLoginModule}. */
    static String words(Collection<String> classes) {
        List<String> names = classes.stream()
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .toList();
        return String.join(", ", names.subList(0, names.size() - 1)) + " or " + names.get(names.size() - 1);
    }

    /** The entries, which end in semicolons, without what is in quotes; {@code null} if that cannot be told for sure. */
    private static @Nullable List<String> entries(String jaas) {
        List<String> entries = new ArrayList<>();
        StringBuilder entry = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < jaas.length(); i++) {
            char c = jaas.charAt(i);
            if (quote != 0) {
                if (c == '\n' || c == '\r') {
                    return null;
                }
                if (c == '\\') {
                    i++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '#' || c == '/') {
                return null;
            } else if (c == ';') {
                entries.add(entry.toString());
                entry.setLength(0);
            } else {
                entry.append(c);
            }
        }
        if (!entry.toString().isBlank() || entries.isEmpty()) {
            entries.add(entry.toString());
        }
        return quote == 0 ? entries : null;
    }
}
