package io.leat.gateway.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.delivery.work.Keeper;
import io.leat.delivery.work.Kept;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ChecksTest {

    private long now = 1_000_000;
    private boolean answers;
    private final Checks checks = new Checks(() -> Instant.ofEpochMilli(now));

    @Test
    void theAgeIsThatOfTheLastTimeItHeld() {
        checks.add("kafka", () -> answers);
        assertThat(checks.look()).containsEntry("kafka", new Checks.State(false, -1));
        answers = true;
        assertThat(checks.look()).containsEntry("kafka", new Checks.State(true, 0));
        answers = false;
        now += 7_300;
        assertThat(checks.look()).containsEntry("kafka", new Checks.State(false, 7_300));
    }

    @Test
    void workThatDiedIsACheckThatFails() {
        Keeper keeper = new Keeper();
        checks.add(keeper);
        CountDownLatch die = new CountDownLatch(1);
        Kept kept = keeper.keep("backlog", () -> {
            die.await();
            throw new IllegalStateException("dead");
        });
        assertThat(checks.look().get("backlog").holds()).isTrue();
        die.countDown();
        Awaitility.await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(
                        checks.look().get("backlog").holds())
                .isFalse());
        kept.end(() -> {}, Duration.ofSeconds(2));
    }
}
