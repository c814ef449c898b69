package io.leat.core;

/**
 * Why a scrape is not an item.
 *
 * @param code the stable reason
 * @param field the dotted path of the field at fault; empty if it is the record as a whole
 * @param message one sentence: the rule, what was expected and a short quote of what was found
 * @param contract the contract version that was broken; empty if none was
 */
public record Refusal(Code code, String field, String message, String contract) {

    /** The reasons. Names and words are public: tools and people filter by them. */
    public enum Code {
        NOT_JSON("The value is not a well-formed JSON text."),
        NOT_AN_OBJECT("The value is JSON, but not an object."),
        BYTE_ORDER_MARK("The value starts with a byte order mark."),
        INVALID_UTF8("The value holds bytes that are not UTF-8."),
        TRAILING_BYTES("Something follows the JSON text."),
        NOT_A_NUMBER("The value holds NaN or Infinity, which JSON does not have."),
        DUPLICATE_NAME("An object has a name twice."),
        TOO_LARGE("The record, the item in canonical form, or what a change of it would come to has too many bytes."),
        TOO_DEEP("Objects and arrays lie within one another too deeply."),
        TOO_MANY_TOKENS("The record has too many names and values."),
        NAME_TOO_LONG("A member's name has too many characters."),
        STRING_TOO_LONG("A text has too many characters."),
        NUMBER_TOO_LONG("A number has too many digits, or an exponent beyond any use."),
        CONTRACT_BROKEN("The record breaks every version of the feed's contract."),
        CONTRACT_TOO_COSTLY(
                "Holding the record against the contract takes too many steps, as with a pattern that explodes."),
        VALUE_AMBIGUOUS("A field to be normalized can mean several values, and nothing says which."),
        VALUE_UNPARSED("A field to be normalized holds no value of the declared kind."),
        KEY_MISSING("A key field is absent, null or empty."),
        TIME_MISSING("The event-time field is absent or null."),
        TIME_INVALID("The event-time field is not a moment in the declared format."),
        TIME_IN_FUTURE("The event time is further ahead of the broker's clock than max_skew allows."),
        TIE_BREAK_INVALID("The tie-break field is absent or not a whole number."),
        INTERNAL("The record met a fault of Leat itself; the message names it.");

        private final String meaning;

        Code(String meaning) {
            this.meaning = meaning;
        }

        /** What it says, as one sentence. */
        public String meaning() {
            return meaning;
        }

        /** The word in headers, files and metrics: {@code not_json}. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** A refusal of the record as a whole. */
    public static Refusal of(Code code, String message) {
        return new Refusal(code, "", message, "");
    }

    /** A refusal for one field. */
    public static Refusal of(Code code, String field, String message) {
        return new Refusal(code, field, message, "");
    }
}
