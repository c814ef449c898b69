package io.leat.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.delivery.batch.SinkCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages of the sinks and the code speak of the same codes. */
class SinkCodesTest {

    private static final Path PAGES = Path.of("../docs/sinks");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (LEAT-\\d+): [^|]+ \\| [^|]+ \\|$");

    @Test
    void everyCodeHasOneRowInTheTableOfItsSinkAndEveryRowACode() throws IOException {
        List<String> told;
        try (Stream<Path> pages = Files.list(PAGES)) {
            told = pages.flatMap(page -> ROW.matcher(text(page)).results())
                    .map((MatchResult row) -> row.group(1))
                    .toList();
        }
        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(SinkCode.values()).map(SinkCode::code).toList());
    }

    private static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
