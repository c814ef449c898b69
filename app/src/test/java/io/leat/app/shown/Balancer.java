package io.leat.app.shown;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A load balancer of the plainest kind: each connection goes to the next gateway, and the first request on it says for whom,
 * after whatever its client said.
 */
final class Balancer implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d{1,4})\r\n");
    private static final InetAddress HERE = address(1);

    private final ServerSocket server;
    private final List<Integer> gateways;
    private final AtomicInteger next = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    Balancer(List<Integer> gateways) {
        try {
            this.server = new ServerSocket(0, 100, HERE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.gateways = List.copyOf(gateways);
        begin("balancer", this::accept);
    }

    /** One of the addresses of this machine. */
    static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The answer to a request; of a stream its headers.
     *
     * @param from the last number of the client's address
     * @param request its lines up to the body, without their ends
     */
    String ask(int from, String body, String... request) {
        try (Socket socket = new Socket(HERE, server.getLocalPort(), address(from), 0)) {
            socket.setSoTimeout(30_000);
            String head = String.join("\r\n", request) + "\r\nContent-Length: " + body.length() + "\r\n\r\n";
            socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
            String answer = head(socket.getInputStream());
            Matcher length = LENGTH.matcher(answer);
            int bytes = length.find() ? Integer.parseInt(length.group(1)) : 0;
            return answer + new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                begin("balanced", () -> pass(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void pass(Socket client) {
        int gateway = gateways.get(Math.floorMod(next.getAndIncrement(), gateways.size()));
        try (client;
                Socket there = new Socket(HERE, gateway, HERE, 0)) {
            open.add(there);
            String head = head(client.getInputStream());
            String told = head.substring(0, head.length() - 2) + "X-Forwarded-For: "
                    + client.getInetAddress().getHostAddress() + "\r\n\r\n";
            there.getOutputStream().write(told.getBytes(StandardCharsets.US_ASCII));
            begin("balanced-back", () -> copy(there, client));
            copy(client, there);
        } catch (IOException e) {
            // one of the two has gone
        } finally {
            open.remove(client);
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            from.getInputStream().transferTo(out);
            to.shutdownOutput();
        } catch (IOException e) {
            // one of the two has gone
        }
    }

    /** Up to the empty line, with it. */
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int read = in.read();
            if (read < 0) {
                throw new SocketException("it ended within its headers");
            }
            head.write(read);
        }
        return head.toString(StandardCharsets.US_ASCII);
    }

    private static void begin(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
