package io.leat.delivery;

import io.leat.delivery.work.Keeper;
import io.leat.delivery.work.Kept;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down that subscriptions are disabled, as often as it takes: a lane that stopped would otherwise look as if it
 * delivered. Thread-safe.
 */
final class Disabler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Disabler.class);
    private static final long AGAIN_MILLIS = 1_000;
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    private final SubscriptionBook book;
    private final BlockingQueue<Order> orders = new LinkedBlockingQueue<>();
    private final Kept kept;
    private volatile boolean closing;

    private record Order(Standing standing, String reason) {}

    Disabler(String name, SubscriptionBook book, Keeper keeper) {
        this.book = book;
        this.kept = keeper.keep(name, this::run);
    }

    /** Has it written down, unless a person changes the subscription first. */
    void disable(Standing standing, String reason) {
        orders.add(new Order(standing, reason));
    }

    private void run() throws InterruptedException {
        while (!closing) {
            Order order = orders.poll(100, TimeUnit.MILLISECONDS);
            if (order != null) {
                write(order);
            }
        }
    }

    /** An order that cannot be written yet is kept, whatever the cause. */
    private void write(Order order) throws InterruptedException {
        String name = order.standing().subscription().name();
        try {
            Standing now = book.all().get(name);
            if (now != null && now.revision() == order.standing().revision()) {
                book.disable(order.standing(), order.reason());
            }
        } catch (InterruptException e) {
            throw new InterruptedException();
        } catch (KafkaException e) {
            LOG.warn("That {} is disabled cannot be written down at the moment: {}", name, e.toString());
            orders.add(order);
            Thread.sleep(AGAIN_MILLIS);
        } catch (RuntimeException | Error e) {
            orders.add(order);
            throw e;
        }
    }

    @Override
    public void close() {
        kept.end(() -> closing = true, CLOSE_WITHIN);
    }
}
