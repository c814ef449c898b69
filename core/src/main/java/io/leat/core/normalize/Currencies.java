package io.leat.core.normalize;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Currencies of ISO 4217: their codes, how shops write them, their decimals. */
final class Currencies {

    /** Codes that are words: they count only in capitals. */
    private static final Set<String> WORDS = Set.of(
            "ALL", "TOP", "MAD", "CUP", "TRY", "PEN", "COP", "MOP", "GEL", "SOS", "BAM", "SAR", "RON", "LAK", "AMD",
            "ANG", "BOB", "DOP", "ERN", "GIP", "MUR", "NAD", "PAB", "STN", "ETB", "SHP", "BIF", "LEK", "MOB", "VES",
            "CHE", "COU", "DEM", "ESP", "FIM", "IMP", "KID", "PRB", "SIT", "STD", "USN");

    /** Hundredths that exchanges give a code of their own: penny, agora, cent of the rand. */
    private static final Set<String> HUNDREDTHS = Set.of("GBX", "ILA", "ZAC");

    private static final String CENT_SIGN = "\u00a2";

    private static final int MIN_FOLDED = 3;

    static final Currencies KNOWN = new Currencies(Table.of("currencies"));

    private final Map<String, Currency> byCode = new TreeMap<>();
    private final Map<String, Set<String>> byMark = new HashMap<>();
    private final Map<String, String> primary = new HashMap<>();
    private final Map<String, String> byRegion = new HashMap<>();
    private final Set<String> weak = new HashSet<>();
    private int longest;

    /** A currency's decimals in prices, and what separates them at home. */
    record Currency(String code, int decimals, char decimal) {}

    private Currencies(Table table) {
        for (String code : table.keys()) {
            String[] fields = table.text(code).split(";", -1);
            byCode.put(code, new Currency(code, Integer.parseInt(fields[0].strip()), fields[1].charAt(0)));
            Table.parts(fields[2], ' ').forEach(region -> byRegion.put(region, code));
            mark(code, code, true);
            if (!WORDS.contains(code)) {
                mark(code.toLowerCase(Locale.ROOT), code, true);
            }
            for (String written : Table.parts(fields[3], '|')) {
                String mark = Plain.line(written.replaceFirst("^[!?]+", ""));
                String prefix = written.substring(0, Math.min(2, written.length()));
                mark(mark, code, prefix.contains("!"));
                if (prefix.startsWith("?")) {
                    weak.add(mark);
                }
            }
        }
    }

    private void mark(String mark, String code, boolean isPrimary) {
        byMark.computeIfAbsent(mark, m -> new TreeSet<>()).add(code);
        longest = Math.max(longest, mark.length() + 1);
        if (isPrimary) {
            primary.put(mark, code);
        }
    }

    /** The longest mark there is, with a space within. */
    int longest() {
        return longest;
    }

    @Nullable
    Currency of(String code) {
        return byCode.get(code);
    }

    /** The mark as the table has it, {@code null} if it is none: letters may differ in case, "US $" is "US$", "$ CA" is "$CA". */
    @Nullable
    String mark(String text) {
        if (byMark.containsKey(text) || isSign(text)) {
            return text;
        }
        int space = text.indexOf(' ');
        if (space > 0 && (isSign(text.substring(0, space)) || isSign(text.substring(space + 1)))) {
            return mark(text.substring(0, space) + text.substring(space + 1));
        }
        String folded = text.toLowerCase(Locale.ROOT);
        boolean mayFold = text.length() >= MIN_FOLDED || folded.chars().anyMatch(c -> c > 0x7f);
        return mayFold && byMark.containsKey(folded) && !isOtherThanCode(text) ? folded : null;
    }

    /** What Unicode calls the sign of a currency is one, though no currency of the table has it. */
    private static boolean isSign(String text) {
        return text.length() == 1 && Character.getType(text.charAt(0)) == Character.CURRENCY_SYMBOL;
    }

    /** A word that only looks like a code ("Top"), or a code's hundredth part ("GBp" is a penny). */
    private boolean isOtherThanCode(String text) {
        String capitals = text.toUpperCase(Locale.ROOT);
        boolean isSpelled = text.substring(1).equals(text.substring(1).toLowerCase(Locale.ROOT));
        return byCode.containsKey(capitals) && (WORDS.contains(capitals) || !isSpelled);
    }

    /** Whether a mark is a word or a unit of measure too, so that it counts only where no other mark does. */
    boolean isWeak(String mark) {
        return weak.contains(mark);
    }

    /** Whether a mark is that of the currency used there. */
    boolean isLocal(String mark, Locality locality) {
        String local = byRegion.get(locality.region());
        return local != null && meaning(mark).contains(local);
    }

    /** One spelling of marks that differ in case only and mean the same. */
    String usual(String mark) {
        String folded = mark.toLowerCase(Locale.ROOT);
        return meaning(folded).equals(meaning(mark)) && byMark.containsKey(folded) ? folded : mark;
    }

    /** Whether an amount with this mark can count hundredths of a currency. */
    boolean isHundredths(String mark, List<String> codes) {
        return mark.equals(CENT_SIGN) || codes.stream().anyMatch(HUNDREDTHS::contains);
    }

    /** The currencies a mark can mean, none if it is the sign of none in the table. */
    Set<String> meaning(String mark) {
        return byMark.getOrDefault(mark, Set.of());
    }

    /**
     * The one currency meant, or all that remain possible.
     *
     * @param marks marks of the table, all said of one amount; an empty result says that they contradict each other
     */
    List<String> decide(Collection<String> marks, Locality locality) {
        Set<String> possible = new TreeSet<>(byCode.keySet());
        marks.forEach(mark -> possible.retainAll(meaning(mark)));
        if (possible.size() > 1) {
            String local = byRegion.get(locality.region());
            if (local != null && possible.contains(local)) {
                return List.of(local);
            }
            for (String mark : marks) {
                String usual = primary.get(mark);
                if (usual != null && possible.contains(usual)) {
                    return List.of(usual);
                }
            }
        }
        return List.copyOf(possible);
    }
}
