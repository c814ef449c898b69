package io.leat.app.cli;

import io.leat.app.exit.Failure;
import io.leat.app.log.SafeText;
import io.leat.core.Tally;
import io.leat.format.Problem;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What a command says at its end: to a person on stderr, to a program as one JSON object on stdout. */
final class Speech {

    private static final JsonMapper JSON = new JsonMapper();

    private final Surroundings around;
    private final boolean json;

    Speech(Surroundings around, boolean json) {
        this.around = around;
        this.json = json;
    }

    /** One JSON object on a line of its own. */
    void object(Map<String, ?> members) {
        around.out().println(text(members));
        around.out().flush();
    }

    /** One JSON object as text. */
    static String text(Map<String, ?> members) {
        return JSON.writeValueAsString(members);
    }

    void failure(Failure failure) {
        failure(failure, true);
    }

    /** @param isLogged whether a log says more; if none does, what a failure refers to it for is printed */
    void failure(Failure failure, boolean isLogged) {
        String hint = isLogged
                ? failure.hint()
                : failure.hint().replace(Failure.LOG_SAYS_MORE, "").strip();
        if (json) {
            Map<String, Object> error = new LinkedHashMap<>();
            error.put("code", failure.code());
            error.put("exit", failure.exit().code());
            error.put("message", failure.sentence());
            error.put("hint", hint);
            object(Map.of("error", error));
        } else {
            around.err().println(failure.code() + "  " + SafeText.of(failure.sentence()));
            if (!hint.isEmpty()) {
                around.err().println("          " + SafeText.of(hint));
            }
        }
        Throwable cause = failure.getCause();
        if (cause != null && !isLogged && failure.hint().contains(Failure.LOG_SAYS_MORE)) {
            StringWriter trace = new StringWriter();
            cause.printStackTrace(new PrintWriter(trace));
            trace.toString().lines().forEach(line -> around.err().println(SafeText.of(line.replace("\t", "    "))));
        }
    }

    /** The problems of a feed file; an empty list says that there are none. */
    void problems(String file, List<Problem> problems, List<Problem> warnings) {
        if (json) {
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("file", file);
            report.put("valid", problems.isEmpty());
            report.put("problems", problems.stream().map(Speech::members).toList());
            report.put("warnings", warnings.stream().map(Speech::members).toList());
            object(report);
            return;
        }
        warnings.forEach(warning -> around.notice(SafeText.of("warning: " + warning)));
        problems.forEach(problem -> around.err().println(SafeText.of(problem.toString())));
        if (!problems.isEmpty()) {
            around.err()
                    .println("%s problem%s. Nothing was started."
                            .formatted(problems.size(), problems.size() == 1 ? "" : "s"));
        }
    }

    private static Map<String, Object> members(Problem problem) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("file", problem.file());
        members.put("line", problem.line());
        members.put("column", problem.column());
        members.put("code", problem.code());
        members.put("message", problem.message());
        members.put("hint", problem.hint());
        return members;
    }

    /** The tally as a program reads it. */
    static Map<String, Object> members(String feed, Tally tally) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("feed", feed);
        members.put("in", tally.in());
        members.put("changed", tally.changed());
        members.put("unchanged", tally.unchanged());
        members.put("stale", tally.stale());
        members.put("dead", tally.dead());
        members.put("in_flight", tally.inFlight());
        members.put("balances", tally.balances());
        members.put("suppressed", tally.suppressedShare());
        members.put("late", tally.late());
        members.put("seeded", tally.seeded());
        members.put("unsettled", tally.unsettled());
        members.put("held", tally.held());
        return members;
    }

    /** The tally as a person reads it. */
    static String sentence(Tally tally) {
        return String.format(
                Locale.ROOT,
                "in %,d = changed %,d + unchanged %,d + stale %,d + dead %,d%s%s%s%s%s   (%.1f %% suppressed)",
                tally.in(),
                tally.changed(),
                tally.unchanged(),
                tally.stale(),
                tally.dead(),
                ifAny("seeded", tally.seeded()),
                ifAny("unsettled", tally.unsettled()),
                ifAny("held", tally.held()),
                ifAny("late", tally.late()),
                ifAny("in flight", tally.inFlight()),
                100 * tally.suppressedShare());
    }

    /** Where scrapes were left out because nobody says in which order they come, a warning; empty if none were. */
    static String tied(long tied) {
        return tied == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "warning: %,d stale scrapes show other values than one of the same key and moment."
                                + " Name the field that orders them: time.tie_break.%n",
                        tied);
    }

    private static String ifAny(String what, long count) {
        return count == 0 ? "" : String.format(Locale.ROOT, " + %s %,d", what, count);
    }
}
