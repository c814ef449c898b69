package io.leat.delivery;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
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

    private final SubscriptionBook book;
    private final BlockingQueue<Order> orders = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::run, "webhook-disable");

    private record Order(Standing standing, String reason) {}

    Disabler(SubscriptionBook book) {
        this.book = book;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Has it written down, unless a person changes the subscription first. */
    void disable(Standing standing, String reason) {
        orders.add(new Order(standing, reason));
    }

    private void run() {
        try {
            while (true) {
                write(orders.take());
            }
        } catch (InterruptedException | InterruptException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Order order) throws InterruptedException {
        String name = order.standing().subscription().name();
        try {
            Standing now = book.all().get(name);
            if (now != null && now.revision() == order.standing().revision()) {
                book.disable(order.standing(), order.reason());
            }
        } catch (KafkaException e) {
            LOG.warn("That {} is disabled cannot be written down at the moment: {}", name, e.toString());
            Thread.sleep(AGAIN_MILLIS);
            orders.add(order);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
