package io.leat.format.feedfile;

/** A key of a feed file: what the reader knows and what the reference tells. */
sealed interface FeedKey
        permits InputKey,
                ChangesKey,
                NormalizeKey,
                EngineKey,
                WindowsKey,
                SinkKey,
                WebhookKey,
                FilesKey,
                PostgresKey,
                KafkaKey {

    /**
     * What is said of a key, in Markdown.
     *
     * @param path the whole path: {@code time.max_skew}
     * @param type what it takes; empty if no version does yet what the key says
     * @param fallback what holds if it is absent
     * @param example a value in YAML
     * @param meaning what it does
     */
    record Text(String path, String type, String fallback, String example, String meaning) {}

    /** What is said of it. */
    Text text();

    /** The whole path: {@code time.max_skew}. */
    default String path() {
        return text().path();
    }

    /** The word in its block: {@code max_skew}. */
    default String word() {
        return path().substring(path().lastIndexOf('.') + 1);
    }

    /** The path of the block it stands in, {@code ""} for the file itself. */
    default String block() {
        return path().contains(".") ? path().substring(0, path().lastIndexOf('.')) : "";
    }

    /** Whether this version does what the key says. */
    default boolean isSupported() {
        return !text().type().isEmpty();
    }
}
