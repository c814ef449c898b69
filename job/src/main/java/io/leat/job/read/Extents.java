package io.leat.job.read;

import io.leat.core.EventProgress;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * Tells readers where the partitions begin and end.
 *
 * @param all by partition
 * @param lookedAt when somebody looked, milliseconds since 1970: what came later may stand beyond the ends
 * @param isDealt whether every partition has its reader
 */
record Extents(Map<Integer, EventProgress.Extent> all, long lookedAt, boolean isDealt) implements SourceEvent {

    private static final long serialVersionUID = 1L;

    Extents {
        all = Map.copyOf(all);
    }
}
