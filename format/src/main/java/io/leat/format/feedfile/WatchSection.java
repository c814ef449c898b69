package io.leat.format.feedfile;

import io.leat.core.AlertRoute;
import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.QuietHours;
import io.leat.core.delivery.Subscription;
import io.leat.core.delivery.Webhook;
import io.leat.core.silence.Silences;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads what a feed watches, and where its alerts go. */
record WatchSection(Values values, Problems problems) {

    private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");
    private static final Set<String> PLACES = Set.of("site", "alert", "state", "id", "feed", "field", "what");
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");

    Feed.@Nullable Watch read(@Nullable Node node, List<Subscription> sinks) {
        Section section = node == null ? null : values.section(node, EngineKey.WATCH.path());
        if (section == null) {
            return null;
        }
        Node byNode = section.required(EngineKey.WATCH_BY);
        FieldPath by = byNode == null ? null : values.path(byNode);
        Silences.Expected expected = new ExpectSection(values, problems).read(section);
        AlertRoute route = new AlertRoute(
                run(section.get(EngineKey.WATCH_RUN)),
                to(section.get(EngineKey.WATCH_TO), sinks),
                quiet(section.get(EngineKey.WATCH_QUIET)));
        return by == null ? null : new Feed.Watch(by, expected, route);
    }

    private List<String> run(@Nullable Node node) {
        List<String> words = new ArrayList<>();
        for (Node entry : node == null ? List.<Node>of() : values.list(node)) {
            Text text = values.text(entry);
            if (text != null) {
                words.add(text.value());
                check(entry, text.value());
            }
        }
        if (node != null && !words.isEmpty() && PLACE.matcher(words.get(0)).find()) {
            problems.add(
                    node,
                    ProblemCode.WRONG_TYPE,
                    "What is run must not depend on an alert.",
                    "Name a program first, then its arguments.");
        }
        return words;
    }

    private void check(Node entry, String word) {
        Matcher place = PLACE.matcher(word);
        while (place.find()) {
            if (!PLACES.contains(place.group(1))) {
                problems.add(
                        entry,
                        ProblemCode.WRONG_TYPE,
                        "'{" + place.group(1) + "}' is nothing an alert says.",
                        "Use {site}, {alert}, {state}, {id}, {feed}, {field} or {what}.");
            }
        }
    }

    private List<String> to(@Nullable Node node, List<Subscription> sinks) {
        List<String> names = new ArrayList<>();
        for (Node entry : node == null ? List.<Node>of() : values.list(node)) {
            Text text = values.text(entry);
            if (text == null) {
                continue;
            }
            boolean isDeclared = sinks.stream().anyMatch(sink -> sink.name().equals(text.value()));
            boolean isWebhook =
                    sinks.stream().anyMatch(sink -> sink.name().equals(text.value()) && sink.sink() instanceof Webhook);
            if (!isWebhook
                    && (isDeclared || !Subscription.NAME.matcher(text.value()).matches())) {
                problems.add(
                        entry,
                        ProblemCode.BAD_SINK_NAME,
                        text.shown() + " is no webhook of this feed.",
                        "Name one that stands among 'sinks', or one that is made at run time.");
                continue;
            }
            if (!isDeclared) {
                problems.add(
                        entry,
                        ProblemCode.ALERTS_TO_NOBODY_YET,
                        text.shown() + " does not stand among 'sinks'.",
                        "Alerts go to the webhook of that name from when it is made at run time.");
            }
            names.add(text.value());
        }
        return names;
    }

    private @Nullable QuietHours quiet(@Nullable Node node) {
        Section section = node == null ? null : values.section(node, EngineKey.WATCH_QUIET.path());
        if (section == null) {
            return null;
        }
        LocalTime from = time(section.required(EngineKey.WATCH_QUIET_FROM));
        LocalTime to = time(section.required(EngineKey.WATCH_QUIET_TO));
        Node zoneNode = section.get(EngineKey.WATCH_QUIET_ZONE);
        ZoneId zone = zoneNode == null
                ? ZoneId.of("UTC")
                : read(
                        zoneNode,
                        ProblemCode.BAD_ZONE,
                        " is not a time zone.",
                        "Write a name such as Europe/Berlin, or UTC.",
                        ZoneId::of);
        return from == null || to == null || zone == null ? null : new QuietHours(from, to, zone);
    }

    private @Nullable LocalTime time(@Nullable Node node) {
        return node == null
                ? null
                : read(
                        node,
                        ProblemCode.WRONG_TYPE,
                        " is not a time of day.",
                        "Write hours and minutes in quotes: \"22:00\".",
                        text -> {
                            if (!TIME.matcher(text).matches()) {
                                throw new DateTimeException("no time of day");
                            }
                            return LocalTime.parse(text);
                        });
    }

    private <T> @Nullable T read(Node node, ProblemCode code, String what, String hint, Function<String, T> reader) {
        Text text = values.text(node);
        if (text == null) {
            return null;
        }
        try {
            return reader.apply(text.value());
        } catch (DateTimeException e) {
            problems.add(node, code, text.shown() + what, hint);
            return null;
        }
    }
}
