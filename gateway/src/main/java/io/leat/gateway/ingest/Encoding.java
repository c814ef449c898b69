package io.leat.gateway.ingest;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** How a body was packed. */
enum Encoding {
    IDENTITY {
        @Override
        InputStream open(InputStream body) {
            return body;
        }
    },
    GZIP {
        @Override
        InputStream open(InputStream body) throws IOException {
            return new GZIPInputStream(body, BUFFER);
        }
    },
    ZSTD {
        @Override
        InputStream open(InputStream body) throws IOException {
            return new ZstdInputStream(body).setLongMax(MAX_WINDOW_LOG);
        }
    };

    private static final int BUFFER = 16 << 10;
    /** A window of 8 MiB: what every decoder has to support. */
    private static final int MAX_WINDOW_LOG = 23;

    abstract InputStream open(InputStream body) throws IOException;

    /** The encoding of a header; {@code null} if it is not supported. */
    static @Nullable Encoding of(@Nullable String contentEncoding) {
        if (contentEncoding == null) {
            return IDENTITY;
        }
        return switch (contentEncoding.strip().toLowerCase(java.util.Locale.ROOT)) {
            case "", "identity" -> IDENTITY;
            case "gzip", "x-gzip" -> GZIP;
            case "zstd" -> ZSTD;
            default -> null;
        };
    }

    /** Asked before each piece of a body is unpacked. */
    interface Room {
        /** Whether so many more bytes may be held. */
        boolean take(int bytes);
    }

    /** There is no room for the body at the moment. */
    static final class NoRoom extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** The body is larger than any may be. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Unpacks a body. What it holds grows with what has been unpacked, never with what a header promises.
     *
     * @throws TooLarge if there is more than {@code most}
     * @throws NoRoom if {@code room} refuses
     * @throws IOException if it is damaged
     */
    byte[] unpack(byte[] body, int most, Room room) throws IOException {
        if (this == IDENTITY) {
            return body;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(Math.min(most, body.length * 2));
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = open(new ByteArrayInputStream(body))) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (out.size() + count > most) {
                    throw new TooLarge();
                }
                if (!room.take(count)) {
                    throw new NoRoom();
                }
                out.write(buffer, 0, count);
            }
        }
        return out.toByteArray();
    }
}
