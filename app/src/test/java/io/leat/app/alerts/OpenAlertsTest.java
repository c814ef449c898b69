package io.leat.app.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenAlertsTest {

    private final OpenAlerts alerts = new OpenAlerts();

    private void take(String json) {
        alerts.take(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String silence(String state, String at) {
        return "{\"alert\":\"silence\",\"id\":\"silence/1\",\"feed\":\"f\",\"state\":\"%s\",\"site\":\"a\",\"since\":\"2026-02-07T17:22:01Z\",\"at\":\"%s\"}"
                .formatted(state, at);
    }

    @Test
    void whatIsOpenIsToldAgainAndWhatIsOverOnce() {
        take(silence("started", "2026-02-07T17:22:25Z"));
        take(silence("worse", "2026-02-07T17:22:40Z"));
        assertThat(alerts.toTell())
                .contains("\"alertname\":\"leat_silence\",\"feed\":\"f\",\"site\":\"a\"}")
                .contains("\"startsAt\":\"2026-02-07T17:22:01Z\"", "\"state\":\"worse\"")
                .doesNotContain("endsAt");
        alerts.told();
        assertThat(alerts.isEmpty()).isFalse();
        take(silence("over", "2026-02-07T17:23:00Z"));
        assertThat(alerts.toTell()).contains("\"endsAt\":\"2026-02-07T17:23:00Z\"");
        alerts.told();
        assertThat(alerts.isEmpty()).isTrue();
    }

    @Test
    void theStartAndTheEndOfADriftAreRecordsOfTheirOwn() {
        String drift =
                "{\"alert\":\"drift\",\"id\":\"a/price/1/%1$s\",\"feed\":\"f\",\"state\":\"%1$s\",\"site\":\"a\",\"field\":\"price\",\"since\":\"2026-02-07T17:22:01Z\",\"at\":\"2026-02-07T17:22:09Z\"}";
        take(drift.formatted("started"));
        assertThat(ids()).containsExactly("a/price/1/started");
        take(drift.formatted("over"));
        assertThat(ids()).isEmpty();
        assertThat(alerts.toTell()).contains("endsAt");
    }

    @Test
    void whatIsNoAlertIsPassedOver() {
        take("nonsense");
        take("{\"id\":3}");
        take("[]");
        assertThat(alerts.isEmpty()).isTrue();
    }

    @Test
    void thereIsALimit() {
        for (int i = 0; i < OpenAlerts.MOST + 5; i++) {
            take(silence("started", "2026-02-07T17:22:25Z").replace("silence/1", "silence/" + i));
        }
        assertThat(ids()).hasSize(OpenAlerts.MOST).doesNotContain("silence/4");
    }

    private List<String> ids() {
        return alerts.open().stream()
                .map(alert -> alert.get("id").stringValue())
                .toList();
    }
}
