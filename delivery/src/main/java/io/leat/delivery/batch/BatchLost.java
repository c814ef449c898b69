package io.leat.delivery.batch;

import java.io.IOException;

/**
 * What a writer had taken and not made durable is lost, as by a disk that is full: giving it the same batch again would not
 * bring that back. The lane begins anew at the last place that is durable.
 */
public final class BatchLost extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param cause what took it */
    public BatchLost(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
