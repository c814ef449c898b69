package io.leat.testkit;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Moments as microseconds since 1970. */
final class Moments {

    private static final Pattern RFC3339 =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");

    private Moments() {}

    /** Reads an RFC 3339 date and time; what is finer than a microsecond is cut. */
    static OptionalLong micros(String text) {
        String upper = text.replace('t', 'T').replace('z', 'Z').replace(' ', 'T');
        if (!RFC3339.matcher(upper).matches()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(micros(OffsetDateTime.parse(upper).toInstant()));
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
    }

    static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }
}
