package io.leat.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A wire over which a server says again what it hears. */
class WireTest {

    private static final int A_WHILE_MILLIS = 300;
    private static final int LONG_MILLIS = 30_000;

    private final AtomicInteger heard = new AtomicInteger();
    private final List<Socket> taken = new ArrayList<>();
    private ServerSocket server;
    private Wire wire;

    @BeforeEach
    void echo() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        wire = new Wire(server.getLocalPort());
        Thread thread = new Thread(this::serve);
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void end() throws IOException {
        wire.close();
        server.close();
        for (Socket each : taken) {
            each.close();
        }
    }

    private void serve() {
        try {
            while (true) {
                Socket client = server.accept();
                taken.add(client);
                Thread thread = new Thread(() -> echo(client));
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void echo(Socket client) {
        try (client) {
            InputStream in = client.getInputStream();
            for (int c = in.read(); c >= 0; c = in.read()) {
                heard.incrementAndGet();
                client.getOutputStream().write(c);
            }
        } catch (IOException e) {
            // the client is gone
        }
    }

    private Socket client() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), wire.port());
    }

    private static void say(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String hear(Socket client, int length, int millis) throws IOException {
        client.setSoTimeout(millis);
        return new String(client.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @EnumSource(names = {"FAIR", "SLICED", "LATE", "NARROW"})
    void whateverTheWeatherWhatPassesIsWhole(Weather weather) throws IOException {
        wire.be(weather);
        try (Socket client = client()) {
            say(client, "hello");
            assertThat(hear(client, 5, LONG_MILLIS)).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CUT", "CUT_THERE", "CUT_BACK"})
    void whatIsHeldBackPassesOnceItIsFair(Weather weather) throws IOException {
        try (Socket client = client()) {
            say(client, "a");
            assertThat(hear(client, 1, LONG_MILLIS)).isEqualTo("a");
            wire.be(weather);
            say(client, "b");
            assertThatThrownBy(() -> hear(client, 1, A_WHILE_MILLIS)).isInstanceOf(SocketTimeoutException.class);
            assertThat(heard.get()).isEqualTo(weather == Weather.CUT_BACK ? 2 : 1);
            wire.be(Weather.FAIR);
            assertThat(hear(client, 1, LONG_MILLIS)).isEqualTo("b");
        }
    }

    @Test
    void aClientOfAHalfOpenConnectionHearsNothingNotEvenItsEnd() throws IOException {
        try (Socket client = client()) {
            say(client, "a");
            assertThat(hear(client, 1, LONG_MILLIS)).isEqualTo("a");
            wire.be(Weather.HALF_OPEN);
            say(client, "b");
            assertThatThrownBy(() -> hear(client, 1, A_WHILE_MILLIS)).isInstanceOf(SocketTimeoutException.class);
            try (Socket late = client()) {
                say(late, "c");
                assertThatThrownBy(() -> hear(late, 1, A_WHILE_MILLIS)).isInstanceOf(SocketTimeoutException.class);
            }
        }
        wire.be(Weather.FAIR);
        try (Socket client = client()) {
            say(client, "d");
            assertThat(hear(client, 1, LONG_MILLIS)).isEqualTo("d");
        }
    }

    @Test
    void aConnectionIsResetWithinTwoSeconds() throws IOException {
        wire.be(Weather.RESETTING);
        try (Socket client = client()) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 1_000_000; i++) {
                            say(client, "a");
                            if (hear(client, 1, LONG_MILLIS).isEmpty()) {
                                throw new IOException("closed");
                            }
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }
}
