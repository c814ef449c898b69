package io.leat.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;

/** Where a command is given no feed file, it is the {@code feed.yaml} of the directory it runs in, if there is one. */
final class FeedHere implements IDefaultValueProvider {

    private static final String LABEL = "FEED.yaml";
    private static final String FILE = "feed.yaml";

    private final Path directory;

    FeedHere(Path directory) {
        this.directory = directory;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        Path file = directory.resolve(FILE);
        boolean isFeed = argument.isPositional() && argument.paramLabel().equals(LABEL);
        return isFeed && Files.isRegularFile(file) ? file.toString() : null;
    }
}
