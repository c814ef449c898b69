package io.leat.app.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.testkit.PlainJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class WaitingAlertsTest {

    private final WaitingAlerts alerts = new WaitingAlerts();

    private long now = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

    private void take(String id, String state) {
        alerts.take("{\"alert\":\"silence\",\"id\":\"%s\",\"state\":\"%s\"}"
                .formatted(id, state)
                .getBytes(StandardCharsets.UTF_8));
    }

    private List<String> due(boolean isQuiet) {
        return alerts.due(isQuiet, now).stream()
                .map(alert ->
                        alert.get("id").stringValue() + " " + alert.get("state").stringValue())
                .toList();
    }

    @Test
    void whatComesIsToldInItsOrderUntilItWasTold() {
        take("a", "started");
        take("b", "started");
        take("a", "over");
        assertThat(due(false)).containsExactly("a started", "b started", "a over");
        alerts.told(alerts.due(false, now).get(0));
        assertThat(due(false)).containsExactly("b started", "a over");
        alerts.due(false, now).forEach(alerts::told);
        assertThat(alerts.isEmpty()).isTrue();
    }

    @Test
    void quietHoursKeepWhatIsStillOpenAndForgetWhatHasPassed() {
        take("old", "started");
        alerts.due(false, now).forEach(alerts::told);
        take("passed", "started");
        take("passed", "worse");
        take("old", "over");
        take("open", "started");
        take("open", "worse");
        assertThat(due(true)).isEmpty();
        take("passed", "over");
        take("again", "started");
        take("again", "over");
        take("again", "started");
        assertThat(due(true)).isEmpty();
        assertThat(due(false)).containsExactly("old over", "open worse", "again started");
    }

    @Test
    void growingWorseIsNoNewsToWhoHasAcknowledged() {
        alerts.take("{\"acknowledged\":\"a\",\"at\":\"2026-01-01T00:00:00Z\"}".getBytes(StandardCharsets.UTF_8));
        take("a", "worse");
        take("a", "over");
        take("b", "worse");
        assertThat(due(false)).containsExactly("a over", "b worse");
    }

    @Test
    void ofWhatPeopleHaveSpokenOfTheNewestIsRemembered() {
        for (int i = 0; i <= 1_000; i++) {
            alerts.remember("{\"acknowledged\":\"%s\"}".formatted("a" + i).getBytes(StandardCharsets.UTF_8));
        }
        take("a0", "worse");
        take("a1", "worse");
        take("a1000", "worse");
        assertThat(due(false)).containsExactly("a0 worse");
    }

    @Test
    void whatAPersonWantsQuietAboutIsToldAfterwardsIfItIsStillOpen() {
        alerts.remember(Acknowledgement.quiet(alert("old", "started", "north"), now + 1_000, now));
        take(alert("old", "worse", "north"));
        take(alert("flaps", "started", "north"));
        take(alert("flaps", "over", "north"));
        take(alert("again", "started", "north"));
        take(alert("other", "started", "south"));
        assertThat(due(false)).as("another site is told").containsExactly("other started");
        alerts.due(false, now).forEach(alerts::told);
        assertThat(due(false)).isEmpty();
        assertThat(alerts.isEmpty()).as("it is not forgotten").isFalse();
        now += 1_001;
        assertThat(due(false)).as("it is told when the quiet is over").containsExactly("again started");
    }

    private static JsonNode alert(String id, String state, String site) {
        return PlainJson.parse(
                "{\"alert\":\"silence\",\"id\":\"%s\",\"state\":\"%s\",\"site\":\"%s\"}".formatted(id, state, site));
    }

    private void take(JsonNode alert) {
        alerts.take(alert.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void nonsenseIsPassedOverAndTheOldestGoWhenTooManyWait() {
        alerts.take(null);
        alerts.take("{".getBytes(StandardCharsets.UTF_8));
        alerts.take("[1]".getBytes(StandardCharsets.UTF_8));
        assertThat(alerts.isEmpty()).isTrue();
        for (int i = 0; i < 1_003; i++) {
            take("a" + i, "started");
        }
        assertThat(due(false)).hasSize(1_000).doesNotContain("a2 started").contains("a3 started");
    }
}
