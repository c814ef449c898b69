package io.leat.app.dlq;

import io.leat.core.FieldPath;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts dead letters by site, field and reason. */
public final class LetterGroups {

    /** A site that invents names of its own cannot fill the memory: what comes beyond this is counted as one. */
    private static final int MOST = 10_000;

    private static final String OTHERS = "(others)";

    private final @Nullable FieldPath siteField;
    private final Map<String, Group> groups = new HashMap<>();

    public LetterGroups(@Nullable FieldPath siteField) {
        this.siteField = siteField;
    }

    /**
     * Letters that have site, field and reason in common.
     *
     * @param first when the earliest scrape was taken
     * @param last when the latest was
     */
    public record Group(String site, String field, String code, long count, Instant first, Instant last) {

        Group and(Instant at) {
            return new Group(
                    site, field, code, count + 1, at.isBefore(first) ? at : first, at.isAfter(last) ? at : last);
        }
    }

    /** Counts a letter. */
    public void add(Letter letter) {
        String site = letter.site(siteField);
        String name = name(site, letter);
        if (!groups.containsKey(name) && groups.size() >= MOST) {
            site = OTHERS;
            name = name(site, letter);
        }
        Group group = groups.get(name);
        groups.put(
                name,
                group == null
                        ? new Group(site, letter.field(), letter.code(), 1, letter.at(), letter.at())
                        : group.and(letter.at()));
    }

    private static String name(String site, Letter letter) {
        return site + '\n' + letter.field() + '\n' + letter.code();
    }

    /** The groups, the largest first. */
    public List<Group> largestFirst() {
        return groups.values().stream()
                .sorted(Comparator.comparingLong(Group::count)
                        .reversed()
                        .thenComparing(Group::site)
                        .thenComparing(Group::code)
                        .thenComparing(Group::field))
                .toList();
    }
}
