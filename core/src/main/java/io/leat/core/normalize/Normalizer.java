package io.leat.core.normalize;

import io.leat.core.FieldPath;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A kind of value, and what has to be known to read it. */
public sealed interface Normalizer extends Serializable {

    /**
     * An amount of money: a number.
     *
     * @param currency the field that gets the ISO 4217 code; what stood there names the currency too. {@code null} if the
     *     currency does not matter
     */
    record OfMoney(@Nullable FieldPath currency, Locality locality, Money.Several several, Money.Negative negative)
            implements Normalizer {}

    /** A number. */
    record OfNumber(Locality locality) implements Normalizer {}

    /**
     * A price per base unit: a number.
     *
     * @param currency as for money
     * @param unit the field that gets the base unit, {@code null} if it does not matter
     */
    record OfUnitPrice(@Nullable FieldPath currency, @Nullable FieldPath unit, Locality locality)
            implements Normalizer {}

    /**
     * Whether an item can be had: a word of {@link Availability}.
     *
     * @param words phrases that this site uses, by what they mean; they come before all others
     */
    record OfAvailability(Map<Availability, List<String>> words) implements Normalizer {}

    /** Text for people. */
    record OfText() implements Normalizer {}

    /**
     * The address of a page: text.
     *
     * @param base what relative addresses are relative to, {@code null} if there are none
     * @param drop parameters that name nothing on this site, beside the known ones; a star at the end stands for any ending
     * @param keep parameters that name something on this site, though they are known as trackers
     */
    record OfUrl(@Nullable String base, List<String> drop, List<String> keep, Urls.Fragment fragment)
            implements Normalizer {}

    /**
     * A moment: text, RFC 3339 in UTC.
     *
     * @param zone where times without an offset were written, {@code null} if that is not known
     * @param languages the languages that names may be of, by their codes; empty if any
     */
    record OfTimestamp(@Nullable ZoneId zone, Timestamps.Order order, List<String> languages, DateCalendar calendar)
            implements Normalizer {}

    /** Yes or no: true or false. */
    record OfBoolean() implements Normalizer {}
}
