package io.leat.core.normalize;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out what an amount is in: from the marks beside it, and from another text of the record where these leave it open. */
final class Denominations {

    private static final Currencies KNOWN = Currencies.KNOWN;

    private Denominations() {}

    /**
     * What the marks and the hint say.
     *
     * @param marks those beside the amount; the hint decides only among what they leave open
     * @param hint another text, {@code null} if there is none
     * @return {@code null} if the marks contradict each other
     */
    static @Nullable Denomination of(Set<String> marks, @Nullable String hint, Locality locality) {
        Set<String> hinted = hint == null ? Set.of() : hinted(hint);
        Set<String> all = new LinkedHashSet<>(marks);
        all.addAll(hinted);
        if (all.isEmpty()) {
            return Denomination.UNTOLD;
        }
        List<String> codes = KNOWN.decide(all, locality);
        if (codes.isEmpty() && !marks.isEmpty()) {
            codes = KNOWN.decide(marks, locality);
        }
        Set<String> deciding = marks.isEmpty() ? hinted : marks;
        boolean isOutside =
                deciding.stream().allMatch(mark -> KNOWN.meaning(mark).isEmpty());
        if (codes.isEmpty() && !isOutside) {
            return marks.isEmpty() ? Denomination.UNTOLD : null;
        }
        String mark = KNOWN.usual(deciding.iterator().next());
        return new Denomination(codes, mark, KNOWN.isHundredths(mark, codes));
    }

    /** The marks of a text that names a currency and may hold more: {@code руб.}, {@code 90 728.00 руб}. */
    private static Set<String> hinted(String hint) {
        if (hint.length() > Prices.MOST_CHARACTERS) {
            return Set.of();
        }
        String line = Plain.line(hint);
        String known = KNOWN.mark(line.replaceAll("^[ :*]+|[ :*]+$", ""));
        known = known == null ? KNOWN.mark(line.replaceAll("^[ :*.]+|[ :*.]+$", "")) : known;
        if (known != null) {
            return Set.of(known);
        }
        return PricedFigure.in(line).stream()
                .filter(PricedFigure::isSure)
                .findFirst()
                .map(PricedFigure::marks)
                .orElse(Set.of());
    }
}
