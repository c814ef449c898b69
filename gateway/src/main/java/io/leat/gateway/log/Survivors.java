package io.leat.gateway.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/** Which changes of a range are the last of their key: a bit an offset. Immutable once found. */
public final class Survivors {

    private final List<Partition> partitions;

    private Survivors(List<Partition> partitions) {
        this.partitions = List.copyOf(partitions);
    }

    /** Offsets of one partition, counted from the first that was seen. */
    private static final class Partition {
        private final BitSet last = new BitSet();
        private long first = -1;

        private int place(long offset) {
            first = first < 0 ? offset : first;
            return Math.toIntExact(offset - first);
        }
    }

    /** Whether a change of the range is the last of its key in it. */
    public boolean has(Told change) {
        Partition partition = partitions.get(change.partition());
        return partition.first >= 0
                && change.offset() >= partition.first
                && partition.last.get(Math.toIntExact(change.offset() - partition.first));
    }

    /**
     * Looks for them while a range is read in order, once or, if it has more keys than are remembered at a time, several
     * times: each time for the keys of another share, so that memory does not grow with the feed. For one thread.
     */
    static final class Search {

        private static final int KEYS_AT_A_TIME = 1_000_000;

        private final List<Partition> partitions = new ArrayList<>();
        private final int most;
        private final LastOffsets remembered = new LastOffsets();
        private final Deque<Share> left = new ArrayDeque<>();
        private Share now = new Share(0, 0);

        Search(int partitions) {
            this(partitions, KEYS_AT_A_TIME);
        }

        /** @param most keys remembered at a time */
        Search(int partitions, int most) {
            this.most = most;
            for (int p = 0; p < partitions; p++) {
                this.partitions.add(new Partition());
            }
        }

        /** The keys whose hash ends in these bits. */
        private record Share(int bits, long end) {

            boolean has(long hash) {
                return (hash & ((1L << bits) - 1)) == end;
            }

            Share half(int bit) {
                return new Share(bits + 1, end | (long) bit << bits);
            }
        }

        void saw(Told change) {
            KeyPrint print = KeyPrint.of(change.key());
            Partition partition = partitions.get(change.partition());
            int place = partition.place(change.offset());
            if (!now.has(print.low())) {
                return;
            }
            long before = remembered.put(print, change.partition(), place);
            if (before >= 0) {
                partition.last.clear(Math.toIntExact(before));
            }
            partition.last.set(place);
            while (remembered.size() > most) {
                halve();
            }
        }

        /** What leaves the share is looked for anew in a later reading. */
        private void halve() {
            left.push(now.half(1));
            now = now.half(0);
            remembered.keepOnly(print -> now.has(print.low()), (partition, place) -> partitions
                    .get(partition)
                    .last
                    .clear(place));
        }

        /** At the end of the range: whether it has to be read once more from its beginning. */
        boolean goesOn() {
            remembered.clear();
            Share next = left.poll();
            if (next == null) {
                return false;
            }
            now = next;
            return true;
        }

        Survivors found() {
            return new Survivors(partitions);
        }
    }
}
