package io.leat.job;

import io.leat.core.Change;
import io.leat.core.Item;
import io.leat.core.Op;
import io.leat.core.Sameness;
import io.leat.format.FormerKey;
import io.leat.job.log.ChangeLog;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;

/**
 * The keys that were told and not gone when the feed's key was changed, where a person said that they are to be adopted: the
 * first item of a key of the new kind tells nothing if its key of the former kind is one of them.
 *
 * <p>An item of one key of the new kind may have had any key of the former kind, so each task knows them all: 64 bits of a hash
 * of each. They are read from the change log, in which every record names the rules it was told by, and so the key: whatever
 * the new kind has told meanwhile, a start that comes again after a crash finds the same ones. Used by the task's thread.
 */
final class AdoptedKeys {

    private static final int PER_CHUNK = 64 * 1024;

    private final FormerRules rules;
    private final ListState<byte[]> state;
    /** By the rules that say how a key of the former kind is read; sorted. */
    private final Map<Integer, long[]> known = new TreeMap<>();

    private final Map<Integer, FormerKey> readers = new HashMap<>();

    private AdoptedKeys(FormerRules rules, ListState<byte[]> state) {
        this.rules = rules;
        this.state = state;
    }

    static AdoptedKeys restore(FormerRules rules, OperatorStateStore store) throws Exception {
        AdoptedKeys adopted = new AdoptedKeys(
                rules,
                store.getUnionListState(
                        new ListStateDescriptor<>("former-keys", BytePrimitiveArraySerializer.INSTANCE)));
        Map<Integer, List<Long>> all = new HashMap<>();
        for (byte[] chunk : adopted.state.get()) {
            ByteBuffer buffer = ByteBuffer.wrap(chunk);
            List<Long> hashes = all.computeIfAbsent(buffer.getInt(), print -> new ArrayList<>());
            while (buffer.hasRemaining()) {
                hashes.add(buffer.getLong());
            }
        }
        all.forEach((print, hashes) -> adopted.put(print, hashes));
        return adopted;
    }

    private void put(int print, Iterable<Long> hashes) {
        List<Long> all = new ArrayList<>();
        hashes.forEach(all::add);
        known.put(print, all.stream().mapToLong(Long::longValue).sorted().toArray());
    }

    boolean isEmpty() {
        return known.isEmpty();
    }

    /**
     * Adopts the keys of the former kind that the log knows.
     *
     * @param former names the rules that were in force until now
     */
    void learn(ChangeLog log, int former) {
        Set<Long> hashes = new HashSet<>();
        log.readAll((Change change, int sameness) -> {
            if (rules.isOfPresentKey(sameness)) {
                return;
            }
            if (change.op() == Op.GONE || change.op() == Op.RESET) {
                hashes.remove(hash(change.key()));
            } else {
                hashes.add(hash(change.key()));
            }
        });
        put(former, hashes);
    }

    /** Whether the first item of a key tells nothing. */
    boolean covers(Item item) {
        for (Map.Entry<Integer, long[]> each : known.entrySet()) {
            Sameness then = rules.named(each.getKey());
            if (then == null) {
                continue; // the file was changed too often since
            }
            String key = readers.computeIfAbsent(each.getKey(), print -> new FormerKey(then))
                    .of(item);
            if (key != null && Arrays.binarySearch(each.getValue(), hash(key)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Each task writes its share: all of them know the same. */
    void snapshot(TaskInfo task) throws Exception {
        List<byte[]> chunks = new ArrayList<>();
        int number = 0;
        for (Map.Entry<Integer, long[]> each : known.entrySet()) {
            long[] hashes = each.getValue();
            for (int from = 0; from < hashes.length; from += PER_CHUNK) {
                if (number++ % task.getNumberOfParallelSubtasks() == task.getIndexOfThisSubtask()) {
                    chunks.add(chunk(each.getKey(), hashes, from, Math.min(hashes.length, from + PER_CHUNK)));
                }
            }
        }
        state.update(chunks);
    }

    private static byte[] chunk(int print, long[] hashes, int from, int to) {
        ByteBuffer chunk =
                ByteBuffer.allocate(Integer.BYTES + (to - from) * Long.BYTES).putInt(print);
        for (int i = from; i < to; i++) {
            chunk.putLong(hashes[i]);
        }
        return chunk.array();
    }

    private static long hash(String key) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
