package io.leat.app.exit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every code a command can end with stands in the reference, and no other. */
class FailuresPageTest {

    private static final Pattern CODE = Pattern.compile("LEAT-4\\d\\d");

    @Test
    void thePageHasExactlyTheCodesInUse() throws IOException {
        TreeSet<String> used = codes(Path.of("../leat"));
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            sources.filter(Files::isRegularFile).forEach(source -> used.addAll(codes(source)));
        }
        assertThat(codes(Path.of("../docs/reference/failures.md"))).isEqualTo(used);
    }

    private static TreeSet<String> codes(Path file) {
        try {
            TreeSet<String> codes = new TreeSet<>();
            CODE.matcher(Files.readString(file))
                    .results()
                    .map(MatchResult::group)
                    .forEach(codes::add);
            return codes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
