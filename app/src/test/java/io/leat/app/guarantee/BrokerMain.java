package io.leat.app.guarantee;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A broker in a process of its own: {@code DIR PORT}. Says {@code BROKER address} when it serves. */
public final class BrokerMain {

    private BrokerMain() {}

    /** Serves until the process is killed. */
    public static void main(String[] args) throws Exception {
        try (DataDirectory data = DataDirectory.take(Path.of(args[0]));
                EmbeddedKafka kafka = EmbeddedKafka.start(data, Integer.parseInt(args[1]))) {
            System.out.println("BROKER " + kafka.bootstrap());
            new CountDownLatch(1).await();
        }
    }
}
