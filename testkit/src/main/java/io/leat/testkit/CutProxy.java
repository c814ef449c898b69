package io.leat.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A way to a server on the loopback that is cut at a moment of one's choice. Thread-safe. */
public final class CutProxy implements AutoCloseable {

    private final ServerSocket listening;
    private final int target;
    private final AtomicInteger said = new AtomicInteger();
    private volatile Cut cut = Cut.NEVER;
    private volatile Predicate<String> at = text -> false;

    /** What happens to what a client says then. */
    public enum Cut {
        NEVER,
        /** The server does not hear it. */
        BEFORE,
        /** The server hears it and answers, and the client does not hear the answer. */
        AFTER
    }

    /** A way to a port. */
    public CutProxy(int target) throws IOException {
        this.target = target;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** The port it listens on. */
    public int port() {
        return listening.getLocalPort();
    }

    /** How often clients have said something. */
    public int said() {
        return said.get();
    }

    /**
     * Cuts once, when a client says something.
     *
     * @param text what it says, a character for each byte
     */
    public void cut(Cut how, Predicate<String> text) {
        at = text;
        cut = how;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                AtomicInteger muted = new AtomicInteger();
                start(() -> forward(client, server, muted));
                start(() -> back(server, client, muted));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void forward(Socket client, Socket server, AtomicInteger muted) {
        try (client;
                server) {
            InputStream in = client.getInputStream();
            OutputStream out = server.getOutputStream();
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                said.incrementAndGet();
                Cut how = cut;
                if (how != Cut.NEVER && at.test(new String(Arrays.copyOf(buffer, n), StandardCharsets.ISO_8859_1))) {
                    cut = Cut.NEVER;
                    if (how == Cut.BEFORE) {
                        return;
                    }
                    muted.set(1);
                }
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // the other end is gone
        }
    }

    private static void back(Socket server, Socket client, AtomicInteger muted) {
        try (server;
                client) {
            InputStream in = server.getInputStream();
            OutputStream out = client.getOutputStream();
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (muted.get() > 0) {
                    return;
                }
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // the other end is gone
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "cut-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
