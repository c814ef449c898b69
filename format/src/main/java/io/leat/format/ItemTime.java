package io.leat.format;

import io.leat.core.ChangeId;
import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Refusal;
import io.leat.core.Refusal.Code;
import io.leat.format.json.CanonicalText;
import io.leat.format.json.Document;
import io.leat.format.json.JsonKind;
import io.leat.format.json.Name;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads when a record was extracted, and what orders it among those of the same moment. */
final class ItemTime {

    private final Feed.Time time;
    private final String field;
    private final Name[] path;
    private final Name @Nullable [] tieBreak;

    ItemTime(Feed.Time time) {
        this.time = time;
        this.field = time.field().toString();
        this.path = Name.path(time.field());
        FieldPath tie = time.tieBreak();
        this.tieBreak = tie == null ? null : Name.path(tie);
    }

    /** The event time in microseconds since 1970. */
    Lookup<Long> of(Document rec, long brokerTimeMillis) {
        int value = rec.at(path);
        if (Records.isEmpty(rec, value)) {
            return missing(
                    Code.TIME_MISSING, "The event-time field '%s' is %s.".formatted(field, Records.word(rec, value)));
        }
        Long micros = EventTimes.read(rec, value, time.format());
        if (micros == null) {
            return missing(
                    Code.TIME_INVALID,
                    "The event-time field '%s' should be %s, found %s."
                            .formatted(field, time.format().name().toLowerCase(Locale.ROOT), Quote.of(rec, value)));
        }
        long aheadMillis = Math.floorDiv(micros, 1_000) - brokerTimeMillis;
        if (aheadMillis > time.maxSkew().toMillis()) {
            return missing(
                    Code.TIME_IN_FUTURE,
                    "The event time %s is %s s ahead of the broker's clock, max_skew allows %s s."
                            .formatted(
                                    EventTimes.format(micros),
                                    aheadMillis / 1_000,
                                    time.maxSkew().toSeconds()));
        }
        return new Lookup.Found<>(micros);
    }

    /** Whether the record itself says what orders it. */
    boolean isTieDeclared() {
        return tieBreak != null;
    }

    /** What orders the record among those of its moment: the declared number, else a hash of its canonical body. */
    Lookup<Long> tie(Document rec, CanonicalText body) {
        if (tieBreak == null) {
            return new Lookup.Found<>(ChangeId.tie(body.utf8()));
        }
        int value = rec.at(tieBreak);
        Long number = whole(rec, value);
        return number != null
                ? new Lookup.Found<>(number)
                : new Lookup.Missing<>(Refusal.of(
                        Code.TIE_BREAK_INVALID,
                        String.valueOf(time.tieBreak()),
                        "The tie-break field '%s' should be a whole number, found %s."
                                .formatted(time.tieBreak(), Quote.of(rec, value))));
    }

    private static @Nullable Long whole(Document rec, int value) {
        if (rec.kind(value) != JsonKind.NUMBER || !rec.isDigits(value)) {
            return null;
        }
        try {
            return rec.decimal(value).longValueExact();
        } catch (ArithmeticException e) {
            return null;
        }
    }

    private Lookup<Long> missing(Code code, String message) {
        return new Lookup.Missing<>(Refusal.of(code, field, message));
    }
}
