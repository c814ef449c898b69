package io.leat.app.embedded;

import java.util.Map;

/** A broker that forgets offsets after a minute: none forgets sooner. */
public final class ForgetfulKafka {

    private ForgetfulKafka() {}

    /** Starts it at any free port. */
    public static EmbeddedKafka start(DataDirectory data) {
        return EmbeddedKafka.start(
                data, 0, Map.of("offsets.retention.minutes", "1", "offsets.retention.check.interval.ms", "1000"));
    }
}
