package io.leat.app.trace;

import io.leat.app.log.SafeText;
import io.leat.app.panel.Amounts;
import io.leat.core.Change;
import io.leat.core.ChangeId;
import io.leat.core.Compared;
import io.leat.core.Decision;
import io.leat.core.Doubt;
import io.leat.core.Evidence;
import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.HeldNote;
import io.leat.core.Item;
import io.leat.core.Known;
import io.leat.core.Refusal;
import io.leat.core.Ruling;
import io.leat.core.Settling;
import io.leat.core.Why;
import io.leat.delivery.TracedDelivery;
import io.leat.format.EventTimes;
import io.leat.format.Fate;
import io.leat.format.LoggedChange;
import io.leat.format.TracedRecord;
import io.leat.format.TracedRecord.Agreement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A trace as people read it: one paragraph a record, a word at the beginning of each line. For one thread. */
public final class TraceText {

    private static final int MOST_VALUES = 8;

    private final Trace trace;
    private final Feed feed;
    private final List<String> lines = new ArrayList<>();

    private TraceText(Trace trace, Feed feed) {
        this.trace = trace;
        this.feed = feed;
    }

    /** Its lines, fit for a terminal. */
    public static List<String> lines(Trace trace, Feed feed) {
        TraceText text = new TraceText(trace, feed);
        text.head();
        trace.found().records().forEach(text::record);
        return text.lines.stream().map(SafeText::of).toList();
    }

    /** The change that a record told, {@code null} if none: as the log has it, else as it was decided. */
    static @Nullable Change told(TracedRecord traced) {
        LoggedChange logged = traced.logged();
        if (logged != null) {
            return logged.change();
        }
        return traced.fate() instanceof Fate.Decided decided && decided.decision() instanceof Decision.Told told
                ? told.change()
                : null;
    }

    private void head() {
        lines.add(
                trace.key() == null
                        ? "feed %s, a record without a key".formatted(trace.feed())
                        : "feed %s, key %s".formatted(trace.feed(), trace.key()));
        Long oldest = trace.oldestMillis();
        String cut = trace.raw().stream()
                .filter(span -> span.first() > 0)
                .map(span -> "%s at %s".formatted(span.partition(), span.first()))
                .collect(Collectors.joining(", "));
        line(
                "looked",
                "%s, %s".formatted(trace.rawTopic(), oldest == null ? "which is empty" : "from " + moment(oldest)));
        if (!cut.isEmpty()) {
            more("what stood before is gone: partition " + cut);
        }
        LoggedChange base = trace.found().base();
        if (base != null) {
            line(
                    "begins",
                    "with what was told last before that: seq %s, %s at %s, %s"
                            .formatted(
                                    base.change().seq(),
                                    base.change().op().word(),
                                    EventTimes.format(base.change().eventTime()),
                                    base.change().id()));
            more("what was seen after it and is gone is not known: counts, what settled and what was held may differ");
        }
        Map<String, Long> counts = new TreeMap<>(trace.found().counts());
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        String where = counts.entrySet().stream()
                .map(each -> Amounts.count(each.getValue()) + " " + each.getKey())
                .collect(Collectors.joining(", "));
        line("records", Amounts.count(all) + (all == 0 ? "" : ": " + where));
        long shown = trace.found().records().size();
        if (shown < all) {
            more("shown: %s".formatted(Amounts.count(shown)));
        }
    }

    private void record(TracedRecord traced) {
        lines.add("");
        lines.add("%s:%s:%s  appended %s%s"
                .formatted(
                        traced.position().topic(),
                        traced.position().partition(),
                        traced.position().offset(),
                        moment(traced.appendedMillis()),
                        ruling(traced)));
        Fate fate = traced.fate();
        if (fate instanceof Fate.Refused refused) {
            refused(traced, refused.refusal());
        } else if (fate instanceof Fate.Decided decided) {
            item(decided.item());
            before(decided.before());
            decided(traced, decided);
        } else if (fate instanceof Fate.Gone gone) {
            before(gone.before());
            line(
                    "told",
                    "gone, seq %s: the key stopped appearing at %s"
                            .formatted(
                                    gone.change().seq(),
                                    EventTimes.format(gone.change().eventTime())));
            more("That follows from all keys of its site; it is as the change log says.");
        } else if (fate instanceof Fate.Late late) {
            item(late.item());
            line(
                    "late",
                    "A newer record of the key had been let go before it came: "
                            + (late.isKept()
                                    ? "it is in " + trace.feed() + ".late."
                                    : "it is counted, and kept nowhere."));
        } else if (fate instanceof Fate.Waits waits) {
            item(waits.item());
            line("waits", "For older records of the key, see time.out_of_orderness.");
        } else if (fate instanceof Fate.Unknowable unknowable) {
            item(unknowable.item());
            line(
                    "unknown",
                    "What was known of the key before is gone from the raw topic"
                            + (traced.logged() == null ? "." : "; the change log says that it was told."));
        }
        change(traced);
    }

    private static String ruling(TracedRecord traced) {
        return traced.ruling() == Ruling.NONE
                ? ""
                : "  a person says: " + traced.ruling().name().toLowerCase(Locale.ROOT);
    }

    private void refused(TracedRecord traced, Refusal refusal) {
        line(
                "refused",
                "%s%s%s"
                        .formatted(
                                refusal.code().word(),
                                refusal.field().isEmpty() ? "" : " at " + refusal.field(),
                                refusal.contract().isEmpty() ? "" : ", contract " + refusal.contract()));
        more(refusal.message());
        Trace.DeadLetter letter = trace.letterOf(traced);
        line(
                "letter",
                letter == null
                        ? "none is kept in %s.dlq".formatted(trace.feed())
                        : letter.id() + (letter.isSentAgain() ? ", sent again" : ""));
    }

    private void item(Item item) {
        if (item.ruling() == Ruling.RESET) {
            return;
        }
        line(
                "event",
                EventTimes.format(item.eventTime())
                        + (item.contract().isEmpty() ? "" : ", keeps contract " + item.contract()));
        NormalForms.of(item)
                .forEach(form -> line("read", "%s: %s → %s".formatted(form.field(), form.scraped(), form.normal())));
    }

    private void before(@Nullable Known known) {
        if (known == null) {
            line("before", "nothing was known of the key");
            return;
        }
        String seen = known.eventTime() == Evidence.UNKNOWN ? "" : ", seen " + EventTimes.format(known.eventTime());
        String values = known.gone() ? "gone or reset" : values(known.compared());
        line("before", "seq %s%s%s".formatted(known.seq(), seen, values.isEmpty() ? "" : ": " + values));
    }

    private void decided(TracedRecord traced, Fate.Decided decided) {
        Why why = decided.why();
        String what = "";
        if (decided.decision() instanceof Decision.Told told) {
            what = "%s, seq %s"
                    .formatted(told.change().op().word(), told.change().seq());
        }
        String detail = why.differences().stream().map(TraceText::difference).collect(Collectors.joining(", "));
        if (detail.isEmpty()
                && decided.decision() instanceof Decision.Told
                && decided.item().ruling() == Ruling.NONE) {
            detail = values(decided.item().compared());
        }
        if (!why.doubts().isEmpty()) {
            detail = why.doubts().stream().map(TraceText::doubt).collect(Collectors.joining(", "));
        }
        String joined = what.isEmpty() ? detail : detail.isEmpty() ? what : what + ": " + detail;
        line(traced.fate().word(), joined.isEmpty() ? why.reason().sentence() : joined);
        if (!joined.isEmpty()) {
            more(why.reason().sentence());
        }
        why.settling().forEach(this::settling);
        for (HeldNote note : decided.notes()) {
            String id = ChangeId.held(trace.feed(), decided.item().key(), note.eventTime(), note.tie());
            line("held", "%s is %s".formatted(id, note.status().word()));
        }
    }

    private void settling(Settling each) {
        Duration wait = feed.rules().debounce().getOrDefault(FieldPath.parse(each.path()), Duration.ZERO);
        more("%s is %s since %s; told when it still is at %s"
                .formatted(
                        each.path(),
                        each.value(),
                        EventTimes.format(each.since()),
                        EventTimes.format(each.since() + wait.toMillis() * 1_000)));
    }

    private void change(TracedRecord traced) {
        Change change = told(traced);
        LoggedChange logged = traced.logged();
        if (change == null) {
            return;
        }
        if (logged != null) {
            line(
                    "change",
                    "%s at %s:%s:%s, %s after the append"
                            .formatted(
                                    change.id(),
                                    trace.changesTopic(),
                                    logged.partition(),
                                    logged.offset(),
                                    Amounts.span(Math.max(0, logged.atMillis() - traced.appendedMillis()))));
        } else {
            line("change", change.id() + ", " + absence(traced.agreement()));
        }
        if (logged != null && traced.agreement() == Agreement.DIFFERS) {
            more("The change log says otherwise: %s, seq %s. The feed file was another then, or more was known."
                    .formatted(change.op().word(), change.seq()));
        }
        trace.deliveries().getOrDefault(change.id(), List.of()).forEach(this::delivery);
    }

    private static String absence(Agreement agreement) {
        return switch (agreement) {
            case NOT_YET -> "not in the change log yet";
            case NO_LONGER -> "no longer in the change log, which keeps the newest of a key";
            case DIFFERS ->
                "not in the change log, which says otherwise: the feed file was another then, or more was known";
            case AGREES -> "not in the change log";
        };
    }

    private void delivery(TracedDelivery delivery) {
        String outcome = delivery.outcome().word().replace('_', ' ');
        String where = delivery.where() != null
                        && (delivery.outcome() == TracedDelivery.Outcome.FILTERED_OUT
                                || delivery.outcome() == TracedDelivery.Outcome.UNANSWERED)
                ? " by " + delivery.where()
                : "";
        line(
                "client",
                "%s: %s%s%s"
                        .formatted(
                                delivery.subscription(),
                                outcome,
                                where,
                                delivery.detail().isEmpty() ? "" : ", " + delivery.detail()));
        for (JsonNode attempt : delivery.attempts()) {
            String answer = attempt.has("status")
                    ? attempt.path("status").asString("")
                    : attempt.path("error").asString("");
            more("attempt %s at %s: %s, %s ms, %s"
                    .formatted(
                            attempt.path("attempt").asInt(0),
                            attempt.path("at").asString(""),
                            answer,
                            attempt.path("took_ms").asLong(0),
                            attempt.path("result").asString("").replace('_', ' ')));
        }
    }

    private static String difference(Why.Difference each) {
        return "%s: %s → %s%s"
                .formatted(each.path(), each.was(), each.is(), each.counts() ? "" : " (" + each.rule() + ")");
    }

    private static String doubt(Doubt each) {
        return "%s: %s → %s (%s)".formatted(each.path(), each.last(), each.value(), each.rule());
    }

    private static String values(Compared compared) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < compared.paths().size() && i < MOST_VALUES; i++) {
            values.add(compared.paths().get(i) + " " + compared.values().get(i));
        }
        return String.join(", ", values) + (compared.paths().size() > MOST_VALUES ? ", …" : "");
    }

    private void line(String word, String text) {
        lines.add("  %-10s %s".formatted(word, text));
    }

    private void more(String text) {
        line("", text);
    }

    private static String moment(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
