package io.leat.format.feedfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.AlertRoute;
import io.leat.core.QuietHours;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchSectionTest {

    private static final String FILE =
            """
            feed: a
            key: b
            time: c
            sinks:
              - {name: ops, webhook: {url: "https://example.com/a", secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}}
              - {name: archive, files: {path: "/tmp/archive"}}
            watch: {by: shop, %s}
            """;

    @TempDir
    private Path dir;

    @Test
    void alertsGoWhereTheFileSays() {
        AlertRoute route = Objects.requireNonNull(new Written(dir)
                        .feed(FILE.formatted("run: [./rotate, \"--site={site}\"], to: ops,"
                                + " quiet: {from: \"22:00\", to: \"06:30\", zone: Europe/Berlin}"))
                        .valid()
                        .watch())
                .route();
        assertThat(route.run()).containsExactly("./rotate", "--site={site}");
        assertThat(route.to()).containsExactly("ops");
        assertThat(route.quiet())
                .isEqualTo(new QuietHours(LocalTime.of(22, 0), LocalTime.of(6, 30), ZoneId.of("Europe/Berlin")));
    }

    @Test
    void aWebhookThatIsMadeLaterMayBeNamed() {
        var read = new Written(dir).feed(FILE.formatted("to: [ops, later]"));
        assertThat(Objects.requireNonNull(read.valid().watch()).route().to()).containsExactly("ops", "later");
        assertThat(read.warnings()).contains("LEAT-243");
        assertThat(new Written(dir).feed(FILE.formatted("to: ops")).warnings()).doesNotContain("LEAT-243");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run: [\"{site}\"]",
                "run: [a, \"{shop}\"]",
                "to: archive",
                "to: No One",
                "quiet: {from: \"25:00\", to: \"06:00\"}",
                "quiet: {from: \"22:00\"}",
                "quiet: {from: \"22:00\", to: \"06:00\", zone: Mars}"
            })
    void whatCannotBeMeantIsRefused(String wrong) {
        assertThat(new Written(dir).feed(FILE.formatted(wrong)).problems()).hasSize(1);
    }
}
