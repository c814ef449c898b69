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

    String bootstrap() {
        return bootstrap;
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
