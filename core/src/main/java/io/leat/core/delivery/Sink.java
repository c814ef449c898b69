package io.leat.core.delivery;

/** What lies at the end of a subscription's lanes. */
public sealed interface Sink permits Webhook, JsonFiles, Postgres, KafkaTopic {

    /** The word for its kind, as the feed file has it. */
    String kind();
}
