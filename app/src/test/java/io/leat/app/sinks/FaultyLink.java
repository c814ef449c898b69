package io.leat.app.sinks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** A way to a server on the loopback that is sound, or fails in one way or another, as it is told. Thread-safe. */
public final class FaultyLink implements AutoCloseable {

    private static final int LONGEST_HEAD = 1 << 16;

    private final ServerSocket listening;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Mode mode = Mode.SOUND;

    /** How it is. */
    public enum Mode {
        SOUND,
        /** Every request is answered with the status. */
        ANSWERS_500,
        ANSWERS_503,
        /** Connections are taken, and nothing is said. */
        SILENT,
        /** Connections are taken and cut. */
        CUT
    }

    /** A way to a port. */
    public FaultyLink(int target) throws IOException {
        this.target = target;
        this.listening = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** The port it listens on. */
    public int port() {
        return listening.getLocalPort();
    }

    /** Is so from now on; what is open breaks. */
    public void be(Mode now) {
        mode = now;
        open.forEach(FaultyLink::shut);
        open.clear();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                open.add(client);
                start(() -> serve(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket client) {
        Mode now = mode;
        try (client) {
            switch (now) {
                case SOUND -> {
                    Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                    open.add(server);
                    start(() -> carry(server, client));
                    carry(client, server);
                }
                case ANSWERS_500 -> answer(client, "500 Internal Server Error");
                case ANSWERS_503 -> answer(client, "503 Service Unavailable");
                case SILENT -> {
                    while (mode == now && !client.isClosed()) {
                        LockSupport.parkNanos(100_000_000);
                    }
                }
                case CUT -> shut(client);
            }
        } catch (IOException e) {
            // the other end is gone
        } finally {
            open.remove(client);
        }
    }

    private static void answer(Socket client, String status) throws IOException {
        byte[] head = new byte[LONGEST_HEAD];
        int read = client.getInputStream().read(head);
        OutputStream out = client.getOutputStream();
        out.write(("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        client.shutdownOutput();
        while (read >= 0) {
            read = client.getInputStream().read(head);
        }
    }

    private void carry(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[1 << 14];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // the other end is gone
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void shut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "faulty-link");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        be(Mode.CUT);
    }
}
