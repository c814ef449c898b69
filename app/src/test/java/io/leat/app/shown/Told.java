package io.leat.app.shown;

import io.leat.testkit.PlainJson;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Where a command says the scrapes went. */
record Told(long in, long changed, long unchanged, long stale, long dead) {

    private static final Pattern SENTENCE = Pattern.compile(
            "in ([\\d,]+) = changed ([\\d,]+) \\+ unchanged ([\\d,]+) \\+ stale ([\\d,]+) \\+ dead ([\\d,]+) ");

    /** From the sentence for people, wherever it stands; one that says ≠ is not found. */
    static Told sentence(String text) {
        Matcher found = SENTENCE.matcher(text);
        if (!found.find()) {
            throw new AssertionError("no tally that balances in:\n" + text);
        }
        return new Told(number(found, 1), number(found, 2), number(found, 3), number(found, 4), number(found, 5));
    }

    /** From the result for programs. */
    static Told json(String line) {
        JsonNode result = PlainJson.parse(line);
        if (!result.path("balances").booleanValue()) {
            throw new AssertionError("no tally that balances: " + line);
        }
        return new Told(
                result.required("in").longValue(),
                result.required("changed").longValue(),
                result.required("unchanged").longValue(),
                result.required("stale").longValue(),
                result.required("dead").longValue());
    }

    boolean balances() {
        return in == changed + unchanged + stale + dead;
    }

    private static long number(Matcher found, int group) {
        return Long.parseLong(found.group(group).replace(",", ""));
    }
}
