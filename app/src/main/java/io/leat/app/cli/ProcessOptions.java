package io.leat.app.cli;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.app.status.MergedStatus;
import io.leat.app.status.Served;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** The processes that a command asks over HTTP how a feed stands. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ProcessOptions {

    private static final String USUAL = "http://127.0.0.1:8080";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "Where a process of the feed serves HTTP; several times for all of a cluster. Default: the run of"
                            + " --data, or " + USUAL
                            + ". The variable LEAT_KEY holds the API key, where one is asked for.")
    private List<URI> urls = List.of();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".leat",
            description = "The directory of the run; default: ${DEFAULT-VALUE}.")
    private Path data;

    /** They, each to be asked again and again. */
    List<Served> processes(Surroundings around) {
        String key = around.env().apply("LEAT_KEY");
        String given = key == null || key.isEmpty() ? null : key;
        List<URI> asked = urls.isEmpty() ? List.of(address()) : urls;
        for (URI url : asked) {
            if (url.getHost() == null || !List.of("http", "https").contains(String.valueOf(url.getScheme()))) {
                throw new Failure(
                        Exit.FEED_FILE,
                        "LEAT-400",
                        "'%s' is not where a process serves.".formatted(url),
                        "Write --url http://HOST:PORT.");
            }
        }
        return asked.stream().map(url -> new Served(url, given)).toList();
    }

    /** What they tell of a feed, together. */
    static ObjectNode status(List<Served> processes, String feed) {
        return MergedStatus.of(
                processes.stream().map(process -> process.status(feed)).toList());
    }

    private URI address() {
        try {
            Path left = DataDirectory.http(data);
            return URI.create(Files.exists(left) ? Files.readString(left).strip() : USUAL);
        } catch (IOException | IllegalArgumentException e) {
            return URI.create(USUAL);
        }
    }
}
