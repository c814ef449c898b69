package io.leat.format.propose;

import io.leat.format.json.JsonKind;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what tells when a record was scraped: there in every record, and later each time an item is seen again. */
final class TimeSearch {

    private static final Set<String> SCRAPERS_CLOCK = Set.copyOf(Arrays.asList(
            "scraped scrape extracted crawled fetched observed captured collected retrieved seen timestamp"
                    .split(" ")));
    private static final double AS_GOOD = 0.002;

    private final Table table;
    private final Layout layout;
    private final Histories histories;
    private final List<Column> telling;

    TimeSearch(Table table, Layout layout, Histories histories) {
        this.table = table;
        this.layout = layout;
        this.histories = histories;
        this.telling = layout.telling();
    }

    /** The best field; {@code null} if none holds moments. */
    @Nullable
    TimeProposal best() {
        List<TimeProposal> all = layout.times().entrySet().stream()
                .map(each -> judge(each.getKey(), each.getValue()))
                .filter(each -> each.missing() < 0.5)
                .sorted(Comparator.comparingDouble(TimeProposal::loss))
                .toList();
        if (all.isEmpty()) {
            return null;
        }
        double least = all.get(0).loss();
        TimeProposal best = all.stream()
                .filter(each -> each.loss() <= least + AS_GOOD)
                .min(Comparator.comparingInt(each -> isOfScraper(each.field()) ? 0 : 1))
                .orElseThrow();
        List<TimeProposal> others = all.stream()
                .filter(each -> !each.field().equals(best.field()))
                .limit(3)
                .toList();
        return new TimeProposal(
                best.field(), best.form(), best.missing(), best.standing(), best.back(), tieBreak(), others);
    }

    /** A field that a person names; {@code null} if it holds no moments. */
    @Nullable
    TimeProposal named(Column field) {
        TimeForm form = layout.times().get(field);
        TimeProposal judged = form == null ? null : judge(field, form);
        return judged == null
                ? null
                : new TimeProposal(
                        field,
                        judged.form(),
                        judged.missing(),
                        judged.standing(),
                        judged.back(),
                        tieBreak(),
                        List.of());
    }

    private static boolean isOfScraper(Column field) {
        return Meaning.words(field.name()).stream().anyMatch(SCRAPERS_CLOCK::contains);
    }

    private TimeProposal judge(Column field, TimeForm form) {
        double again = (double) histories.again() / Math.max(1, table.size());
        double standing = histories.share(
                (last, row) -> compare(field, form, last, row) == 0 && isTold(field, last, row) ? 1 : 0);
        double back =
                histories.share((last, row) -> compare(field, form, last, row) > 0 && isTold(field, last, row) ? 1 : 0);
        return new TimeProposal(field, form, 1 - table.filled(field), standing * again, back * again, null, List.of());
    }

    /** Whether a record says anything that the one before did not, clocks and noise apart. */
    private boolean isTold(Column field, int last, int row) {
        for (Column each : telling) {
            if (!each.equals(field) && histories.differs(each, last, row)) {
                return true;
            }
        }
        return false;
    }

    private int compare(Column field, TimeForm form, int last, int row) {
        Long was = micros(field, form, last);
        Long is = micros(field, form, row);
        return was == null || is == null ? -1 : was.compareTo(is);
    }

    private @Nullable Long micros(Column field, TimeForm form, int row) {
        int value = table.value(row, field);
        return value == 0 ? null : form.micros(field.cell(value));
    }

    private @Nullable Column tieBreak() {
        return table.columns().stream()
                .filter(each -> !layout.times().containsKey(each) && isGrowing(each))
                .findFirst()
                .orElse(null);
    }

    private boolean isGrowing(Column column) {
        Set<Integer> seen = new HashSet<>();
        BigDecimal last = null;
        for (int row = 0; row < table.size(); row++) {
            int value = table.value(row, column);
            if (value == 0 || column.cell(value).kind() != JsonKind.NUMBER || !seen.add(value)) {
                return false;
            }
            BigDecimal number = column.cell(value).number();
            if (number == null
                    || number.stripTrailingZeros().scale() > 0
                    || (last != null && number.compareTo(last) <= 0)) {
                return false;
            }
            last = number;
        }
        return table.size() > 1;
    }

    /** The forms of the fields that hold moments. */
    Map<Column, TimeForm> forms() {
        return layout.times();
    }
}
