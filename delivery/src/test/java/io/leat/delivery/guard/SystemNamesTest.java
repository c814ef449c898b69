package io.leat.delivery.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SystemNamesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void aLookUpThatFailsHoweverIsAnsweredAndTheNextIsDone() {
        InetAddress found = InetAddress.getLoopbackAddress();
        try (SystemNames names = new SystemNames(host -> {
            if (host.startsWith("bad")) {
                throw new StackOverflowError();
            }
            return new InetAddress[] {found};
        })) {
            for (int i = 0; i < 40; i++) {
                assertThat(names.lookUp("bad" + i).toCompletableFuture()).failsWithin(PATIENCE);
            }
            assertThat(names.lookUp("good").toCompletableFuture())
                    .succeedsWithin(PATIENCE)
                    .isEqualTo(List.of(found));
        }
    }
}
