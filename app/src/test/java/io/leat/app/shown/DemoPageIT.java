package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who starts {@code leat demo} and opens its page finds something live on every view. */
@Timeout(600)
class DemoPageIT {

    @TempDir
    private Path dir;

    @Test
    void everyViewHasSomethingToShow() throws Exception {
        assumeTrue(Foreign.has("the demo in a browser", "chromium-headless-shell"));
        String said = DemoInBrowser.run(dir, Foreign.npm("playwright-core"), "page-demo.mjs");
        said.lines().filter(line -> line.startsWith("OK")).forEach(System.out::println);
        assertThat(said.lines().filter(line -> line.startsWith("OK"))).hasSize(9);
    }
}
