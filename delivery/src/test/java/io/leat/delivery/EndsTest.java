package io.leat.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits in vain takes no thread from who does not. */
@Timeout(60)
class EndsTest {

    @Test
    void trap15AHundredEndsThatHangLeaveTheOthersTheirThreads() throws InterruptedException {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(100);
        try (Ends ends = new Ends("ends-test", standing -> null, partition -> null)) {
            for (int i = 0; i < 100; i++) {
                ends.work(
                        () -> {
                            try {
                                hanging.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        true);
            }
            for (int i = 0; i < 100; i++) {
                ends.work(done::countDown, false);
            }
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
            hanging.countDown();
        }
    }
}
