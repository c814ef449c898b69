package io.leat.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.PolicyViolationException;

/** Takes the oldest records of a topic away, as retention would; of one that is only compacted, too. */
public final class ShortenedTopic {

    /** {@link #before}: everything the partition has. */
    public static final long ALL = -1;

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private ShortenedTopic() {}

    /**
     * Deletes what stands before an offset. The topic is deleted from by age afterwards.
     *
     * @param offset the first that is kept, or {@link #ALL}
     */
    public static void before(Admin admin, TopicPartition partition, long offset)
            throws ExecutionException, InterruptedException {
        setPolicy(admin, partition.topic(), "delete");
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset)))
                        .all()
                        .get();
                return;
            } catch (ExecutionException e) {
                // A broker says yes to a topic's setting before it goes by it.
                if (!(e.getCause() instanceof PolicyViolationException) || System.nanoTime() > end) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** Sets what Kafka does with old records of a topic: {@code delete}, {@code compact} or both. */
    public static void setPolicy(Admin admin, String topic, String policy)
            throws ExecutionException, InterruptedException {
        AlterConfigOp set = new AlterConfigOp(new ConfigEntry("cleanup.policy", policy), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(set)))
                .all()
                .get();
    }
}
