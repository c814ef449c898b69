package io.leat.gateway.log;

import io.vertx.core.Future;

/** Reads of a log's past, shared by all its readers. */
interface Past extends AutoCloseable {

    /** Some changes from a place on; none if there were none in time. */
    Future<Batch> read(Place from);

    /**
     * What of the log is there.
     *
     * @param thinnedBefore changes written before this moment may have been compacted; milliseconds since 1970
     */
    Future<Ends> ends(long thinnedBefore);

    /** Where changes written at a moment or later begin. */
    Future<Place> since(long millis);

    /** Which changes of a snapshot, from a place in it on, are the last of their key. Takes as long as reading them. */
    Future<Survivors> survivors(Place from);

    /** Ends it; what has not been answered fails. */
    @Override
    void close();
}
