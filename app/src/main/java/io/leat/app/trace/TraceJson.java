package io.leat.app.trace;

import io.leat.core.Change;
import io.leat.core.ChangeId;
import io.leat.core.Compared;
import io.leat.core.Decision;
import io.leat.core.Doubt;
import io.leat.core.Evidence;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A trace as a program reads it. Public API, see docs/trace.md. */
public final class TraceJson {

    private static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private TraceJson() {}

    /** The members of its object. */
    public static Map<String, Object> members(Trace trace) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("feed", trace.feed());
        members.put("key", trace.key() == null ? null : value(trace.key()));
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("topic", trace.rawTopic());
        raw.put("oldest", trace.oldestMillis() == null ? null : moment(trace.oldestMillis()));
        raw.put("partitions", trace.raw().stream().map(TraceJson::members).toList());
        members.put("raw", raw);
        members.put("past_known", trace.found().isPastKnown());
        LoggedChange base = trace.found().base();
        members.put("base", base == null ? null : change(trace, base.change(), base));
        members.put("counts", new TreeMap<>(trace.found().counts()));
        members.put(
                "records",
                trace.found().records().stream()
                        .map(each -> members(trace, each))
                        .toList());
        return members;
    }

    private static Map<String, Object> members(Trace.Span span) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("partition", span.partition());
        members.put("first", span.first());
        members.put("end", span.end());
        return members;
    }

    private static Map<String, Object> members(Trace trace, TracedRecord traced) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("topic", traced.position().topic());
        members.put("partition", traced.position().partition());
        members.put("offset", traced.position().offset());
        members.put("appended", moment(traced.appendedMillis()));
        if (traced.ruling() != Ruling.NONE) {
            members.put("ruling", traced.ruling().name().toLowerCase(Locale.ROOT));
        }
        members.put("outcome", traced.fate().word());
        Fate fate = traced.fate();
        if (fate instanceof Fate.Refused refused) {
            refused(trace, traced, refused.refusal(), members);
        } else if (fate instanceof Fate.Decided decided) {
            item(decided.item(), members);
            decided(trace, decided, members);
        } else if (fate instanceof Fate.Gone gone) {
            members.put("before", before(gone.before()));
        } else if (fate instanceof Fate.Late late) {
            item(late.item(), members);
            members.put("kept", late.isKept());
        } else if (fate instanceof Fate.Waits waits) {
            item(waits.item(), members);
        } else if (fate instanceof Fate.Unknowable unknowable) {
            item(unknowable.item(), members);
        }
        Change change = TraceText.told(traced);
        if (change != null) {
            members.put("change", change(trace, change, traced.logged()));
            members.put("deliveries", deliveries(trace, change));
        }
        members.put("log", traced.agreement().word());
        return members;
    }

    private static void refused(Trace trace, TracedRecord traced, Refusal refusal, Map<String, Object> members) {
        Map<String, Object> why = new LinkedHashMap<>();
        why.put("code", refusal.code().word());
        why.put("field", refusal.field());
        why.put("message", refusal.message());
        why.put("contract", refusal.contract().isEmpty() ? null : refusal.contract());
        Trace.DeadLetter letter = trace.letterOf(traced);
        why.put("dead_letter", letter == null ? null : letter.id());
        why.put("sent_again", letter != null && letter.isSentAgain());
        members.put("refusal", why);
    }

    private static void item(Item item, Map<String, Object> members) {
        members.put("event_time", EventTimes.format(item.eventTime()));
        if (item.ruling() != Ruling.RESET) {
            members.put("contract", item.contract().isEmpty() ? null : item.contract());
            List<Map<String, Object>> forms = new ArrayList<>();
            NormalForms.of(item).forEach(form -> {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("field", form.field());
                one.put("scraped", value(form.scraped()));
                one.put("normal", value(form.normal()));
                forms.add(one);
            });
            members.put("normalized", forms);
            members.put("values", values(item.compared()));
        }
    }

    private static void decided(Trace trace, Fate.Decided decided, Map<String, Object> members) {
        Why why = decided.why();
        members.put("reason", why.reason().word());
        members.put("sentence", why.reason().sentence());
        members.put("before", before(decided.before()));
        members.put(
                "differences",
                why.differences().stream().map(TraceJson::difference).toList());
        if (!why.settling().isEmpty()) {
            members.put(
                    "settling", why.settling().stream().map(TraceJson::settling).toList());
        }
        if (!why.doubts().isEmpty()) {
            members.put("doubts", why.doubts().stream().map(TraceJson::doubt).toList());
        }
        List<Map<String, Object>> held = new ArrayList<>();
        for (HeldNote note : decided.notes()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("id", ChangeId.held(trace.feed(), decided.item().key(), note.eventTime(), note.tie()));
            one.put("status", note.status().word());
            held.add(one);
        }
        if (!held.isEmpty()) {
            members.put("held", held);
        }
        members.put("told", decided.decision() instanceof Decision.Told);
    }

    private static Map<String, Object> difference(Why.Difference each) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("field", each.path());
        one.put("was", value(each.was()));
        one.put("is", value(each.is()));
        one.put("counts", each.counts());
        if (!each.counts()) {
            one.put("rule", each.rule());
        }
        return one;
    }

    private static Map<String, Object> settling(Settling each) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("field", each.path());
        one.put("value", value(each.value()));
        one.put("since", EventTimes.format(each.since()));
        return one;
    }

    private static Map<String, Object> doubt(Doubt each) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("field", each.path());
        one.put("rule", each.rule());
        one.put("value", value(each.value()));
        one.put("last", value(each.last()));
        return one;
    }

    private static @Nullable Map<String, Object> before(@Nullable Known known) {
        if (known == null) {
            return null;
        }
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("seq", known.seq());
        members.put("newest", known.eventTime() == Evidence.UNKNOWN ? null : EventTimes.format(known.eventTime()));
        members.put("gone", known.gone());
        members.put("unchanged", known.unchanged());
        members.put("values", values(known.compared()));
        return members;
    }

    private static Map<String, Object> change(Trace trace, Change change, @Nullable LoggedChange logged) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", change.id());
        members.put("seq", change.seq());
        members.put("op", change.op().word());
        members.put("changed", change.changed());
        if (logged != null) {
            members.put("topic", trace.changesTopic());
            members.put("partition", logged.partition());
            members.put("offset", logged.offset());
            members.put("at", moment(logged.atMillis()));
        }
        return members;
    }

    private static List<Map<String, Object>> deliveries(Trace trace, Change change) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (TracedDelivery each : trace.deliveries().getOrDefault(change.id(), List.of())) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("subscription", each.subscription());
            one.put("where", each.where());
            one.put("outcome", each.outcome().word());
            one.put("detail", each.detail());
            one.put("attempts", each.attempts());
            all.add(one);
        }
        return all;
    }

    private static Map<String, Object> values(Compared compared) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < compared.paths().size(); i++) {
            values.put(compared.paths().get(i), value(compared.values().get(i)));
        }
        return values;
    }

    private static JsonNode value(String json) {
        return EXACT.readTree(json);
    }

    private static String moment(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
