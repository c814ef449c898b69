package io.leat.format;

import io.leat.core.FieldPath;
import io.leat.core.Refusal;
import io.leat.core.Refusal.Code;
import io.leat.core.normalize.Availabilities;
import io.leat.core.normalize.Availability;
import io.leat.core.normalize.Booleans;
import io.leat.core.normalize.DateCalendar;
import io.leat.core.normalize.Denomination;
import io.leat.core.normalize.Money;
import io.leat.core.normalize.Normalization;
import io.leat.core.normalize.Normalized;
import io.leat.core.normalize.Normalized.Ambiguous;
import io.leat.core.normalize.Normalized.Normal;
import io.leat.core.normalize.Normalized.Unparsed;
import io.leat.core.normalize.Normalizer;
import io.leat.core.normalize.Normalizer.OfAvailability;
import io.leat.core.normalize.Normalizer.OfBoolean;
import io.leat.core.normalize.Normalizer.OfMoney;
import io.leat.core.normalize.Normalizer.OfNumber;
import io.leat.core.normalize.Normalizer.OfText;
import io.leat.core.normalize.Normalizer.OfTimestamp;
import io.leat.core.normalize.Normalizer.OfUnitPrice;
import io.leat.core.normalize.Normalizer.OfUrl;
import io.leat.core.normalize.Numbers;
import io.leat.core.normalize.Prices;
import io.leat.core.normalize.Remembering;
import io.leat.core.normalize.Texts;
import io.leat.core.normalize.Timestamps;
import io.leat.core.normalize.UnitPrice;
import io.leat.core.normalize.UnitPrices;
import io.leat.core.normalize.Urls;
import io.leat.format.json.CanonicalText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads one declared field of a record in its normal form. Thread-safe. */
final class FieldReader {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Normalization declared;
    private final Words words;
    private final Remembering<Money> prices;
    private final Remembering<UnitPrice> unitPrices;
    private final Remembering<BigDecimal> numbers;
    private final Remembering<Availability> states;
    private final Remembering<String> texts;

    FieldReader(Normalization declared) {
        this.declared = declared;
        this.words = Words.of(declared.as());
        this.prices = new Remembering<>((text, beside) -> Prices.read(text, beside, (OfMoney) declared.as()));
        this.unitPrices = new Remembering<>(
                (text, beside) -> UnitPrices.read(text, beside, ((OfUnitPrice) declared.as()).locality()));
        this.numbers = new Remembering<>((text, beside) -> Numbers.read(text, ((OfNumber) declared.as()).locality()));
        this.states = new Remembering<>((text, beside) -> words.availabilities().read(text));
        this.texts = new Remembering<>((text, beside) -> declared.as() instanceof OfUrl
                ? words.addresses().read(text)
                : words.moments().read(text));
    }

    /** The readers of what a site may write in its own way; those that the field does not need are the usual ones. */
    private record Words(Availabilities availabilities, Timestamps moments, Urls addresses) {

        private static final Words USUAL = new Words(
                Availabilities.with(Map.of()),
                Timestamps.of(new OfTimestamp(null, Timestamps.Order.AUTO, List.of(), DateCalendar.GREGORIAN)),
                Urls.usual());

        static Words of(Normalizer as) {
            return new Words(
                    as instanceof OfAvailability own ? Availabilities.with(own.words()) : USUAL.availabilities(),
                    as instanceof OfTimestamp own ? Timestamps.of(own) : USUAL.moments(),
                    as instanceof OfUrl own ? Urls.of(own) : USUAL.addresses());
        }
    }

    /** A value for a field. */
    record Put(FieldPath field, JsonNode value) {}

    /**
     * What was read.
     *
     * @param puts what the record gets
     * @param refusal why the record is no item, {@code null} if nothing is wrong
     */
    record Reading(List<Put> puts, @Nullable Refusal refusal) {}

    FieldPath path() {
        return declared.field();
    }

    /** Reads a value that is there and not null. */
    Reading read(JsonNode value, JsonNode rec) {
        Normalizer as = declared.as();
        if (as instanceof OfMoney money) {
            return money(value, rec, money);
        }
        if (as instanceof OfUnitPrice price) {
            return unitPrice(value, rec, price);
        }
        return simple(value, as);
    }

    private Reading simple(JsonNode value, Normalizer as) {
        if (as instanceof OfNumber) {
            return value.isNumber()
                    ? new Reading(List.of(), null)
                    : reading(value, text(value, text -> numbers.read(text, null)), NODES::numberNode);
        }
        if (as instanceof OfAvailability) {
            return reading(value, availability(value), (Availability found) -> NODES.stringNode(found.word()));
        }
        if (as instanceof OfTimestamp) {
            Normalized<String> moment = value.isNumber()
                    ? words.moments().read(value.decimalValue())
                    : text(value, text -> texts.read(text, null));
            return reading(value, moment, NODES::stringNode);
        }
        if (as instanceof OfBoolean) {
            return value.isBoolean()
                    ? new Reading(List.of(), null)
                    : reading(value, word(value, Booleans::read), NODES::booleanNode);
        }
        if (as instanceof OfUrl) {
            return reading(value, text(value, text -> texts.read(text, null)), NODES::stringNode);
        }
        if (as instanceof OfText) {
            return reading(value, word(value, Texts::read), NODES::stringNode);
        }
        throw new IllegalStateException("no reader for " + as);
    }

    private Normalized<Availability> availability(JsonNode value) {
        if (value.isBoolean()) {
            return Availabilities.read(value.booleanValue());
        }
        return value.isNumber()
                ? Availabilities.read(value.decimalValue())
                : text(value, text -> states.read(text, null));
    }

    private Reading money(JsonNode value, JsonNode rec, OfMoney as) {
        String hint = hint(rec, as.currency());
        Normalized<Money> money = value.isNumber()
                ? Prices.read(value.decimalValue(), hint, as)
                : text(value, text -> prices.read(text, hint));
        if (!(money instanceof Normal<Money> normal)) {
            return reading(value, money, found -> NODES.numberNode(found.amount()));
        }
        List<Put> puts = new ArrayList<>();
        puts.add(new Put(declared.field(), NODES.numberNode(normal.value().amount())));
        return denominated(value, rec, as.currency(), normal.value().in(), puts);
    }

    private Reading unitPrice(JsonNode value, JsonNode rec, OfUnitPrice as) {
        String hint = hint(rec, as.currency());
        if (value.isNumber() && as.unit() == null) {
            Denomination in = Prices.denomination(hint, as.locality());
            return denominated(value, rec, as.currency(), in, new ArrayList<>());
        }
        Normalized<UnitPrice> price = value.isNumber()
                ? UnitPrices.read(
                        value.decimalValue(), Objects.requireNonNullElse(hint(rec, as.unit()), ""), hint, as.locality())
                : text(value, text -> unitPrices.read(text, hint));
        if (!(price instanceof Normal<UnitPrice> normal)) {
            return reading(value, price, found -> NODES.numberNode(found.amount()));
        }
        List<Put> puts = new ArrayList<>();
        puts.add(new Put(declared.field(), NODES.numberNode(normal.value().amount())));
        if (as.unit() != null) {
            puts.add(new Put(as.unit(), NODES.stringNode(normal.value().unit())));
        }
        return denominated(value, rec, as.currency(), normal.value().in(), puts);
    }

    /** Adds what an amount is in. Hundredths would pass for a hundred times as much if no field told them apart. */
    private Reading denominated(
            JsonNode value, JsonNode rec, @Nullable FieldPath field, Denomination in, List<Put> puts) {
        boolean isTold = field != null && Normalizing.mayHold(rec, field);
        if (in.isHundredths() && !isTold) {
            return reading(
                    value, new Ambiguous<>("hundredths of a currency, and no field to tell that"), unused -> value);
        }
        if (field != null) {
            puts.add(new Put(field, in.word() == null ? NODES.nullNode() : NODES.stringNode(in.word())));
        }
        return new Reading(puts, null);
    }

    private static @Nullable String hint(JsonNode rec, @Nullable FieldPath field) {
        JsonNode hint = field == null ? NODES.missingNode() : Normalizing.at(rec, field);
        return hint.isString() ? hint.stringValue() : null;
    }

    private <T> Reading reading(JsonNode value, Normalized<T> read, Function<T, JsonNode> node) {
        if (read instanceof Normal<T> normal) {
            return new Reading(List.of(new Put(declared.field(), node.apply(normal.value()))), null);
        }
        boolean isFailure = read instanceof Ambiguous || read instanceof Unparsed;
        if (isFailure && !declared.nullOnFailure()) {
            return read instanceof Ambiguous<T> ambiguous
                    ? failed(Code.VALUE_AMBIGUOUS, declared.field(), ambiguous.why(), value)
                    : failed(Code.VALUE_UNPARSED, declared.field(), ((Unparsed<T>) read).why(), value);
        }
        return new Reading(List.of(new Put(declared.field(), NODES.nullNode())), null);
    }

    private static Reading failed(Code code, FieldPath field, String why, JsonNode value) {
        return new Reading(
                List.of(),
                Refusal.of(
                        code,
                        field.toString(),
                        "The field '%s' cannot be normalized: %s; found %s.".formatted(field, why, Quote.of(value))));
    }

    private static <T> Normalized<T> text(JsonNode value, Function<String, Normalized<T>> read) {
        return value.isString()
                ? read.apply(value.stringValue())
                : new Unparsed<>("neither text nor what it should be");
    }

    /** Text, or a number as text: 0 and 1. */
    private static <T> Normalized<T> word(JsonNode value, Function<String, Normalized<T>> read) {
        BigDecimal number = value.isNumber() ? value.decimalValue() : null;
        return number == null ? text(value, read) : read.apply(CanonicalText.plain(number));
    }
}
