package io.leat.format.feedfile;

/** Everything that can be wrong in a feed file. Codes are public and stable: a number is never used for another thing. */
public enum ProblemCode {
    FILE_UNREADABLE(101, "The file cannot be read", "It is absent, a directory, or its permissions forbid reading it."),
    OVER_LIMIT(
            102,
            "The file is over a limit",
            "A feed file has at most 262144 bytes, 50 levels of nesting and 20 aliases, and is one document."),
    NOT_A_CHOICE(
            103, "Not one of the words allowed here", "The key takes one of a few words, and this is none of them."),
    NOT_YAML(104, "Not YAML", "The file is not well-formed YAML 1.2 in UTF-8. Nothing else of it was judged."),
    EMPTY_FILE(105, "The file is empty", "A feed file declares at least `feed`, `key` and `time`."),
    TAG_REFUSED(
            106,
            "A tag or merge key is refused",
            "YAML tags (`!name`) name types of a program, and `<<` hides where a key comes from. A feed file is plain"
                    + " data."),
    UNKNOWN_KEY(110, "Unknown key", "No such key exists here. A misspelled key would otherwise be ignored in silence."),
    NOT_SUPPORTED_YET(
            111,
            "Not supported by this version yet",
            "The key is reserved for a later version. This version would not do what it says, so it refuses it."),
    DUPLICATE_KEY(
            112, "The key is there twice", "Each key stands once in its block; which of the two counts is unclear."),
    MISSING_KEY(113, "A required key is missing", "The feed cannot work without it, and there is no sensible default."),
    WRONG_TYPE(
            114,
            "The wrong kind of value",
            "Text, a number, a list or a block of keys stands where another is needed."),
    OUT_OF_RANGE(115, "Out of range", "The number or duration is smaller or larger than this key allows."),
    BAD_DURATION(
            116, "Not a duration", "A duration is a whole number and a unit: `500ms`, `60s`, `10m`, `24h`, `30d`."),
    LISTED_TWICE(117, "Listed twice", "The entry stands in the list before; naming it again does nothing."),
    EMPTY_VALUE(118, "Empty", "The text or list must not be empty."),
    NOT_COMPARED(119, "Not compared", "Former names and rules belong to fields that are compared."),
    BAD_REFERENCE(
            120,
            "Not a reference",
            "References are `${VAR}`, `${VAR:default}` and `${file:/path}`. A literal `${VAR}` is written `${{VAR}}`."),
    UNSET_VARIABLE(
            121, "The variable is not set", "The environment lacks the variable, and the reference has no default."),
    SECRET_UNREADABLE(
            122,
            "The referenced file cannot be read",
            "It is absent, unreadable, not UTF-8, or longer than 65536 bytes."),
    BAD_FEED_NAME(
            130,
            "Not a feed name",
            "Names become topic and file names: 1 to 63 of `a-z`, `0-9` and `-`, not starting with `-`."),
    BAD_TOPIC(
            131,
            "Not a topic for scrapes",
            "A Kafka topic has 1 to 249 of `a-z`, `A-Z`, `0-9`, `.`, `_`, `-`, and is none the feed itself writes."),
    PROPERTY_REFUSED(
            132,
            "A client property is refused",
            "Only settings of connection and security that cannot run code, load classes or open addresses pass"
                    + " through."),
    CONTRACT_UNREADABLE(
            140, "The contract cannot be read", "The schema file is absent, not a file, unreadable or too large."),
    CONTRACT_OUTSIDE(
            141,
            "The contract is outside the feed's directory",
            "A contract lies beside the feed file or below it, symbolic links followed."),
    CONTRACT_UNUSABLE(
            142, "The contract is no usable schema", "The file is not JSON, or not a JSON Schema that compiles."),
    BAD_FIELD_PATH(
            150,
            "Not a field path",
            "Names from the outside in, joined by dots: `record.price`. A dot in a name is `\\.`."),
    COMPARE_OR_IGNORE(
            151, "Either compare or ignore", "`changes` names the fields that tell a change, or those that do not."),
    BAD_NORMALIZER(
            180,
            "Not a normalizer",
            "`normalize` names for each field what it is: `money`, `number`, `unit_price`, `availability`, `text`,"
                    + " `url`, `timestamp` or `boolean`."),
    NORMALIZER_OPTION(
            181, "Not an option of this normalizer", "Each normalizer takes only the keys that it would act on."),
    BAD_LOCALE(182, "Not a locale", "A locale is `auto`, a language such as `de`, or both such as `en-IN`."),
    BAD_ZONE(183, "Not a time zone", "A time zone is a name of the tz database such as `Europe/Berlin`, or `UTC`."),
    NORMALIZED_TWICE(
            184,
            "Two normal forms for one field",
            "A field is normalized once, and no other normalizer may write its currency or unit into it."),
    BAD_LANGUAGE(185, "Not a known language", "The languages of dates are listed in [words](words.md)."),
    BAD_BASE(
            186,
            "Not a base",
            "Relative addresses are read from an absolute `http` or `https` address without a user."),
    BAD_SINK_NAME(
            220,
            "Not a sink's name",
            "Names become part of a consumer group's name: 1 to 63 of `a-z`, `0-9` and `-`, not starting with `-`."),
    BAD_WEBHOOK_URL(
            221,
            "Not a webhook's address",
            "An address that any two programs could read differently is refused, as is all but http and https."),
    BAD_WEBHOOK_SECRET(
            222,
            "Not a webhook's secret",
            "`whsec_` and base64 of 24 to 64 bytes, or `whsk_` and base64 of an ed25519 key."),
    BAD_FILTER(
            223,
            "Not a condition",
            "A condition is an expression in CEL over the change record that is true or false."),
    GONE_NOT_TOLD(
            224,
            "What is gone is not told",
            "A condition that reads only `after` has no answer for `gone` and `reset`, where `after` is null: the"
                    + " client is not told that something it knows is no more.",
            true),
    NEVER_ANSWERED(
            230,
            "The condition has no answer",
            "A condition speaks of something that no change of the feed has: `before` of a field that is not compared,"
                    + " or `average` of one of which no average is kept. Where it has no answer, a change is not told.",
            true),
    WEBHOOK_OUT_OF_REACH(
            231,
            "A webhook that is not allowed",
            "Deliveries go to public addresses, over https and to port 443 or 8443. Others have to be opened with"
                    + " `--allow-private-webhooks`; give it to `leat check` too.",
            true),
    SINK_OF_TWO_KINDS(
            232, "A sink of two kinds", "A sink has one end: each has a name, a cursor and a pace of its own."),
    NOT_FOR_THIS_SINK(
            233,
            "Not for this kind of sink",
            "The key belongs to sinks of another kind; here it would be ignored in silence."),
    BAD_FILES_PATH(
            234,
            "Not a place for files",
            "Files go to a directory, or to `s3://bucket` with or without a prefix. Where a bucket is and who asks for it"
                    + " belongs to buckets alone, and an access key has a secret key."),
    BAD_POSTGRES_URL(
            235,
            "Not a database's address",
            "`postgresql://host:port/database`. User and password stand beside it, so that an address can be shown; of the"
                    + " options, only those of TLS pass through."),
    BAD_TABLE(
            236,
            "Not a table's name",
            "Tables and their schemas are named with 1 to 63 letters, digits and `_`, not beginning with a digit; names that"
                    + " begin with `leat_` are taken."),
    BAD_COLUMN(
            237,
            "Not a column",
            "A column has a name as tables have, and a path to a member that changes have: see [the change"
                    + " record](change.md)."),
    BAD_BOOTSTRAP(
            238,
            "Not a cluster's address",
            "`host:port`, or several joined by commas. Logins and passwords stand in `properties`, so that an address can be"
                    + " shown."),
    BAD_RECORD_KEY(
            239,
            "Not a key of records",
            "Records are keyed by the item's key or by a field of it: by anything else, the changes of one item could get out"
                    + " of order."),
    NO_CONTRACT(160, "No contract", "Every JSON object that has the key and the time is let in.", true),
    TIME_COMPARED(
            161,
            "The time is compared",
            "The event time differs in every scrape, so every scrape becomes a change.",
            true),
    TIME_IN_KEY(
            162,
            "The time is part of the key",
            "The event time differs in every scrape, so every scrape is a new item.",
            true),
    COMPARED_IN_KEY(
            163,
            "A compared field is part of the key",
            "When the field changes, the item becomes another one: it is told as new, never as an update.",
            true),
    CONTRACT_WORD(
            164,
            "The contract has a word that is no keyword",
            "JSON Schema passes over words that it does not know, so what this one was to say is not checked. A word of your"
                    + " own begins with `x-`.",
            true),
    BAD_TOLERANCE(
            190,
            "Not a tolerance",
            "A tolerance is a number in the field's own unit, or with `%` a share of the last value told."),
    BAD_PLAUSIBLE(
            191,
            "Not a rule of plausibility",
            "A field that can be held has at least one bound, and its bounds leave something plausible."),
    NOT_IN_KEY(192, "Not in the key", "A key's site is one of the values that identify it."),
    GONE_NEVER(
            193, "Nothing would tell that a key is gone", "`gone` needs a time, `gone_after`, or a mark, `crawl_end`."),
    NO_AVERAGE(194, "No average is kept", "A rule that measures by a field's average needs the field in `average`."),
    BAD_WINDOW_NAME(
            200,
            "Not a name in a window",
            "Windows and their values are named with 1 to 63 of `a-z`, `0-9`, `-` and `_`, no two of them alike."),
    BAD_AGGREGATE(
            201,
            "Not a figure of a window",
            "A value is a function of one field, such as `avg(price)`; only `count()` needs none."),
    BAD_SLIDE(202, "Spans do not fit", "`slide` divides `every` without remainder, at most 288 times."),
    ALERTS_TO_NOBODY_YET(
            243,
            "A webhook that is told of alerts does not stand in the file",
            "`watch.to` may name a webhook that is made at run time, over REST or with `leat sinks create`. Until it is,"
                    + " nobody hears of alerts in its place; the name may be misspelled.",
            true);

    private final int number;
    private final String title;
    private final String explanation;
    private final boolean warning;

    ProblemCode(int number, String title, String explanation) {
        this(number, title, explanation, false);
    }

    ProblemCode(int number, String title, String explanation, boolean warning) {
        this.number = number;
        this.title = title;
        this.explanation = explanation;
        this.warning = warning;
    }

    /** The code people see: {@code LEAT-103}. */
    public String code() {
        return "LEAT-" + number;
    }

    /** What is wrong, in a few words of Markdown. */
    public String title() {
        return title;
    }

    /** What it means, as one or two sentences of Markdown. */
    public String explanation() {
        return explanation;
    }

    /** Whether the feed works nonetheless. */
    public boolean isWarning() {
        return warning;
    }
}
