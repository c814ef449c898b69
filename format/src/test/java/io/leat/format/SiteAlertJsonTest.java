package io.leat.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.silence.SiteAlert;
import io.leat.core.silence.SiteAlert.Kind;
import io.leat.core.silence.SiteAlert.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SiteAlertJsonTest {

    private static final long SINCE = Instant.parse("2026-02-07T17:22:01Z").toEpochMilli();
    private static final SiteAlert SILENT =
            new SiteAlert(Kind.SILENCE, "amazon", State.STARTED, SINCE, SINCE + 24_100, 24_100, 24_000, 0);

    @Test
    void theReferenceShowsItAsItIs() throws IOException {
        String page = Files.readString(Path.of("../docs/reference/change.md")).replace("\n ", "");
        assertThat(page).contains(AlertJson.write("b2b-prices", SILENT));
    }

    @Test
    void itsStartGrowthAndEndShareOneIdAndNothingElseHasIt() {
        SiteAlert over = new SiteAlert(Kind.SILENCE, "amazon", State.OVER, SINCE, SINCE + 90_000, 90_000, 0, 0);
        SiteAlert other = new SiteAlert(Kind.SILENCE, "ebay", State.STARTED, SINCE, SINCE + 24_100, 24_100, 24_000, 0);
        SiteAlert drop = new SiteAlert(Kind.DROP, "amazon", State.STARTED, SINCE, SINCE + 20_000, 26, 101, 10_000);
        String id = AlertJson.id("b2b-prices", SILENT);
        assertThat(AlertJson.id("b2b-prices", over)).isEqualTo(id);
        assertThat(AlertJson.id("b2b-prices", other)).isNotEqualTo(id);
        assertThat(AlertJson.id("other", SILENT)).isNotEqualTo(id);
        assertThat(AlertJson.id("b2b-prices", drop)).isNotEqualTo(id).startsWith("drop/");
        assertThat(AlertJson.write("b2b-prices", drop))
                .contains("\"records\":26,\"expected\":101,\"window_seconds\":10.0")
                .doesNotContain("silent_seconds");
        SiteAlert intake = new SiteAlert(Kind.INTAKE, "", State.STARTED, SINCE, SINCE + 5_100, 5_100, 5_000, 0);
        assertThat(AlertJson.write("b2b-prices", intake)).doesNotContain("\"site\"");
    }
}
