package io.leat.format.propose;

import io.leat.core.FieldPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes a feed file from records. Takes the memory of 60,000 of them, however many there are. */
public final class Proposing {

    private final String name;
    private final String contractFile;
    private final Proposal.Answers answers;

    /**
     * A proposal to be made.
     *
     * @param name the feed's name
     * @param contractFile the name of the contract's file beside the feed file
     */
    public Proposing(String name, String contractFile, Proposal.Answers answers) {
        this.name = name;
        this.contractFile = contractFile;
        this.answers = answers;
    }

    /** Reads the records and proposes. */
    public Proposal from(Scrapes scrapes) {
        Sample sample = Sample.of(scrapes);
        Table table = sample.table();
        if (table.size() == 0) {
            return new Proposal.Questions(
                    List.of("None of the %s records is a JSON object.".formatted(Words.count(sample.read()))));
        }
        Layout layout = new Layout(table, sample.crawl());
        List<String> asked = new ArrayList<>();
        KeySearch search = new KeySearch(table, layout, layout.crawl());
        KeyProposal key = key(search, table, asked);
        if (key == null) {
            return new Proposal.Questions(asked);
        }
        Histories histories = new Histories(table, key.fields(), rest(key));
        TimeProposal time = time(new TimeSearch(table, layout, histories), table, asked);
        if (time == null || !asked.isEmpty()) {
            return new Proposal.Questions(asked);
        }
        Set<Column> taken = new HashSet<>(key.fields());
        taken.add(time.field());
        if (time.tieBreak() != null) {
            taken.add(time.tieBreak());
        }
        table.columns().stream().filter(rest(key)).forEach(taken::add);
        List<Role> roles = new RoleSearch(table, layout, histories, taken).roles();
        if (roles.stream().noneMatch(each -> each.kind() == Role.Kind.COMPARED)) {
            return new Proposal.Questions(
                    List.of("No field moves and means something: the same values come again and again."
                            + " Give records of several crawls, the more the better."));
        }
        List<NormalForm> forms = new ArrayList<>();
        NormalForms finder = new NormalForms(table.columns());
        for (Role role : roles) {
            NormalForm form = role.kind() == Role.Kind.COMPARED ? finder.of(role.field()) : null;
            if (form != null) {
                forms.add(form);
            }
        }
        FeedDraft draft = new FeedDraft(name, contractFile, sample, key, time, roles, forms, search.site(), histories);
        return new Proposal.Files(draft.text(), draft.contract(), draft.doubts());
    }

    /** The fields that belong to a key beside those that it names. */
    static Predicate<Column> rest(KeyProposal key) {
        List<String> object = key.rest();
        if (object == null) {
            return column -> false;
        }
        return column -> {
            List<String> names = column.path().names();
            return names.size() > object.size()
                    && names.subList(0, object.size()).equals(object)
                    && !key.except().contains(names.get(object.size()));
        };
    }

    private @Nullable KeyProposal key(KeySearch search, Table table, List<String> asked) {
        if (answers.key().isEmpty()) {
            KeyProposal best = search.best();
            if (best == null) {
                asked.add(
                        "No field comes again with an item: nothing in %s records tells that two of them show the same"
                                        .formatted(Words.count(table.size()))
                                + " one. Give records of several crawls, or name the key: --identify-by FIELD,FIELD.");
            }
            if (best != null && best.isHopeless()) {
                asked.add(
                        ("No fields tell items apart: even by %s, %s of the records show one twice in a crawl with other"
                                        + " values. Does the site give items a number? Scrape it, or name the key: --identify-by FIELD,FIELD.")
                                .formatted(Words.list(best.fields()), Words.percent(best.twice())));
                return null;
            }
            return best;
        }
        List<Column> fields = new ArrayList<>();
        for (String field : answers.key()) {
            Column column = table.at(FieldPath.parse(field));
            if (column == null) {
                asked.add("No record has the field '%s' that --identify-by names.".formatted(field));
            } else {
                fields.add(column);
            }
        }
        return fields.isEmpty() || !asked.isEmpty() ? null : search.named(fields);
    }

    private @Nullable TimeProposal time(TimeSearch search, Table table, List<String> asked) {
        if (answers.time().isEmpty()) {
            TimeProposal best = search.best();
            if (best == null) {
                asked.add(
                        "No field tells when a record was scraped. Let the scraper write the moment into each record,"
                                + " such as \"scraped_at\": \"2026-02-07T17:22:01Z\", and try again; or name the field: --time FIELD.");
            }
            return best;
        }
        Column column = table.at(FieldPath.parse(answers.time()));
        TimeProposal named = column == null ? null : search.named(column);
        if (named == null) {
            asked.add(
                    "The field '%s' that --time names holds no moments: date and time as 2026-02-07T17:22:01Z, or seconds"
                                    .formatted(answers.time())
                            + " or milliseconds since 1970.");
        }
        return named;
    }
}
