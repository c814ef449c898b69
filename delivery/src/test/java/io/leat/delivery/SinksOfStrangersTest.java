package io.leat.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.delivery.JsonFiles;
import io.leat.core.delivery.Postgres;
import io.leat.core.delivery.Secret;
import io.leat.core.delivery.Sink;
import io.leat.core.delivery.Subscription;
import io.leat.delivery.guard.Network;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was made at run time is reached through the guard alone; what the feed file declares may lie inside. */
@Timeout(60)
class SinksOfStrangersTest {

    private final AtomicInteger connections = new AtomicInteger();

    @TempDir
    private Path spool;

    private ServerSocket inside;

    @BeforeEach
    void listen() throws IOException {
        inside = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::hangUp);
        thread.setDaemon(true);
        thread.start();
    }

    private void hangUp() {
        try {
            while (true) {
                try (Socket client = inside.accept()) {
                    connections.incrementAndGet();
                }
            }
        } catch (IOException e) {
            // closed
        }
    }

    @AfterEach
    void close() throws IOException {
        inside.close();
    }

    @Test
    void trap19ADatabaseInsideIsNotConnectedToForAStranger() {
        isGuarded(new Postgres(
                "postgresql://localhost:" + inside.getLocalPort() + "/shop?sslmode=disable",
                new Postgres.Login("leat", new Secret("word")),
                Postgres.Table.parse("prices"),
                null,
                List.of(),
                Postgres.Gone.MARK,
                false));
    }

    @Test
    void trap19AStoreInsideIsNotConnectedToForAStranger() {
        isGuarded(new JsonFiles(
                "s3://lake/prices",
                JsonFiles.USUAL,
                JsonFiles.USUAL_SIZE,
                JsonFiles.Compression.GZIP,
                JsonFiles.By.NOTHING,
                new JsonFiles.Store(
                        "http://localhost:" + inside.getLocalPort(),
                        "us-east-1",
                        true,
                        new JsonFiles.Login("who", new Secret("word")))));
    }

    private void isGuarded(Sink sink) {
        Subscription subscription = new Subscription(
                "stranger", sink, null, List.of(), Subscription.CatchUp.ALL, Subscription.From.EARLIEST);
        assertThat(look(List.of(), subscription, false)).contains("LEAT-531", "private or reserved");
        assertThat(connections.get()).isZero();
        look(List.of(Network.parse("127.0.0.0/8"), Network.parse("::1/128")), subscription, false);
        assertThat(connections.getAndSet(0)).as("an operator has opened it").isPositive();
        look(List.of(), subscription, true);
        assertThat(connections.get()).as("the feed file declares it").isPositive();
    }

    private String look(List<Network> opened, Subscription subscription, boolean declared) {
        try (Looks looks = new Looks("shop", opened, spool)) {
            return looks.at(subscription.name(), subscription, declared);
        }
    }
}
