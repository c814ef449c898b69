package io.leat.delivery.postgres;

import io.leat.delivery.lane.LogEntry;
import org.jspecify.annotations.Nullable;

/**
 * A change as tables have it.
 *
 * @param change as the log has it
 * @param gone whether the key is no more, or was reset
 * @param valued whether the columns have the values of an item; a key that is gone has none of its own
 * @param values of the columns, in their order, as the database reads them
 */
@SuppressWarnings("ArrayRecordComponent") // on their way, never compared
record Row(LogEntry change, long seq, boolean gone, boolean valued, @Nullable String[] values) {

    /** The same key as it was last, if this one only says that it is gone. */
    Row with(Row older) {
        return valued || !older.valued ? this : new Row(change, seq, gone, true, older.values);
    }
}
