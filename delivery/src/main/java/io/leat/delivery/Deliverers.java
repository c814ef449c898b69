package io.leat.delivery;

import io.leat.core.delivery.Subscription;
import io.leat.format.webhook.SubscriptionJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The gateways that deliver the webhooks of a feed now, as their consumer group shows them: each says in its client id what
 * its feed file declares. Thread-safe.
 */
final class Deliverers {

    /** What people are told when gateways do not declare the same. */
    static final String DIFFER =
            "Gateways of this feed run with other sinks in their feed files. What only some declare"
                    + " is not delivered from the partitions of the others: start all with one file.";

    private static final String CLIENT = "leat-webhooks-";
    private static final int DIGITS = 16;

    private final Admin admin;
    private final String group;

    Deliverers(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    /** The client id of a gateway that has read these sinks. */
    static String client(Collection<Subscription> declared, String feed) {
        return CLIENT + digest(declared) + "-" + feed;
    }

    /** Whether there is none. Waits for the broker. */
    boolean none() {
        try {
            return wait(members()).isEmpty();
        } catch (GroupIdNotFoundException e) {
            return true;
        }
    }

    /** Whether one of them has read other sinks than these. Waits for the broker. */
    boolean differ(Collection<Subscription> declared) {
        try {
            return wait(differing(declared));
        } catch (GroupIdNotFoundException e) {
            return false;
        }
    }

    /** Whether one of them has read other sinks than these, once the broker has answered. */
    KafkaFuture<Boolean> differing(Collection<Subscription> declared) {
        String mine = CLIENT + digest(declared) + "-";
        return members().thenApply(members -> members.stream()
                .map(MemberDescription::clientId)
                .anyMatch(client -> client.startsWith(CLIENT) && !client.startsWith(mine)));
    }

    private static String digest(Collection<Subscription> declared) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            declared.stream()
                    .sorted(Comparator.comparing(Subscription::name))
                    .forEach(sink -> digest.update(
                            SubscriptionJson.describe(sink).toString().getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private KafkaFuture<Collection<MemberDescription>> members() {
        return Objects.requireNonNull(admin.describeConsumerGroups(List.of(group))
                        .describedGroups()
                        .get(group))
                .thenApply(ConsumerGroupDescription::members);
    }

    private static <T> T wait(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException kafka) {
                throw kafka;
            }
            throw new KafkaException("the gateways' group cannot be read", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
