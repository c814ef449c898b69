package io.leat.format.feedfile;

/** {@code normalize}: what values are made comparable. */
enum NormalizeKey implements FeedKey {
    NORMALIZE(
            "normalize",
            "block of field paths",
            "none: values are taken as scraped",
            "{price: {as: money, currency: currency}, title: text}",
            "Fields whose values are made comparable before key, time and changes are looked at. The normal form"
                    + " replaces the value; what was scraped is kept in the change's `scraped`. A word alone means `as`. A"
                    + " field that is absent or null stays so."),
    AS(
            "normalize[].as",
            "`money`, `number`, `unit_price`, `availability`, `text`, `url`, `timestamp` or `boolean`",
            "required",
            "money",
            "What the value is. `money`, `number` and `unit_price` become exact numbers, a unit price that of one kg,"
                    + " l, m, m2 or piece; `availability` one of the words `in_stock`, `limited`, `out_of_stock`,"
                    + " `sold_out`, `preorder`, `backorder`, `discontinued`, `in_store_only`, `online_only`; `timestamp`"
                    + " RFC 3339 in UTC; `boolean` true or false; `url` and `text` one spelling."),
    CURRENCY(
            "normalize[].currency",
            "field path",
            "the currency does not matter",
            "currency",
            "For `money` and `unit_price`: the field that gets the ISO 4217 code, or null if no currency is named."
                    + " What stood there decides where the price itself leaves it open. A mark that several currencies"
                    + " share (`kr`), or that ISO 4217 has no code for (`¢`), is not guessed at: the field gets the mark"
                    + " as it stands, which is never a code. A region in `locale` decides such marks."),
    LOCALE(
            "normalize[].locale",
            "`auto`, a language such as `de`, language and region such as `en-IN`, or with a script `zh-Hant-TW`",
            "auto",
            "de",
            "For `money`, `number` and `unit_price`: decides whether `1.299` is a thousand or one and a bit, and which"
                    + " dollar `$` is. With `auto` the text itself has to show it; where it does not, it is ambiguous."
                    + " Where the text shows it, as `1,299.00` does, the locale decides nothing. Separators are those of"
                    + " Unicode CLDR; for `en-ZA` it is the point that shops there write."),
    SEVERAL(
            "normalize[].several",
            "`first`, `lowest`, `highest` or `refuse`",
            "first",
            "lowest",
            "For `money`: which price counts where a text holds several, or a range. `refuse` makes the text"
                    + " ambiguous."),
    NEGATIVE(
            "normalize[].negative",
            "`allow` or `refuse`",
            "allow",
            "refuse",
            "For `money`: whether an amount below zero, such as `-5.00 €`, is told or has no normal form. What may be"
                    + " below zero or not, such as `(5.00)` or `5.00-`, is ambiguous either way."),
    UNIT(
            "normalize[].unit",
            "field path",
            "the unit does not matter",
            "unit",
            "For `unit_price`: the field that gets the base unit."),
    ZONE(
            "normalize[].zone",
            "time zone such as `Europe/Berlin`",
            "none: a time without offset is ambiguous",
            "Europe/Berlin",
            "For `timestamp`: where times without an offset were written."),
    ORDER(
            "normalize[].order",
            "`auto`, `day_first` or `month_first`",
            "auto",
            "day_first",
            "For `timestamp`: how `07/02/2026` is meant. With `auto` it is ambiguous unless a weekday, or a word of a"
                    + " language that writes the day first, decides; with points it is the day first."),
    LANGUAGES(
            "normalize[].languages",
            "language, or list of languages",
            "every language in [words](words.md)",
            "[hr, sl]",
            "For `timestamp`: the languages that names of months and weekdays may be of. Only they are known then, and"
                    + " a name that means different months in different languages (`listopada`) is no longer ambiguous."),
    CALENDAR(
            "normalize[].calendar",
            "`gregorian`, `buddhist`, `persian` or `islamic`",
            "gregorian",
            "buddhist",
            "For `timestamp`: whose years and months dates are written in. Without it a year outside of 1900 to 2199"
                    + " is refused, for it is one of another calendar. What machines write (`2026-02-07T17:22:01Z`) is"
                    + " always gregorian."),
    WORDS(
            "normalize[].words",
            "block of states, each with a phrase or a list of phrases",
            "none",
            "{in_stock: [Add to cart], backorder: Ships in 2 weeks}",
            "For `availability`: phrases that this site uses, by the state they mean. They come before all that is"
                    + " known; a text that is such a phrase as a whole means just that."),
    BASE(
            "normalize[].base",
            "absolute http or https address",
            "none: relative addresses are refused",
            "https://shop.example/",
            "For `url`: the page that relative addresses (`/p/1`, `?id=7`) are relative to."),
    DROP(
            "normalize[].drop",
            "name, or list of names",
            "none",
            "[band_rank, ref_*]",
            "For `url`: parameters of this site that name nothing, dropped beside those that are known. A star at the"
                    + " end stands for any ending; small and capital letters are alike."),
    KEEP(
            "normalize[].keep",
            "name, or list of names",
            "none",
            "[trk]",
            "For `url`: parameters that name something on this site and stay, though they are known as trackers."),
    FRAGMENT(
            "normalize[].fragment",
            "`auto`, `keep` or `drop`",
            "auto",
            "drop",
            "For `url`: what becomes of what stands behind `#`. With `auto` a route stays, such as `#/product/1` or"
                    + " `#!item=12`, for it names a page; an anchor goes."),
    ON_FAILURE(
            "normalize[].on_failure",
            "`refuse` or `null`",
            "refuse",
            "null",
            "What becomes of a value that has no normal form, or several: the scrape is refused as a dead letter, or"
                    + " the field is null.");

    @SuppressWarnings("ImmutableEnumChecker") // a record of texts
    private final FeedKey.Text text;

    NormalizeKey(String path, String type, String fallback, String example, String meaning) {
        text = new FeedKey.Text(path, type, fallback, example, meaning);
    }

    @Override
    public FeedKey.Text text() {
        return text;
    }
}
