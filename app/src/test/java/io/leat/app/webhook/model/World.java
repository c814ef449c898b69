package io.leat.app.webhook.model;

import io.leat.app.webhook.LoopbackWebhooks;
import io.leat.delivery.Desk;
import io.leat.delivery.Webhooks;
import io.leat.delivery.work.Keeper;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;

/** One feed with its log, one or two gateways, a desk and a receiver. For one thread, but for the changes it tells. */
final class World implements AutoCloseable {

    private static final long LONGEST_PAUSE_NANOS = Duration.ofMillis(50).toNanos();

    final FactLog log;
    final Post post = new Post();
    final Desk desk;
    final Troubles troubles = new Troubles();
    private final String feed;
    private final Webhooks.Settings settings;
    private final Admin admin;
    private final List<Webhooks> gateways = new ArrayList<>();

    World(String bootstrap, String feed) throws Exception {
        this.feed = feed;
        this.settings = LoopbackWebhooks.settings(bootstrap, feed, List.of());
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
        this.log = new FactLog(bootstrap, feed);
        this.desk = Desk.staying(settings, new Keeper(), InstantSource.system(), new SecureRandom());
        gateways.add(LoopbackWebhooks.start(settings));
    }

    /** Tells changes until it is closed. */
    final class Telling implements AutoCloseable {
        private final Thread thread;
        private volatile boolean ending;

        Telling(RandomGenerator random) {
            thread = new Thread(
                    () -> {
                        while (!ending) {
                            log.tell(random);
                            LockSupport.parkNanos(random.nextLong(LONGEST_PAUSE_NANOS));
                        }
                    },
                    "telling");
            thread.start();
        }

        @Override
        public void close() throws InterruptedException {
            ending = true;
            thread.join();
        }
    }

    /** All gateways end without a word; the group finds out at once, and as many others come. */
    void kill() {
        troubles.during(Duration.ZERO, () -> {
            gateways.forEach(Webhooks::halt);
            forgetMembers();
            gateways.replaceAll(dead -> LoopbackWebhooks.start(settings));
        });
    }

    private void forgetMembers() {
        try {
            admin.removeMembersFromConsumerGroup(feed + ".webhooks", new RemoveMembersFromConsumerGroupOptions())
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof IllegalArgumentException)) { // nobody had come to the group yet
                throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A second gateway comes, or goes. */
    void rebalance() {
        troubles.during(Troubles.UNTIL_ALL_ARE_BACK, () -> {
            if (gateways.size() == 1) {
                gateways.add(LoopbackWebhooks.start(settings));
            } else {
                gateways.remove(0).close();
            }
        });
    }

    @Override
    public void close() {
        gateways.forEach(Webhooks::close);
        desk.close();
        log.close();
        post.close();
        admin.close(Duration.ofSeconds(1));
    }
}
