package io.leat.format.feedfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows of a feed file can be used as it stands. */
class ReadmeTest {

    private static final Pattern BLOCK = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path dir;

    @Test
    void everyFeedFileInTheReadmeIsValid() throws Exception {
        Files.writeString(dir.resolve("price.schema.json"), "{\"type\": \"object\"}");
        Matcher blocks = BLOCK.matcher(Files.readString(Path.of("../README.md")));
        int found = 0;
        while (blocks.find()) {
            Path file = Files.writeString(dir.resolve("feed.yaml"), blocks.group(1));
            assertThat(FeedFile.read(file, Map.of("CLIENT_04_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")::get))
                    .isInstanceOf(FeedFile.Valid.class);
            found++;
        }
        assertThat(found).isPositive();
    }
}
