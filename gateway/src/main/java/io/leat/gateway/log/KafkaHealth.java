package io.leat.gateway.log;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** Whether Kafka answers: asked every two seconds, so that whoever wants to know need not wait. Thread-safe. */
public final class KafkaHealth implements AutoCloseable {

    private static final int EVERY_SECONDS = 2;
    private static final int PATIENCE_SECONDS = 2;

    private final Admin admin;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "leat-gateway-health");
        made.setDaemon(true);
        return made;
    });
    private volatile boolean answers;

    public KafkaHealth(KafkaSettings kafka) {
        this.admin = Admin.create(kafka.with(Map.of(
                "request.timeout.ms", "2000",
                "default.api.timeout.ms", "2000",
                "reconnect.backoff.max.ms", "500",
                "client.id", "leat-gateway-health")));
        var unused = thread.scheduleWithFixedDelay(this::ask, 0, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /** Whether it answered when it was last asked. */
    public boolean answers() {
        return answers;
    }

    private void ask() {
        try {
            answers = !admin.describeCluster()
                    .nodes()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .isEmpty();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            answers = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        admin.close(java.time.Duration.ZERO);
    }
}
