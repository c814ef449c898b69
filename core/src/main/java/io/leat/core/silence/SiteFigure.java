package io.leat.core.silence;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a site. Times in milliseconds.
 *
 * @param records of it since the watch first saw it
 * @param refused how many of them were
 * @param bytes of all of them
 * @param lastMillis when the broker took the last, since 1970
 * @param silentMillis how long nothing has come since, up to the last look
 * @param limitMillis after how long it is told to be silent; {@code null} while that is being learned
 * @param dropMillis how long a drop to a third lasts at least until it is told; {@code null} while too little is known, or
 *     too little comes for it ever to be told
 */
public record SiteFigure(
        long records,
        long refused,
        long bytes,
        long lastMillis,
        long silentMillis,
        @Nullable Long limitMillis,
        @Nullable Long dropMillis) {}
