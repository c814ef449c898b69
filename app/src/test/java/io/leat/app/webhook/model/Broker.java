package io.leat.app.webhook.model;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;

/** A broker that may end and come again under its address, for all worlds at once. Thread-safe. */
final class Broker implements AutoCloseable {

    /** What was under way in any world while it was away may be delivered anew. */
    final Troubles troubles = new Troubles();

    private final DataDirectory data;
    private final String bootstrap;
    private EmbeddedKafka kafka;

    Broker(DataDirectory data) {
        this.data = data;
        this.kafka = EmbeddedKafka.start(data, 0);
        this.bootstrap = kafka.bootstrap();
    }

    /** A new world; it is not made while the broker is away, which then takes no new topics. */
    synchronized World world(String feed) throws Exception {
        return new World(bootstrap, feed);
    }

    synchronized void restart() {
        troubles.during(Troubles.UNTIL_ALL_ARE_BACK, () -> {
            kafka.close();
            kafka = EmbeddedKafka.start(data, Integer.parseInt(bootstrap.substring(bootstrap.indexOf(':') + 1)));
        });
    }

    @Override
    public synchronized void close() {
        kafka.close();
    }
}
