package io.leat.app.cli;

import io.leat.app.embedded.Broker;
import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.app.exit.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the Kafka a command works on: the one that was named, that of a run, or that of a directory nobody holds. */
final class BrokerArgument {

    private BrokerArgument() {}

    /** Does something with it; one that nobody runs is started for as long as that takes. */
    static <T> T use(@Nullable String kafka, Path data, Map<String, String> client, Function<Broker, T> work) {
        if (kafka != null) {
            Broker broker = new Broker(kafka, client);
            broker.mustAnswer();
            return work.apply(broker);
        }
        Optional<DataDirectory> free = DataDirectory.tryTake(data);
        if (free.isEmpty()) {
            return work.apply(new Broker(endpoint(data), client));
        }
        try (DataDirectory directory = free.get();
                EmbeddedKafka broker = EmbeddedKafka.start(directory, 0)) {
            return work.apply(new Broker(broker.bootstrap(), client));
        }
    }

    private static String endpoint(Path data) {
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
