package io.leat.format;

import io.leat.core.Refusal;
import io.leat.format.json.Document;
import org.jspecify.annotations.Nullable;

/** One version of what an item must keep. Implementations are safe for use by one thread at a time. */
interface Contract {

    /** The version told with every change that kept it. */
    String version();

    /** The first thing a record breaks, {@code null} if it keeps the contract. */
    @Nullable
    Refusal broken(Document rec);
}
