package io.leat.format.feedfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Feed;
import io.leat.format.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A feed file written for one test, in a directory of its own. */
final class Written {

    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();

    Written(Path directory) {
        this.directory = directory;
    }

    Written file(String name, String text) {
        try {
            Files.createDirectories(directory.resolve(name).getParent());
            Files.writeString(directory.resolve(name), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Written variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Written feed(String yaml) {
        return file("feed.yaml", yaml);
    }

    FeedFile.Outcome outcome() {
        return FeedFile.read(directory.resolve("feed.yaml"), environment::get);
    }

    Feed valid() {
        FeedFile.Outcome outcome = outcome();
        assertThat(outcome).isInstanceOf(FeedFile.Valid.class);
        return ((FeedFile.Valid) outcome).feed();
    }

    /** The codes of the warnings. */
    List<String> warnings() {
        FeedFile.Outcome outcome = outcome();
        assertThat(outcome).isInstanceOf(FeedFile.Valid.class);
        return ((FeedFile.Valid) outcome).warnings().stream().map(Problem::code).toList();
    }

    /** Each problem as {@code line:column code message hint}. */
    List<String> problems() {
        return found().stream()
                .map(p -> (p.line() + ":" + p.column() + " " + p.code() + " " + p.message() + " " + p.hint()).trim())
                .toList();
    }

    List<String> codes() {
        return found().stream().map(Problem::code).toList();
    }

    private List<Problem> found() {
        FeedFile.Outcome outcome = outcome();
        assertThat(outcome).isInstanceOf(FeedFile.Invalid.class);
        return ((FeedFile.Invalid) outcome).problems();
    }
}
