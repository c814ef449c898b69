package io.leat.app.guarantee;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Many readers of events on one thread, which only count them. */
final class StreamLoad implements AutoCloseable {

    private static final int PIECE = 1 << 18;

    private final Selector selector;
    private final List<SocketChannel> channels = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "stream-load");
    private volatile long events;
    private volatile long closed;
    private volatile boolean over;

    StreamLoad(int port, String path, int readers) throws IOException {
        selector = Selector.open();
        byte[] request = ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < readers; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.write(ByteBuffer.wrap(request));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new byte[] {'\n'});
            channels.add(channel);
        }
        thread.setDaemon(true);
        thread.start();
    }

    /** Events that have arrived, of all readers together. */
    long events() {
        return events;
    }

    /** Readers that were closed. */
    long closed() {
        return closed;
    }

    private void run() {
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        try {
            while (!over) {
                selector.select(100);
                for (SelectionKey key : selector.selectedKeys()) {
                    piece.clear();
                    if (((SocketChannel) key.channel()).read(piece) < 0) {
                        key.cancel();
                        closed++;
                    }
                    events += events(piece, (byte[]) key.attachment());
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each event has one line that begins with d; no other line does. */
    private static long events(ByteBuffer piece, byte[] last) {
        byte[] bytes = piece.array();
        long found = 0;
        byte before = last[0];
        for (int i = 0; i < piece.position(); i++) {
            found += before == '\n' && bytes[i] == 'd' ? 1 : 0;
            before = bytes[i];
        }
        last[0] = before;
        return found;
    }

    @Override
    public void close() throws IOException {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        for (SocketChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}
