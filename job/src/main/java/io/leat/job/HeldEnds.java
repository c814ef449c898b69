package io.leat.job;

import io.leat.core.Changes;
import io.leat.core.Known;
import io.leat.core.Position;
import io.leat.job.log.ChangeLog;
import io.leat.job.wire.KnownCell;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.jspecify.annotations.Nullable;

/** Tells that nobody will confirm what was held. Used by the task's thread. */
final class HeldEnds {

    private final ChangeLog log;
    private final LogPlaces places;

    HeldEnds(ChangeLog log, LogPlaces places) {
        this.log = log;
        this.places = places;
    }

    /**
     * Ends what is held of a key.
     *
     * @param source what gave the occasion
     * @return what remains of the key, {@code null} if nothing was held
     */
    @Nullable
    Known tell(Known before, String key, Position source) {
        Changes.Ended ended = Changes.end(before, key, source);
        if (ended == null) {
            return null;
        }
        log.append(places.partitionOf(key), ended.note());
        return ended.next();
    }

    /** Ends what is held of all keys, in a feed that holds nothing any more. */
    void tellAll(String rawTopic, KeyedStateBackend<String> keys, ValueStateDescriptor<KnownCell> known)
            throws Exception {
        Position nowhere = new Position(rawTopic, 0, 0);
        keys.applyToAllKeys(
                VoidNamespace.INSTANCE,
                VoidNamespaceSerializer.INSTANCE,
                known,
                (String key, ValueState<KnownCell> state) -> {
                    KnownCell cell = state.value();
                    Known left = cell == null ? null : tell(cell.known(), key, nowhere);
                    if (left != null) {
                        state.update(new KnownCell(left));
                    }
                });
    }
}
