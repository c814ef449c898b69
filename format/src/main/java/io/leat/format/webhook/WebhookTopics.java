package io.leat.format.webhook;

/**
 * What webhooks of a feed are called in Kafka.
 *
 * @param subscriptions who wants what, compacted
 * @param attempts every attempt, kept for a set time
 * @param undelivered deliveries that were given up, by client
 * @param readers the consumer group through which gateways share the partitions of the change log
 */
public record WebhookTopics(String subscriptions, String attempts, String undelivered, String readers) {

    /** Those of a feed. */
    public static WebhookTopics of(String feed) {
        return new WebhookTopics(
                feed + ".subscriptions", feed + ".attempts", feed + ".undelivered", feed + ".webhooks");
    }

    /** The consumer group that holds how far a subscription is. */
    public String cursors(String subscription) {
        return readers + "." + subscription;
    }
}
