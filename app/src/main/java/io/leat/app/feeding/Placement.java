package io.leat.app.feeding;

import io.leat.core.Feed;
import io.leat.format.KeyReader;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Which partition a scrape belongs to: all scrapes of a key to one, so that they keep their order. Not safe for use by
 * several threads at once.
 */
public final class Placement {

    private final KeyReader reader;
    private final int partitions;

    public Placement(Feed feed, int partitions) {
        this.reader = new KeyReader(feed);
        this.partitions = partitions;
    }

    /**
     * A place.
     *
     * @param key the record's Kafka key; {@code null} for a scrape whose key cannot be read
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
    public record Place(int partition, byte @Nullable [] key) {}

    /** The place of a scrape; the same for the same bytes. */
    public Place of(byte[] scrape) {
        String key = reader.key(scrape);
        byte[] bytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        int hash = Utils.murmur2(bytes == null ? scrape : bytes);
        return new Place(Utils.toPositive(hash) % partitions, bytes);
    }
}
