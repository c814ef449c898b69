package io.leat.format.propose;

import io.leat.format.json.JsonKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Tells what moves and means something from what only moves. Prices and stock come first; where there are none, the texts
 * that are edited now and then, and states.
 */
final class RoleSearch {

    private static final double MOST_RECORDS = 0.5;
    private static final double RARELY = 0.2;
    private static final double RESTLESS = 0.5;
    private static final int FEW = 8;

    private final Table table;
    private final Layout layout;
    private final Histories histories;
    private final Set<Column> taken;

    /** @param taken fields of key and time */
    RoleSearch(Table table, Layout layout, Histories histories, Set<Column> taken) {
        this.table = table;
        this.layout = layout;
        this.histories = histories;
        this.taken = taken;
    }

    /** A role for every field that is not taken; what is compared first. */
    List<Role> roles() {
        List<Column> columns =
                table.columns().stream().filter(each -> !taken.contains(each)).toList();
        List<Role> roles = new ArrayList<>();
        boolean hasTrade = columns.stream().anyMatch(each -> isTrade(each) && table.presence(each) >= MOST_RECORDS);
        columns.forEach(each -> roles.add(role(each, hasTrade)));
        if (roles.stream().noneMatch(each -> each.kind() == Role.Kind.COMPARED)) {
            roles.replaceAll(each -> each.kind() == Role.Kind.OPEN && each.presence() >= MOST_RECORDS
                    ? new Role(each.field(), Role.Kind.COMPARED, each.presence(), each.moves(), each.why(), List.of())
                    : each);
        }
        return withFormer(withoutParts(roles)).stream()
                .sorted(Comparator.comparing(Role::kind))
                .toList();
    }

    private List<Role> withoutParts(List<Role> roles) {
        List<Column> compared = roles.stream()
                .filter(each -> each.kind() == Role.Kind.COMPARED)
                .map(Role::field)
                .toList();
        List<Sums.Part> parts = new Sums(table).of(compared);
        return roles.stream()
                .map(role -> parts.stream()
                        .filter(part -> part.part().equals(role.field()))
                        .findFirst()
                        .map(part -> new Role(
                                role.field(),
                                Role.Kind.OPEN,
                                role.presence(),
                                role.moves(),
                                "a part of " + Words.path(part.total().path()),
                                List.of()))
                        .orElse(role))
                .toList();
    }

    private static boolean isTrade(Column column) {
        Meaning meaning = Meaning.of(column.name());
        return (meaning == Meaning.MONEY || meaning == Meaning.STOCK) && !column.isEver(JsonKind.ARRAY);
    }

    private Role role(Column column, boolean hasTrade) {
        double presence = table.presence(column);
        double moves = histories.moves(column);
        Meaning meaning = Meaning.of(column.name());
        Role.Kind kind = Role.Kind.OPEN;
        String why;
        if (column == layout.crawl() || layout.times().containsKey(column)) {
            kind = Role.Kind.IGNORED;
            why = "a clock, or the number of a crawl";
        } else if (meaning.isNoise()) {
            kind = Role.Kind.IGNORED;
            why = "a position, count, rating or trace, by its name";
        } else if (isTrade(column)) {
            kind = presence >= MOST_RECORDS ? Role.Kind.COMPARED : Role.Kind.OPEN;
            why = kind == Role.Kind.OPEN ? "a price or stock, but of few records" : "a price or stock, by its name";
        } else if (meaning == Meaning.CURRENCY && presence >= MOST_RECORDS && hasTrade) {
            kind = Role.Kind.COMPARED;
            why = "the currency of a price";
        } else if (moves == 0) {
            why = "never moves here";
        } else if (presence < MOST_RECORDS) {
            why = "of few records";
        } else if (moves > RESTLESS) {
            kind = Role.Kind.IGNORED;
            why = "differs nearly every time";
        } else if (isState(column, meaning) && moves >= 0.001) {
            kind = Role.Kind.COMPARED;
            why = "a state that changes now and then";
        } else if (!hasTrade && isWording(column) && moves <= RARELY) {
            kind = Role.Kind.COMPARED;
            why = "a text that is edited now and then";
        } else {
            why = "moves, but what it means is not plain";
        }
        return new Role(column, kind, presence, moves, why, List.of());
    }

    private static boolean isState(Column column, Meaning meaning) {
        boolean isFew = column.samples(FEW + 1).size() <= FEW;
        return isFew && (meaning == Meaning.STATE || column.share(cell -> cell.kind() == JsonKind.TRUE) == 1);
    }

    private static boolean isWording(Column column) {
        return column.share(cell -> cell.kind() == JsonKind.STRING) > 0.99
                && column.samples(FEW + 1).size() > FEW;
    }

    /** What stopped as a compared field began, under a name that says the same: the field may have been renamed. */
    private List<Role> withFormer(List<Role> roles) {
        return roles.stream()
                .map(role -> {
                    if (role.kind() != Role.Kind.COMPARED) {
                        return role;
                    }
                    List<Column> former = roles.stream()
                            .filter(each -> each.kind() == Role.Kind.OPEN && isFormer(each.field(), role.field()))
                            .sorted(Comparator.comparingDouble(Role::presence).reversed())
                            .limit(1)
                            .map(Role::field)
                            .toList();
                    return former.isEmpty()
                            ? role
                            : new Role(role.field(), role.kind(), role.presence(), role.moves(), role.why(), former);
                })
                .toList();
    }

    private boolean isFormer(Column earlier, Column now) {
        Set<String> words = Set.copyOf(Meaning.words(now.name()));
        boolean isAkin = !words.isEmpty()
                && parents(earlier).equals(parents(now))
                && Meaning.of(earlier.name()) == Meaning.of(now.name())
                && (Meaning.words(earlier.name()).containsAll(words)
                        || words.containsAll(Meaning.words(earlier.name())));
        Integer last = null;
        Integer first = null;
        for (int row = 0; isAkin && row < table.size(); row++) {
            last = table.value(row, earlier) != 0 ? (Integer) row : last;
            first = first == null && table.value(row, now) != 0 ? (Integer) row : first;
        }
        return isAkin && last != null && first != null && last < first;
    }

    private static List<String> parents(Column column) {
        List<String> names = column.path().names();
        return names.subList(0, names.size() - 1);
    }
}
