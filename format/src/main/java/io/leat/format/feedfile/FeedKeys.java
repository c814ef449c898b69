package io.leat.format.feedfile;

import java.util.List;
import java.util.stream.Stream;

/** The table of all keys. */
final class FeedKeys {

    /** In the order of the reference. */
    static final List<FeedKey> ALL = Stream.<FeedKey[]>of(
                    InputKey.values(),
                    ChangesKey.values(),
                    NormalizeKey.values(),
                    EngineKey.values(),
                    WindowsKey.values(),
                    SinkKey.values(),
                    WebhookKey.values(),
                    FilesKey.values(),
                    PostgresKey.values(),
                    KafkaKey.values())
            .flatMap(Stream::of)
            .toList();

    private FeedKeys() {}

    /** The keys of one block, {@code ""} for the file itself. */
    static List<FeedKey> within(String block) {
        return ALL.stream().filter(key -> key.block().equals(block)).toList();
    }
}
