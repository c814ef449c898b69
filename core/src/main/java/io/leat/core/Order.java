package io.leat.core;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long records wait for older ones of their key, and what becomes of those that come after that.
 *
 * @param bound how long a record waits
 * @param late what becomes of a record that comes after a newer one of its key has been let go
 * @param idleAfter how long a source partition may be silent before time goes on without it
 */
public record Order(Bound bound, Late late, Duration idleAfter) implements Serializable {

    /** How long what only helps to learn a bound is kept: sites scrape daily, so that a day has seen all their ways. */
    private static final Duration LEARNING = Duration.ofDays(1);

    /** Nothing waits, whatever is newest is told at once, and the change stage finds what is stale. */
    public static final Order DEFAULT = new Order(new Bound.Fixed(Duration.ZERO), Late.TELL, Duration.ofSeconds(10));

    /** How long a record waits. */
    public sealed interface Bound extends Serializable {

        /** This long after the broker took it. */
        record Fixed(Duration longest) implements Bound {
            public Fixed {
                if (longest.isNegative()) {
                    throw new IllegalArgumentException("nothing waits for less than no time");
                }
            }
        }

        /** As long as each source has shown to need, see {@link Disorder}. */
        record Learned() implements Bound {}
    }

    /** What becomes of a late record. */
    public enum Late {
        /** It is counted. */
        DROP,
        /** It is counted, and kept in a topic of its own. */
        DEAD_LETTER,
        /** It is judged all the same: told if nothing newer of its key has been told, else stale. */
        TELL
    }

    /** Whether records have to pass through a stage that orders them. */
    public boolean isAsked() {
        return late != Late.TELL
                || !(bound instanceof Bound.Fixed fixed && fixed.longest().isZero());
    }

    /**
     * How far event time goes beyond a key of whom no record waits until what is remembered of it may be freed. What tells
     * that a record is late is kept as long as the key is known; what only helps to learn, for a day.
     *
     * @param expireAfter when the feed forgets keys; {@code null} if it does not
     * @return {@code null} if nothing is ever freed, or nothing remembered
     */
    public @Nullable Duration memory(@Nullable Duration expireAfter) {
        if (late != Late.TELL) {
            return expireAfter;
        }
        return bound instanceof Bound.Learned ? LEARNING : null;
    }
}
