package io.leat.app.cli;

import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The feed file that a command works on. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class GivenFeed {

    @Parameters(paramLabel = "FEED.yaml", description = "The feed file.")
    private Path file;

    Path file() {
        return file;
    }
}
