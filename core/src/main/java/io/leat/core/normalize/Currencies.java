package io.leat.core.normalize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Currencies of ISO 4217: their codes, how shops write them, their decimals. Thread-safe. */
final class Currencies {

    /** Hundredths that exchanges give a code of their own: penny, agora, cent of the rand. */
    private static final Set<String> HUNDREDTHS = Set.of("GBX", "ILA", "ZAC");

    static final Currencies KNOWN = new Currencies(Table.of("currencies"));

    private final Map<String, Currency> byCode = new TreeMap<>();
    private final Map<String, String> byRegion = new HashMap<>();
    private final Marks marks;

    /** A currency's decimals in prices, and what separates them at home. */
    record Currency(String code, int decimals, char decimal) {}

    private Currencies(Table table) {
        Map<String, Set<String>> codes = new HashMap<>();
        Map<String, String> usual = new HashMap<>();
        Set<String> weak = new HashSet<>();
        for (String code : table.keys()) {
            String[] fields = table.text(code).split(";", -1);
            byCode.put(code, new Currency(code, Integer.parseInt(fields[0].strip()), fields[1].charAt(0)));
            Table.parts(fields[2], ' ').forEach(region -> byRegion.put(region, code));
            List<String> own = new ArrayList<>(List.of("!" + code));
            if (!Marks.WORDS.contains(code)) {
                own.add("!" + code.toLowerCase(Locale.ROOT));
            }
            own.addAll(Table.parts(fields[3], '|'));
            for (String written : own) {
                int start = 0;
                while ("!?".indexOf(written.charAt(start)) >= 0) {
                    start++;
                }
                String mark = Plain.line(written.substring(start));
                codes.computeIfAbsent(mark, m -> new TreeSet<>()).add(code);
                if (written.substring(0, start).contains("!")) {
                    usual.put(mark, code);
                }
                if (written.startsWith("?")) {
                    weak.add(mark);
                }
            }
        }
        Map<String, Mark> byMark = new HashMap<>();
        codes.forEach((mark, meant) -> {
            String small = mark.toLowerCase(Locale.ROOT);
            String told = meant.equals(codes.get(small)) ? small : mark;
            byMark.put(mark, new Mark(mark, told, List.copyOf(meant), usual.get(mark), weak.contains(mark)));
        });
        marks = new Marks(byMark, byCode.keySet());
    }

    Marks marks() {
        return marks;
    }

    @Nullable
    Currency of(String code) {
        return byCode.get(code);
    }

    /** The code used in a region, {@code null} if none is known. */
    @Nullable
    String in(String region) {
        return byRegion.get(region);
    }

    /** Whether a mark is that of the currency used there. */
    boolean isLocal(Mark mark, Locality locality) {
        String local = byRegion.get(locality.region());
        return local != null && mark.codes().contains(local);
    }

    /** Whether an amount with this mark can count hundredths of a currency. */
    static boolean isHundredths(Mark mark, List<String> codes) {
        boolean isHundredths = mark.isCentSign();
        for (int i = 0; i < codes.size() && !isHundredths; i++) {
            isHundredths = HUNDREDTHS.contains(codes.get(i));
        }
        return isHundredths;
    }

    /**
     * The one currency meant, or all that remain possible.
     *
     * @param said marks, all said of one amount; an empty result says that they contradict each other
     */
    List<String> decide(List<Mark> said, Locality locality) {
        List<String> possible = said.get(0).codes();
        for (int i = 1; i < said.size(); i++) {
            List<String> also = said.get(i).codes();
            if (also.size() == 1 && possible.contains(also.get(0))) {
                possible = also;
            } else if (possible != also) {
                possible = possible.stream().filter(also::contains).toList();
            }
        }
        if (possible.size() > 1) {
            String local = byRegion.get(locality.region());
            if (local != null && possible.contains(local)) {
                return List.of(local);
            }
            for (Mark mark : said) {
                if (mark.usual() != null && possible.contains(mark.usual())) {
                    return List.of(mark.usual());
                }
            }
        }
        return possible;
    }
}
