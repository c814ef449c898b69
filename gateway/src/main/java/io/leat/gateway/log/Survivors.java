package io.leat.gateway.log;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which changes of a range are the last of their key: a bit an offset. Immutable once found. */
public final class Survivors {

    private final List<Partition> partitions;

    private Survivors(List<Partition> partitions) {
        this.partitions = List.copyOf(partitions);
    }

    private record Partition(long first, BitSet last) {}

    /** Whether a change of the range is the last of its key in it. */
    public boolean has(Told change) {
        Partition partition = partitions.get(change.partition());
        return change.offset() >= partition.first()
                && partition.last().get(Math.toIntExact(change.offset() - partition.first()));
    }

    /** Remembers the last offset of every key while a range is read. For one thread. */
    static final class Search {

        private static final int MAX_KEYS = 4_000_000;

        private final MessageDigest digest = sha256();
        private final List<Map<Print, Long>> last = new ArrayList<>();
        private int keys;

        Search(int partitions) {
            for (int p = 0; p < partitions; p++) {
                last.add(new HashMap<>());
            }
        }

        /** Half of a key's SHA-256: as good as the key, and small. */
        private record Print(long high, long low) {}

        void saw(Told change) {
            if (last.get(change.partition()).put(print(change.key()), change.offset()) == null && ++keys > MAX_KEYS) {
                throw new IllegalStateException("the feed has more keys than a snapshot may have");
            }
        }

        private Print print(byte[] key) {
            byte[] hash = digest.digest(key);
            return new Print(number(hash, 0), number(hash, Long.BYTES));
        }

        private static long number(byte[] bytes, int at) {
            long number = 0;
            for (int i = at; i < at + Long.BYTES; i++) {
                number = number << 8 | (bytes[i] & 0xff);
            }
            return number;
        }

        Survivors found() {
            List<Partition> partitions = new ArrayList<>();
            for (Map<Print, Long> offsets : last) {
                long first = offsets.values().stream()
                        .mapToLong(offset -> offset)
                        .min()
                        .orElse(0);
                BitSet bits = new BitSet();
                offsets.values().forEach(offset -> bits.set(Math.toIntExact(offset - first)));
                partitions.add(new Partition(first, bits));
            }
            return new Survivors(partitions);
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
    }
}
