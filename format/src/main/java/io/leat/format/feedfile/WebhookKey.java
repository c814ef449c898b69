package io.leat.format.feedfile;

/** {@code sinks[].webhook}, and how it is delivered to. */
enum WebhookKey implements FeedKey {
    WEBHOOK(
            "sinks[].webhook",
            "block",
            "required, or `files`, `postgres` or `kafka`",
            "{url: \"https://example.com/hook\", secret: \"${CLIENT_04_SECRET}\"}",
            "Changes are posted as Standard Webhooks."),
    URL(
            "sinks[].webhook.url",
            "text",
            "required",
            "https://example.com/hook",
            "Where to. Public addresses take https on port 443 or 8443 only; `--allow-private-webhooks` opens private"
                    + " ones."),
    SECRET(
            "sinks[].webhook.secret",
            "text, or list of texts",
            "required",
            "\"${CLIENT_04_SECRET}\"",
            "What signs: `whsec_` (HMAC) or `whsk_` (ed25519) and base64. Each of a list signs, so that a client can"
                    + " change over."),
    GZIP("sinks[].gzip", "`true` or `false`", "false", "true", "Whether bodies are compressed."),
    BATCH(
            "sinks[].batch",
            "block",
            "one change a delivery",
            "{max_items: 100, max_wait: 1s}",
            "Puts several changes into one delivery, in their order. A batch that fails is tried again change by"
                    + " change."),
    MAX_ITEMS("sinks[].batch.max_items", "whole number, 1 to 1000", "100", "50", "The most changes in a delivery."),
    MAX_WAIT("sinks[].batch.max_wait", "duration, 0ms to 10m", "1s", "5s", "The longest a change waits for others."),
    LIMITS("sinks[].limits", "block", "see below", "{in_flight: 8, rate: 50}", "How fast, and for how long."),
    IN_FLIGHT(
            "sinks[].limits.in_flight",
            "whole number, 1 to 1000",
            "32",
            "8",
            "The most deliveries under way at once, in each partition of the change log."),
    RATE(
            "sinks[].limits.rate",
            "whole number, 1 to 100000",
            "no limit",
            "50",
            "The most deliveries begun in a second; each partition of the change log has an even share."),
    TIMEOUT(
            "sinks[].limits.timeout",
            "duration, 100ms to 30s",
            "15s",
            "5s",
            "The longest one attempt takes, from the look-up of the name to the answer."),
    GIVE_UP_AFTER(
            "sinks[].limits.give_up_after",
            "duration, 1s to 5d",
            "3d",
            "1d",
            "How long a change is tried before it goes to the dead letters of this client.");

    @SuppressWarnings("ImmutableEnumChecker") // a record of texts
    private final FeedKey.Text text;

    WebhookKey(String path, String type, String fallback, String example, String meaning) {
        text = new FeedKey.Text(path, type, fallback, example, meaning);
    }

    @Override
    public FeedKey.Text text() {
        return text;
    }
}
