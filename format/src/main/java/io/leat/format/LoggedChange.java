package io.leat.format;

import io.leat.core.Change;

/**
 * A change and where it stands in the change log.
 *
 * @param partition of the change log
 * @param offset in that partition
 * @param atMillis when it was written, milliseconds since 1970
 */
public record LoggedChange(Change change, int partition, long offset, long atMillis) {}
