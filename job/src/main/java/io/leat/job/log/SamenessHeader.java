package io.leat.job.log;

import io.leat.core.Sameness;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Names the rules that a record of the change log was told by: eight hexadecimal digits. */
public final class SamenessHeader {

    public static final String NAME = "leat.rules";

    private SamenessHeader() {}

    static String of(int fingerprint) {
        return HexFormat.of().toHexDigits(fingerprint);
    }

    /** The fingerprint, {@link Sameness#UNMARKED} where there is none, as in records of earlier versions. */
    public static int read(@Nullable Header header) {
        if (header == null || header.value() == null) {
            return Sameness.UNMARKED;
        }
        try {
            return Integer.parseUnsignedInt(new String(header.value(), StandardCharsets.US_ASCII), 16);
        } catch (NumberFormatException e) {
            return Sameness.UNMARKED;
        }
    }
}
