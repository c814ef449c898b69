package io.leat.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OfficeThreadTest {

    /** However a task ends, the next is done. */
    @Test
    void itCannotDie() throws Exception {
        OfficeThread thread = new OfficeThread();
        try {
            for (Throwable fault : List.of(new IllegalStateException("a fault"), new StackOverflowError())) {
                Runnable dies = () -> OfficeThreadTest.<RuntimeException>fail(fault);
                thread.execute(dies);
                Future<?> later = thread.schedule(dies, 1, TimeUnit.MILLISECONDS);
                Future<?> cancelled = thread.schedule(dies, 1, TimeUnit.HOURS);
                assertThat(cancelled.cancel(true)).isTrue();
                assertThat(thread.submit(() -> "done").get()).isEqualTo("done");
                assertThat(later).failsWithin(java.time.Duration.ofSeconds(10));
                assertThat(thread.submit(() -> "done").get()).isEqualTo("done");
            }
        } finally {
            thread.shutdownNow();
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void fail(Throwable fault) throws T {
        throw (T) fault;
    }
}
