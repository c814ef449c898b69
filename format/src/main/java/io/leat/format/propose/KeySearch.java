package io.leat.format.propose;

import io.leat.format.json.JsonKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds what identifies an item: few fields that no crawl shows twice with other values, that come again in later crawls,
 * and between whose rows whatever else names an item stays the same.
 */
final class KeySearch {

    private static final int MOST_TRIED = 24;
    private static final int MOST_OTHERS = 3;
    private static final double RESTLESS = 0.5;
    private static final double MUCH_UNREST = 0.15;
    private static final double MOVING = 0.02;
    /** Enough of a move for what is called a price or a rating. */
    private static final double EXPECTED_TO_MOVE = 0.0005;

    private final Table table;
    private final Layout layout;
    private final @Nullable Column crawl;
    private final @Nullable Column site;
    private final List<Column> namings;
    private final List<Column> telling;
    private final Map<Column, Boolean> restless = new HashMap<>();

    /** @param crawl the field that all records of a crawl share, {@code null} if there is none */
    KeySearch(Table table, Layout layout, @Nullable Column crawl) {
        this.table = table;
        this.layout = layout;
        this.crawl = crawl;
        this.site = findSite();
        this.namings = layout.namings(0.6).stream()
                .filter(column -> column != site && column != crawl)
                .toList();
        this.telling = layout.telling();
    }

    /** The field that names the site of a record; {@code null} if none does. */
    @Nullable
    Column site() {
        return site;
    }

    private @Nullable Column findSite() {
        return table.columns().stream()
                .filter(column -> Meaning.of(column.name()) == Meaning.SITE
                        && table.filled(column) > 0.999
                        && column.share(cell -> cell.kind() == JsonKind.STRING) == 1
                        && column.samples(1_000).size() <= 500)
                .min(Comparator.comparingInt(column -> column.path().names().size()))
                .orElse(null);
    }

    private boolean hasSites() {
        return site != null && site.samples(2).size() > 1;
    }

    /** The best there is; {@code null} if no field comes again with an item. */
    @Nullable
    KeyProposal best() {
        List<KeyProposal> singles = new ArrayList<>();
        for (Column column : namings) {
            singles.add(judge(withSite(List.of(column))));
        }
        List<KeyProposal> good = ranked(singles);
        if (good.isEmpty()) {
            good = ranked(pairs(singles));
        }
        if (!good.isEmpty()) {
            return withOthers(good);
        }
        return withRest(singles);
    }

    /** A key that a person names, as the rows see it. */
    KeyProposal named(List<Column> fields) {
        return judge(fields);
    }

    private List<Column> withSite(List<Column> fields) {
        if (!hasSites() || site == null) {
            return fields;
        }
        List<Column> all = new ArrayList<>(List.of(site));
        all.addAll(fields);
        return all;
    }

    private KeyProposal judge(List<Column> fields) {
        Histories histories = new Histories(table, fields);
        List<Column> others =
                telling.stream().filter(each -> !fields.contains(each)).toList();
        List<Column> names = namings.stream()
                .filter(each -> !fields.contains(each) && isTelling(each, histories))
                .toList();
        double discord = names.stream()
                .filter(each -> !isRestless(each))
                .mapToDouble(histories::moves)
                .average()
                .orElse(0);
        double unrest = others.stream().mapToDouble(histories::moves).average().orElse(0);
        double filled = (double) histories.keyed() / Math.max(1, table.size());
        return new KeyProposal(
                fields,
                null,
                List.of(),
                histories.twice(crawl, others),
                discord,
                unrest,
                histories.keys(),
                histories.again(),
                filled,
                List.of());
    }

    /** Whether it differs between most rows of whatever else may name an item, as a place in a list does. */
    private boolean isRestless(Column column) {
        return restless.computeIfAbsent(column, each -> namings.stream()
                .filter(other -> !other.equals(each))
                .allMatch(other -> new Histories(table, withSite(List.of(other))).moves(each) > RESTLESS));
    }

    /** Whether a field has so many values that it could name items itself. */
    private static boolean isTelling(Column column, Histories histories) {
        return column.samples(Integer.MAX_VALUE).size() * 5L >= Math.min(histories.keys(), 2_000);
    }

    private List<KeyProposal> pairs(List<KeyProposal> singles) {
        List<Column> best = singles.stream()
                .sorted(Comparator.comparingInt((KeyProposal each) -> -each.keys()))
                .limit(3)
                .map(each -> each.fields().get(each.fields().size() - 1))
                .toList();
        List<KeyProposal> pairs = new ArrayList<>();
        Set<Set<Column>> tried = new HashSet<>();
        for (Column one : best) {
            for (Column other : namings.subList(0, Math.min(MOST_TRIED, namings.size()))) {
                if (!other.equals(one) && tried.add(Set.of(one, other))) {
                    pairs.add(judge(withSite(List.of(one, other))));
                }
            }
        }
        return pairs;
    }

    private List<KeyProposal> ranked(List<KeyProposal> found) {
        List<KeyProposal> sure = found.stream()
                .filter(each -> each.isSure() && each.again() * 10L >= table.size() && each.keys() > 1)
                .toList();
        double calmest = sure.stream().mapToDouble(KeyProposal::unrest).min().orElse(0);
        return sure.stream()
                .filter(each -> each.unrest() <= calmest + MUCH_UNREST)
                .sorted(Comparator.comparingInt(KeySearch::likelihood)
                        .reversed()
                        .thenComparingDouble(KeyProposal::discord)
                        .thenComparingInt(KeyProposal::keys))
                .toList();
    }

    private static int likelihood(KeyProposal key) {
        int byName = key.fields().stream().mapToInt(KeySearch::byName).max().orElse(0);
        return byName + (key.filled() > 0.9 ? 2 : 0);
    }

    private static int byName(Column column) {
        return switch (Meaning.of(column.name())) {
            case ID -> 4;
            case LINK -> 3;
            case TITLE -> 2;
            default -> 1;
        };
    }

    private static KeyProposal withOthers(List<KeyProposal> good) {
        KeyProposal first = good.get(0);
        return new KeyProposal(
                first.fields(),
                first.rest(),
                first.except(),
                first.twice(),
                first.discord(),
                first.unrest(),
                first.keys(),
                first.again(),
                first.filled(),
                good.subList(1, Math.min(good.size(), 1 + MOST_OTHERS)));
    }

    /** Items without a number: the best name, and all else beside it that does not move. */
    private @Nullable KeyProposal withRest(List<KeyProposal> singles) {
        KeyProposal base = singles.stream()
                .filter(each -> each.again() * 10L >= table.size())
                .max(Comparator.comparingInt((KeyProposal each) -> Meaning.of(each.fields()
                                                .get(each.fields().size() - 1)
                                                .name())
                                        == Meaning.TITLE
                                ? 1
                                : 0)
                        .thenComparingInt(KeyProposal::keys))
                .orElse(null);
        if (base == null) {
            return null;
        }
        Column name = base.fields().get(base.fields().size() - 1);
        List<String> object = name.path().names().subList(0, name.path().names().size() - 1);
        Set<Column> moving = moving(base.fields(), object);
        Set<String> except = new LinkedHashSet<>();
        except.add(name.name());
        moving.forEach(column -> except.add(column.path().names().get(object.size())));
        Predicate<Column> isRest = column ->
                isIn(object, column) && !except.contains(column.path().names().get(object.size()));
        Histories histories = new Histories(table, base.fields(), isRest);
        List<Column> others = telling.stream()
                .filter(each -> !base.fields().contains(each) && !isRest.test(each))
                .toList();
        return new KeyProposal(
                base.fields(),
                object,
                List.copyOf(except),
                histories.twice(crawl, others),
                0,
                0,
                histories.keys(),
                histories.again(),
                (double) histories.keyed() / Math.max(1, table.size()),
                List.of(base));
    }

    private static boolean isIn(List<String> object, Column column) {
        List<String> names = column.path().names();
        return names.size() > object.size() && names.subList(0, object.size()).equals(object);
    }

    /** What differs between two rows that show the same item for certain: alone of its name in both crawls. */
    private Set<Column> moving(List<Column> fields, List<String> object) {
        Histories histories = new Histories(table, fields);
        Set<Column> moving = new LinkedHashSet<>();
        for (Column column : table.columns()) {
            if (!isIn(object, column) || fields.contains(column)) {
                continue;
            }
            Meaning meaning = Meaning.of(column.name());
            boolean isExpected = meaning.isNoise() || meaning == Meaning.MONEY || meaning == Meaning.STOCK;
            double least = isExpected ? EXPECTED_TO_MOVE : MOVING;
            if (layout.times().containsKey(column) || movesAlone(histories, column, object) > least) {
                moving.add(column);
            }
        }
        return moving;
    }

    /** How often it is the only field of its object, noise and money apart, that differs. */
    private double movesAlone(Histories histories, Column column, List<String> object) {
        List<Column> steady = table.columns().stream()
                .filter(each -> each != column
                        && isIn(object, each)
                        && !Meaning.of(each.name()).isNoise()
                        && Meaning.of(each.name()) != Meaning.MONEY)
                .toList();
        return histories.share((last, row) -> {
            boolean isSameCrawl = crawl != null && table.value(last, crawl) == table.value(row, crawl);
            return !isSameCrawl
                            && histories.differs(column, last, row)
                            && steady.stream().noneMatch(each -> histories.differs(each, last, row))
                    ? 1
                    : 0;
        });
    }
}
