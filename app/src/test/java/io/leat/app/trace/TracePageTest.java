package io.leat.app.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Reason;
import io.leat.delivery.TracedDelivery;
import io.leat.format.TracedRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page about traces names every word that one can say. */
class TracePageTest {

    @Test
    void thePageHasEveryWord() throws IOException {
        String page = Files.readString(Path.of("../docs/trace.md"));

        for (Reason reason : Reason.values()) {
            assertThat(page).contains("| `%s` | %s |".formatted(reason.word(), reason.sentence()));
        }
        for (TracedDelivery.Outcome outcome : TracedDelivery.Outcome.values()) {
            assertThat(page).contains("`" + outcome.word() + "`");
        }
        for (TracedRecord.Agreement agreement : TracedRecord.Agreement.values()) {
            assertThat(page).contains("`" + agreement.word() + "`");
        }
    }
}
