package io.leat.app.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How long it took until the pulse came through again, by kind of trouble. */
final class Recoveries {

    private final Map<String, List<Long>> millis = new TreeMap<>();

    void add(String kind, long took) {
        millis.computeIfAbsent(kind, same -> new ArrayList<>()).add(took);
    }

    int count() {
        return millis.values().stream().mapToInt(List::size).sum();
    }

    /** A table in Markdown. */
    String table() {
        StringBuilder table = new StringBuilder(
                "| trouble | times | recovery p50 | p99 | longest |\n| --- | ---: | ---: | ---: | ---: |\n");
        millis.forEach((kind, all) -> {
            Collections.sort(all);
            table.append("| %s | %d | %s | %s | %s |%n"
                    .formatted(kind, all.size(), seconds(all, 0.50), seconds(all, 0.99), seconds(all, 1)));
        });
        return table.toString();
    }

    private static String seconds(List<Long> sorted, double share) {
        int at = (int) Math.ceil(share * sorted.size()) - 1;
        return String.format(java.util.Locale.ROOT, "%.1f s", sorted.get(Math.max(0, at)) / 1_000.0);
    }
}
