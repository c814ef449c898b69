package io.leat.gateway.http;

import java.time.Duration;

/**
 * What one client, and all of them together, may ask of a gateway.
 *
 * @param connections open connections in all
 * @param connectionsPerAddress open connections of one address that is no trusted proxy's
 * @param headerWithin from the connection, or the end of the last answer, to the end of a request's headers. Absolute:
 *     a byte now and then does not extend it
 * @param keepAlive how long a connection may rest between requests
 * @param batchBytes the largest batch, as sent and as decompressed
 * @param inFlightBytes bodies held in memory at once, in all; below what the Kafka producer may buffer
 * @param streams open streams in all
 * @param streamsPerCaller open streams of one key, or of one address where there are no keys
 * @param stalledAfter how long a stream may take nothing before it is closed
 * @param streamAge how long a stream is left open; each is closed at a random moment of the last half
 * @param heartbeat the longest silence of a stream
 * @param requestsPerSecond of one key, on average; ten times as many at once
 */
public record Limits(
        int connections,
        int connectionsPerAddress,
        Duration headerWithin,
        Duration keepAlive,
        int batchBytes,
        long inFlightBytes,
        int streams,
        int streamsPerCaller,
        Duration stalledAfter,
        Duration streamAge,
        Duration heartbeat,
        int requestsPerSecond) {

    /** Bytes of all headers of a request. */
    public static final int HEADER_BYTES = 16 << 10;
    /** Headers of a request. */
    public static final int HEADERS = 100;
    /** Bytes of a request's first line. */
    public static final int URI_BYTES = 8 << 10;
    /**
     * What the system may hold of an answer that its reader does not take. Left to itself it holds megabytes, and a thousand
     * such readers use up what it has for all connections: then nobody is answered.
     */
    public static final int UNTAKEN_BYTES = 64 << 10;
    /** A body is given so long before its pace counts. */
    public static final Duration BODY_GRACE = Duration.ofSeconds(5);
    /** After that, a body that comes slower than this is refused. */
    public static final int BODY_BYTES_PER_SECOND = 1_000;
    /** The longest a whole body may take. */
    public static final Duration BODY_WITHIN = Duration.ofSeconds(60);

    /** For a gateway of one process on a small machine. */
    public static final Limits DEFAULT = new Limits(
            8_192,
            4_096,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            16 << 20,
            24L << 20,
            2_000,
            2_000,
            Duration.ofSeconds(5),
            Duration.ofMinutes(60),
            Duration.ofSeconds(15),
            1_000);
}
