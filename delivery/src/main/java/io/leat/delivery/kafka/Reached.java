package io.leat.delivery.kafka;

import java.util.BitSet;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/**
 * How far a partition of a sink is in the client's topic.
 *
 * @param begun where the last batch began, an offset of the change log
 * @param end everything below it is in the topic, but for what is missing
 * @param partitions how many the topic had then; 0 if nothing is known
 * @param missing the partitions of the topic that lost what the last batch brought them; never written to
 */
record Reached(long begun, long end, int partitions, BitSet missing) {

    /** Nothing is known but where to begin. */
    static Reached nothingSince(long offset) {
        return new Reached(offset, offset, 0, new BitSet());
    }

    /** A batch, all of it. */
    static Reached batch(long begun, long end, int partitions) {
        return new Reached(begun, end, partitions, new BitSet());
    }

    /** The same batch, which some partitions have lost. */
    Reached without(BitSet lost) {
        return new Reached(begun, end, partitions, lost);
    }

    /** What is told next. */
    long next() {
        return missing.isEmpty() ? end : begun;
    }

    /** Whether a change below the end is to be told again. */
    boolean isMissing(byte[] key) {
        return missing.get(BuiltInPartitioner.partitionForKey(key, partitions));
    }
}
