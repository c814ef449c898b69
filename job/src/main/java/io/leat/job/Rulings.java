package io.leat.job;

import io.leat.core.Ruling;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What people say of scrapes, as records of the raw topic: the scrape's bytes once more, with a header. There they have a
 * place in the order of the scrapes, and are read again with them after a crash.
 */
public final class Rulings {

    /** The header's name; its value is {@code release} or {@code reject}. */
    public static final String HEADER = "leat.ruling";

    private static final byte[] RELEASE = "release".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] REJECT = "reject".getBytes(StandardCharsets.US_ASCII);

    private Rulings() {}

    /** The header's value for a ruling. */
    public static byte[] word(Ruling ruling) {
        return (ruling == Ruling.RELEASE ? RELEASE : REJECT).clone();
    }

    /** What a record says; {@link Ruling#NONE} for a scrape, and for a word that is not known. */
    static Ruling of(RawRecord rec) {
        for (RawRecord.Header header : rec.headers()) {
            if (header.name().equals(HEADER)) {
                return Arrays.equals(header.value(), RELEASE)
                        ? Ruling.RELEASE
                        : Arrays.equals(header.value(), REJECT) ? Ruling.REJECT : Ruling.NONE;
            }
        }
        return Ruling.NONE;
    }
}
