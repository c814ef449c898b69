package io.leat.format.propose;

import io.leat.core.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The text of a proposed feed file, with what speaks for each line beside it. */
final class FeedDraft {

    private static final int MOST_LISTED = 12;

    private final String name;
    private final String contractFile;
    private final Sample sample;
    private final KeyProposal key;
    private final TimeProposal time;
    private final List<Role> roles;
    private final List<NormalForm> forms;
    private final @Nullable Column site;
    private final Histories histories;

    FeedDraft(
            String name,
            String contractFile,
            Sample sample,
            KeyProposal key,
            TimeProposal time,
            List<Role> roles,
            List<NormalForm> forms,
            @Nullable Column site,
            Histories histories) {
        this.name = name;
        this.contractFile = contractFile;
        this.sample = sample;
        this.key = key;
        this.time = time;
        this.roles = roles;
        this.forms = forms;
        this.site = site;
        this.histories = histories;
    }

    /** The contract beside it. */
    String contract() {
        List<Column> relied = new ArrayList<>(key.fields());
        relied.add(time.field());
        if (time.tieBreak() != null) {
            relied.add(time.tieBreak());
        }
        roles.stream().filter(each -> each.kind() == Role.Kind.COMPARED).forEach(each -> {
            relied.add(each.field());
            relied.addAll(each.former());
        });
        return new ContractDraft(sample.table(), relied).schema();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append("feed: ").append(name).append("\n\n");
        line(
                text,
                "# What the feed relies on, with the types seen. 'leat contract infer' describes the other fields too.");
        line(text, "contract: " + contractFile);
        line(text, "");
        writeKey(text);
        writeTime(text);
        writeForms(text);
        writeChanges(text);
        if (site != null) {
            line(text, "# Tells in %s.alerts when a site falls silent or a field of it breaks.".formatted(name));
            line(text, "watch: {by: %s}".formatted(Words.path(site.path())));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }

    private void writeKey(StringBuilder text) {
        line(text, "# " + keyEvidence(key));
        line(text, "# They are seen again %s times.".formatted(Words.count(key.again())));
        key.others().forEach(other -> line(text, "# Instead: %s. %s".formatted(named(other), keyEvidence(other))));
        List<String> object = key.rest();
        if (object == null) {
            line(text, "key: [%s]".formatted(Words.list(key.fields())));
        } else {
            line(text, "key:");
            key.fields().forEach(field -> line(text, "  - " + Words.path(field.path())));
            line(text, "  - rest_of: " + (object.isEmpty() ? "\".\"" : Words.path(new FieldPath(object))));
            line(
                    text,
                    "    except: [%s]"
                            .formatted(key.except().stream().map(Words::text).collect(Collectors.joining(", "))));
        }
        line(text, "");
    }

    private static String named(KeyProposal key) {
        return "[" + Words.list(key.fields()) + "]";
    }

    private String keyEvidence(KeyProposal of) {
        return "%s items in the sample; twice in one crawl with other values: %s;%s"
                .formatted(
                        Words.count(of.keys()),
                        sample.crawl() == null ? "not known, no crawls are seen" : Words.percent(of.twice()),
                        " what else names an item differs in " + Words.percent(of.discord()) + ".");
    }

    private void writeTime(StringBuilder text) {
        line(
                text,
                "# %s; missing in %s; not later than the item's last record in %s, before it in %s."
                        .formatted(
                                capital(time.form().words()),
                                Words.percent(time.missing()),
                                Words.percent(time.standing()),
                                Words.percent(time.back())));
        time.others()
                .forEach(other -> line(
                        text,
                        "# Instead: %s, %s; it would lose %s."
                                .formatted(
                                        Words.path(other.field().path()),
                                        other.form().words(),
                                        Words.percent(other.loss()))));
        String format = time.form() == TimeForm.RFC3339
                ? ""
                : ", format: " + time.form().word();
        Column tieBreak = time.tieBreak();
        String tied = tieBreak == null ? "" : ", tie_break: " + Words.path(tieBreak.path());
        line(text, "time: {field: %s%s%s}".formatted(Words.path(time.field().path()), format, tied));
        line(text, "");
    }

    private static String capital(String words) {
        return words.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + words.substring(1);
    }

    private void writeForms(StringBuilder text) {
        if (forms.isEmpty()) {
            return;
        }
        line(text, "# What texts become; a text that cannot be read is refused, never guessed at.");
        line(text, "normalize:");
        for (NormalForm form : forms) {
            line(
                    text,
                    "  # reads %s of %s texts%s%s"
                            .formatted(
                                    form.read(),
                                    form.of(),
                                    form.samples().isEmpty() ? "" : ": " + String.join("; ", form.samples()),
                                    form.refused().isEmpty() ? "" : "; not " + String.join(", ", form.refused())));
            StringBuilder options = new StringBuilder();
            for (Map.Entry<String, String> option : form.options().entrySet()) {
                options.append(options.isEmpty() ? "" : ", ")
                        .append(option.getKey())
                        .append(": ")
                        .append(option.getValue());
            }
            if (form.currency() != null) {
                options.append(", currency: ").append(Words.path(form.currency()));
            }
            line(text, "  %s: {%s}".formatted(Words.path(form.field()), options));
        }
        line(text, "");
    }

    private void writeChanges(StringBuilder text) {
        line(text, "changes:");
        line(text, "  compare:");
        of(Role.Kind.COMPARED)
                .forEach(role -> line(
                        text,
                        "    - %s   # %s: %s".formatted(Words.path(role.field().path()), moving(role), role.why())));
        List<Role> renamed =
                roles.stream().filter(each -> !each.former().isEmpty()).toList();
        if (!renamed.isEmpty()) {
            line(text, "  # One name stopped when the other began: a renamed field is not a change.");
            line(text, "  formerly:");
            renamed.forEach(role ->
                    line(text, "    %s: [%s]".formatted(Words.path(role.field().path()), Words.list(role.former()))));
        }
        Jitter jitter = new Jitter(sample.table(), histories);
        of(Role.Kind.COMPARED).forEach(role -> {
            String found = jitter.of(role.field());
            if (found != null) {
                line(text, "  # " + found);
                line(
                        text,
                        "  # tolerance: {%s: 1%%}"
                                .formatted(Words.path(role.field().path())));
            }
        });
        list(text, "  # Ignored:", of(Role.Kind.IGNORED));
        list(text, "  # Not compared; move a line up if it matters to you:", of(Role.Kind.OPEN));
        line(text, "");
    }

    private void list(StringBuilder text, String title, List<Role> all) {
        if (all.isEmpty()) {
            return;
        }
        line(text, title);
        all.stream()
                .sorted(java.util.Comparator.comparingDouble(Role::moves).reversed())
                .limit(MOST_LISTED)
                .forEach(role -> line(
                        text,
                        "  #   - %s   # %s: %s"
                                .formatted(Words.path(role.field().path()), moving(role), role.why())));
        if (all.size() > MOST_LISTED) {
            line(text, "  #   and %s more that move less".formatted(all.size() - MOST_LISTED));
        }
    }

    private static String moving(Role role) {
        String moves = role.moves() == 0 ? "never moves" : "moves in " + Words.percent(role.moves());
        return role.presence() > 0.999 ? moves : moves + ", there in " + Words.percent(role.presence());
    }

    private List<Role> of(Role.Kind kind) {
        return roles.stream().filter(each -> each.kind() == kind).toList();
    }

    /** What a person should look at. */
    List<String> doubts() {
        List<String> doubts = new ArrayList<>();
        if (!key.isSure()) {
            doubts.add(
                    ("key: %s of the records show a key twice in one crawl with other values. Is there a number that the"
                                    + " site gives to an item? Then --identify-by FIELD.")
                            .formatted(Words.percent(key.twice())));
        } else if (key.rest() != null) {
            doubts.add("key: no field names an item, so all that does not move does. If the site gives items a number,"
                    + " scrape it.");
        }
        if (time.form() == TimeForm.NAIVE) {
            doubts.add("time: %s has no offset; taken for UTC. If it is local time, let the scraper write the offset."
                    .formatted(Words.path(time.field().path())));
        }
        if (time.loss() > 0.01) {
            doubts.add(
                    ("time: by %s, %s of the records would be lost as not newer than the last of their item. A moment of the"
                                    + " scraper's own clock in each record would lose none.")
                            .formatted(Words.path(time.field().path()), Words.percent(time.loss())));
        }
        roles.stream()
                .filter(each -> !each.former().isEmpty())
                .forEach(each ->
                        doubts.add("formerly: %s is taken for an earlier name of %s, by its name and because it stopped"
                                        .formatted(
                                                Words.list(each.former()),
                                                Words.path(each.field().path()))
                                + " when the other began."));
        List<Role> moving = of(Role.Kind.OPEN).stream()
                .filter(each -> each.moves() > 0 && each.presence() >= 0.5)
                .toList();
        if (!moving.isEmpty()) {
            doubts.add("changes: %s also move%s; not compared, because what that means is not plain."
                    .formatted(
                            Words.list(moving.stream().map(Role::field).limit(6).toList()),
                            moving.size() == 1 ? "s" : ""));
        }
        return doubts;
    }
}
