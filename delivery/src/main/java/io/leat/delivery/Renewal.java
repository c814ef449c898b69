package io.leat.delivery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How often a cursor that does not move is committed again: a broker forgets it some time after its last commit. Waits for
 * the broker.
 */
final class Renewal {

    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);
    private static final String RETENTION = "offsets.retention.minutes";
    private static final Duration USUAL = Duration.ofDays(7);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int PATIENCE_SECONDS = 10;

    private Renewal() {}

    /** A quarter of what the broker keeps, an hour at most. Warns of a broker that keeps less than a week. */
    static Duration of(Admin admin, String feed) {
        Duration kept = kept(admin);
        if (kept.compareTo(USUAL) < 0) {
            LOG.warn(
                    "The broker forgets how far a client of {} is {} minutes after the last gateway has stopped: raise its {}",
                    feed,
                    kept.toMinutes(),
                    RETENTION);
        }
        return every(kept);
    }

    static Duration every(Duration kept) {
        Duration quarter = kept.dividedBy(4);
        return quarter.compareTo(LONGEST) < 0 ? quarter : LONGEST;
    }

    private static Duration kept(Admin admin) {
        try {
            for (Node node : admin.describeCluster().nodes().get(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, node.idString());
                Config settings = admin.describeConfigs(List.of(broker))
                        .all()
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                        .get(broker);
                ConfigEntry retention = settings == null ? null : settings.get(RETENTION);
                if (retention != null && retention.value() != null) {
                    return Duration.ofMinutes(Long.parseLong(retention.value()));
                }
            }
        } catch (ExecutionException | TimeoutException | NumberFormatException e) {
            LOG.info("How long the broker keeps cursors cannot be asked: {}; taken to be a week", e.toString());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        return USUAL;
    }
}
