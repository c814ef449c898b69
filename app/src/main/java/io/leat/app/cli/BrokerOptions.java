package io.leat.app.cli;

import io.leat.app.embedded.Broker;
import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.app.exit.Failure;
import io.leat.core.Feed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options of commands that work on a feed's topics, whether the feed is running or not; also after a verb. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class BrokerOptions {

    @Option(names = "--kafka", paramLabel = "HOST:PORT", scope = ScopeType.INHERIT, description = "Use this Kafka.")
    private @Nullable String kafka;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".leat",
            scope = ScopeType.INHERIT,
            description = "The directory of the run; default: ${DEFAULT-VALUE}.")
    private Path data;

    /**
     * Works with the broker named, or with the one of the directory's run, or starts that for as long as it takes.
     *
     * @throws Failure if there is none
     */
    int with(Feed feed, ToIntFunction<Broker> work) {
        return with(feed.source().properties(), work);
    }

    /** The same with these settings of connection and security. */
    int with(Map<String, String> client, ToIntFunction<Broker> work) {
        if (kafka != null) {
            Broker broker = new Broker(kafka, client);
            broker.mustAnswer();
            return work.applyAsInt(broker);
        }
        if (!Files.isDirectory(DataDirectory.kafka(data))) {
            throw Failure.environment(
                    "LEAT-409",
                    "There is no change log under '%s' yet.".formatted(data),
                    "Start the feed with 'leat run', or name its directory with --data DIR.");
        }
        Optional<DataDirectory> free = DataDirectory.tryTake(data);
        if (free.isEmpty()) {
            return work.applyAsInt(new Broker(endpoint(), client));
        }
        try (DataDirectory directory = free.get();
                EmbeddedKafka broker = EmbeddedKafka.start(directory, 0)) {
            return work.applyAsInt(new Broker(broker.bootstrap(), client));
        }
    }

    /** Whether there is a Kafka to work with: a feed that never ran has none. */
    boolean isThere() {
        return kafka != null || Files.isDirectory(DataDirectory.kafka(data));
    }

    /** Whether it is one that somebody else runs. */
    boolean isNamed() {
        return kafka != null;
    }

    /** The directory of the run. */
    Path data() {
        return data;
    }

    private String endpoint() {
        try {
            return Files.readString(DataDirectory.endpoint(data))
                    .lines()
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            throw Failure.environment(
                            "LEAT-402",
                            "The directory '%s' is held by a run without a broker of its own, or one that is starting."
                                    .formatted(data),
                            "Try again in a moment, or give that run's Kafka with --kafka HOST:PORT.")
                    .because(e);
        }
    }
}
