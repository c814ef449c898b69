package io.leat.app.shown;

import io.leat.testkit.PlainJson;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Where a command says the scrapes went.
 *
 * @param waiting late, remembered silently, unsettled or held
 * @param inFlight read and not yet decided when the command was stopped
 */
record Told(long in, long changed, long unchanged, long stale, long dead, long waiting, long inFlight) {

    private static final Pattern SENTENCE = Pattern.compile(
            "in ([\\d,]+) = changed ([\\d,]+) \\+ unchanged ([\\d,]+) \\+ stale ([\\d,]+) \\+ dead ([\\d,]+)((?: \\+ [a-z]+ [\\d,]+)*)(?: \\+ in flight ([\\d,]+))? ");
    private static final Pattern TERM = Pattern.compile("[\\d,]+");

    /** From the sentence for people, wherever it stands. */
    static Told sentence(String text) {
        Matcher found = SENTENCE.matcher(text);
        if (!found.find()) {
            throw new AssertionError("no tally in:\n" + text);
        }
        return new Told(
                number(found, 1),
                number(found, 2),
                number(found, 3),
                number(found, 4),
                number(found, 5),
                TERM.matcher(found.group(6))
                        .results()
                        .mapToLong(term -> number(term.group()))
                        .sum(),
                found.group(7) == null ? 0 : number(found, 7));
    }

    /** From the result for programs. */
    static Told json(String line) {
        JsonNode result = PlainJson.parse(line);
        return new Told(
                result.required("in").longValue(),
                result.required("changed").longValue(),
                result.required("unchanged").longValue(),
                result.required("stale").longValue(),
                result.required("dead").longValue(),
                result.required("late").longValue()
                        + result.required("seeded").longValue()
                        + result.required("unsettled").longValue()
                        + result.required("held").longValue(),
                result.required("in_flight").longValue());
    }

    /** Whether every scrape is accounted for. */
    boolean balances() {
        return inFlight >= 0 && in == changed + unchanged + stale + dead + waiting + inFlight;
    }

    /** Whether every scrape is accounted for and none is on its way. */
    boolean isComplete() {
        return inFlight == 0 && balances();
    }

    private static long number(Matcher found, int group) {
        return number(found.group(group));
    }

    private static long number(String text) {
        return Long.parseLong(text.replace(",", ""));
    }
}
