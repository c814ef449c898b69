package io.leat.delivery.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KeeperTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    @Test
    void whatDiesIsSeenByNameAndStartedAgain() {
        Semaphore mayDie = new Semaphore(0);
        Semaphore mayReturn = new Semaphore(0);
        AtomicInteger begun = new AtomicInteger();
        Keeper keeper = new Keeper(deaths -> deaths == 3 ? 60_000 : 1);
        Kept kept = keeper.keep("reader", () -> {
            switch (begun.incrementAndGet()) {
                case 1 -> {
                    mayDie.acquire();
                    throw new IllegalStateException("a record it cannot bear");
                }
                case 2 -> throw new StackOverflowError();
                default -> mayReturn.acquire();
            }
        });
        assertThat(keeper.states()).containsEntry("reader", new Keeper.State(true, 0));
        assertThat(keeper.dead()).isEmpty();

        mayDie.release();
        Awaitility.await().until(() -> begun.get() == 3);
        Awaitility.await().until(() -> keeper.states().get("reader").equals(new Keeper.State(true, 2)));

        mayReturn.release(); // to return is to die too
        Awaitility.await().until(() -> keeper.dead().contains("reader"));
        assertThat(kept.isAlive()).isFalse();

        kept.end(() -> {}, PATIENCE);
        assertThat(keeper.states()).isEmpty();
    }

    @Test
    void whatIsToldToEndDoesNotDie() {
        Keeper keeper = new Keeper();
        CountDownLatch end = new CountDownLatch(1);
        Kept polite = keeper.keep("polite", end::await);
        Kept deaf = keeper.keep("deaf", NEVER::await);
        assertThatIllegalStateException().isThrownBy(() -> keeper.keep("deaf", () -> {}));

        polite.end(end::countDown, PATIENCE);
        deaf.end(() -> {}, Duration.ofMillis(20));

        assertThat(keeper.states()).isEmpty();
        assertThat(polite.state().deaths() + deaf.state().deaths()).isZero();
    }
}
