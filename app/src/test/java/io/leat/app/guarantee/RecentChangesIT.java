package io.leat.app.guarantee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leat.app.embedded.Broker;
import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.app.panel.RecentChanges;
import io.leat.app.panel.View;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A panel need not read all that is told, but what it shows in the end is what was told last. */
class RecentChangesIT {

    private static final int BURST = 3_000;

    @TempDir
    private Path brokerDir;

    @TempDir
    private Path dir;

    @Test
    void theLastOfABurstIsShown() {
        try (DataDirectory data = DataDirectory.take(brokerDir);
                EmbeddedKafka kafka = EmbeddedKafka.start(data, 0)) {
            SmallFeed feed = new SmallFeed("burst", kafka.bootstrap(), dir);
            feed.scrape(1, 1_000, 1);
            feed.work();
            Broker broker = new Broker(kafka.bootstrap(), Map.of());
            try (RecentChanges recent = new RecentChanges(broker, feed.feed, InstantSource.system())) {
                feed.scrape(BURST, 2_000, 2);
                feed.work();
                await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                    List<View.Recent> newest = recent.newest();
                    assertThat(newest).hasSize(100);
                    assertThat(newest.get(0).key()).contains("k" + (BURST - 1));
                });
            }
        }
    }
}
