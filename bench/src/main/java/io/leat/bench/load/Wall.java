package io.leat.bench.load;

import java.time.Instant;

/** The time of this machine, which its broker uses too. */
public final class Wall {

    private Wall() {}

    /** Microseconds since 1970. */
    public static long micros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }
}
