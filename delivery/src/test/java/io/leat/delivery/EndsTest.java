package io.leat.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits in vain takes no thread from who does not. */
@Timeout(60)
class EndsTest {

    private final CountDownLatch hanging = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(100);

    @Test
    void trap15AHundredEndsThatHangLeaveTheOthersTheirThreads() throws InterruptedException {
        othersAreServedBeside("away", true);
    }

    @Test
    void trap15AHundredEndsOfOneServerThatBeginToHangLeaveTheOthersTheirThreads() throws InterruptedException {
        othersAreServedBeside("locked", false);
    }

    private void othersAreServedBeside(String place, boolean again) throws InterruptedException {
        CountDownLatch gone = new CountDownLatch(100);
        try (Ends ends = new Ends("ends-test", standing -> null, partition -> null)) {
            for (int i = 0; i < 100; i++) {
                ends.work(place, () -> hang(gone), again);
            }
            for (int i = 0; i < 100; i++) {
                ends.work("there", done::countDown, false);
            }
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
            hanging.countDown();
            assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private void hang(CountDownLatch gone) {
        try {
            hanging.await();
            gone.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
