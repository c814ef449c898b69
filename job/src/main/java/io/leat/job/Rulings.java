package io.leat.job;

import io.leat.core.Ruling;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What people say of scrapes, as records of the raw topic: the scrape's bytes once more, with a header. There they have a
 * place in the order of the scrapes, and are read again with them after a crash.
 */
public final class Rulings {

    /** The header's name; its value is {@code release}, {@code reject}, {@code end}, or {@code reset}: then the record says which key. */
    public static final String HEADER = "leat.ruling";

    private static final byte[] RELEASE = "release".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] REJECT = "reject".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RESET = "reset".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] END = "end".getBytes(StandardCharsets.US_ASCII);

    private Rulings() {}

    /**
     * The header's value for a ruling.
     *
     * @throws IllegalArgumentException if a person cannot say that
     */
    public static byte[] word(Ruling ruling) {
        return switch (ruling) {
            case RELEASE -> RELEASE.clone();
            case REJECT -> REJECT.clone();
            case RESET -> RESET.clone();
            case INPUT_ENDED -> END.clone();
            case NONE, CRAWL_ENDED -> throw new IllegalArgumentException("nobody says " + ruling);
        };
    }

    /** What a record says; {@link Ruling#NONE} for a scrape, and for a word that is not known. */
    public static Ruling of(RawRecord rec) {
        for (RawRecord.Header header : rec.headers()) {
            if (header.name().equals(HEADER)) {
                return of(header.value());
            }
        }
        return Ruling.NONE;
    }

    /**
     * What the value of the first {@link #HEADER} of a record says.
     *
     * @param word {@code null} if it has none
     */
    public static Ruling of(byte @Nullable [] word) {
        if (Arrays.equals(word, RELEASE)) {
            return Ruling.RELEASE;
        } else if (Arrays.equals(word, REJECT)) {
            return Ruling.REJECT;
        }
        if (Arrays.equals(word, END)) {
            return Ruling.INPUT_ENDED;
        }
        return Arrays.equals(word, RESET) ? Ruling.RESET : Ruling.NONE;
    }
}
