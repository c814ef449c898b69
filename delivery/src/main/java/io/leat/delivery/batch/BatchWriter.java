package io.leat.delivery.batch;

import java.io.IOException;

/**
 * Writes one partition of the log to one end, in order. It must not trust that it is the only one: a process that was held
 * up may go on writing after another has taken its place, so each kind of end has a fence of its own. For one thread at a
 * time.
 */
public interface BatchWriter extends AutoCloseable {

    /**
     * Takes a batch; what of it is not durable yet is read from the log again after a restart. May wait for the end.
     *
     * @return how far the end is
     * @throws BatchLost if what was taken before is lost: the writer is of no more use
     * @throws IOException if the end cannot be reached at the moment: the same batch is given again
     * @throws SinkRefusal if that will not pass by itself
     */
    Durable write(Batch batch) throws IOException;

    /** Lets go of what is not durable. */
    @Override
    void close();
}
