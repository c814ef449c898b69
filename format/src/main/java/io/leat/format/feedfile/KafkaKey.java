package io.leat.format.feedfile;

/** {@code sinks[].kafka}. */
enum KafkaKey implements FeedKey {
    KAFKA(
            "sinks[].kafka",
            "block",
            "none",
            "{bootstrap: \"kafka.example.com:9093\", topic: prices, guarantee: exactly_once, properties: {security.protocol: SSL}}",
            "Changes are written to a topic of another Kafka cluster: see [kafka](../sinks/kafka.md)."),
    BOOTSTRAP(
            "sinks[].kafka.bootstrap",
            "text",
            "required",
            "\"kafka-1.example.com:9093,kafka-2.example.com:9093\"",
            "Which cluster. Every broker that it names has to be public, or in a range that `--allow-private-webhooks`"
                    + " opens."),
    TOPIC("sinks[].kafka.topic", "text", "required", "prices", "The topic. It has to be there."),
    PROPERTIES(
            "sinks[].kafka.properties",
            "block of text",
            "none",
            "{security.protocol: SASL_SSL, sasl.mechanism: SCRAM-SHA-512, sasl.jaas.config: \"${KAFKA_LOGIN}\"}",
            "Settings passed to the Kafka client: connection, security and `compression.type` only, listed at the end of this"
                    + " page. Logins and passwords among them are shown nowhere."),
    GUARANTEE(
            "sinks[].kafka.guarantee",
            "`at_least_once` or `exactly_once`",
            "at_least_once",
            "exactly_once",
            "Whether a change may be there twice after a failure, or is there once for whoever reads committed records."),
    KEY(
            "sinks[].kafka.key",
            "field path, one of those in `key`",
            "the whole key, as a JSON list",
            "sku",
            "What keys the records, as text. The changes of one item stay in order in any case."),
    FORMAT(
            "sinks[].kafka.format",
            "`change`, `cloudevents` or `debezium`",
            "change",
            "debezium",
            "How a change is told: as the [change record](change.md), the same with the headers of a CloudEvent, or as"
                    + " Debezium's envelope without a schema.");

    @SuppressWarnings("ImmutableEnumChecker") // a record of texts
    private final FeedKey.Text text;

    KafkaKey(String path, String type, String fallback, String example, String meaning) {
        text = new FeedKey.Text(path, type, fallback, example, meaning);
    }

    @Override
    public FeedKey.Text text() {
        return text;
    }
}
