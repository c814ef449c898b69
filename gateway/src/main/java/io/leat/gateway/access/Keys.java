package io.leat.gateway.access;

import org.jspecify.annotations.Nullable;

/** The API keys there are. Thread-safe. */
interface Keys {

    /** Whether every key made before the start is known. Until then nobody can be judged. */
    boolean isLoaded();

    /** Whether no key was ever made. */
    boolean isEmpty();

    /** A key, good or not; {@code null} if there never was one with this id. */
    @Nullable
    KeyEntry find(String id);
}
