package io.leat.core.normalize;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Answers to the texts that were read lately, in front of a reader of one declared field. Prices and words of a shop repeat; what
 * has been read need not be read again.
 *
 * <p>Its size is fixed and long texts are not kept, so no input makes it grow. Each place holds two answers: a new text takes the
 * second, and only one that is seen again takes the first. So a stream of texts that never repeat drives out newcomers alone.
 * Thread-safe without locks: entries are immutable, and a lost one is read anew.
 *
 * @param <T> the kind of the normal form
 */
public final class Remembering<T> {

    /** Longer texts are read each time. */
    public static final int MOST_CHARACTERS = 120;

    private static final int PLACES = 1 << 10;

    private final Reader<T> reader;
    private final @Nullable Entry<T>[] first = room();
    private final @Nullable Entry<T>[] second = room();

    /** Reads a text; always answers the same to the same. */
    @FunctionalInterface
    public interface Reader<T> {

        /**
         * The text in its normal form.
         *
         * @param text as scraped
         * @param beside another text of the record that may say more, {@code null} if there is none
         */
        Normalized<T> read(String text, @Nullable String beside);
    }

    private record Entry<T>(String text, @Nullable String beside, Normalized<T> answer) {

        boolean isOf(String asked, @Nullable String with) {
            return text.equals(asked) && Objects.equals(beside, with);
        }
    }

    public Remembering(Reader<T> reader) {
        this.reader = reader;
    }

    /** The text in its normal form, read or remembered. */
    public Normalized<T> read(String text, @Nullable String beside) {
        if (text.length() > MOST_CHARACTERS || beside != null && beside.length() > MOST_CHARACTERS) {
            return reader.read(text, beside);
        }
        int hash = text.hashCode() + 31 * Objects.hashCode(beside);
        int place = (hash ^ hash >>> 16) & PLACES - 1;
        Entry<T> kept = first[place];
        if (kept != null && kept.isOf(text, beside)) {
            return kept.answer();
        }
        Entry<T> newcomer = second[place];
        if (newcomer != null && newcomer.isOf(text, beside)) {
            first[place] = newcomer;
            second[place] = kept;
            return newcomer.answer();
        }
        Normalized<T> answer = reader.read(text, beside);
        second[place] = new Entry<>(text, beside, answer);
        return answer;
    }

    @SuppressWarnings("unchecked") // an array of a generic type cannot be made otherwise
    private static <T> @Nullable Entry<T>[] room() {
        return (@Nullable Entry<T>[]) new Entry<?>[PLACES];
    }
}
