package io.leat.job;

import java.util.Map;

/**
 * What is known of the sites of a feed, at the last look.
 *
 * @param records of each site since the watch began
 * @param silentMillis how long nothing has come from each
 * @param limitMillis after how long each is told to be silent; of those that are being learned, nothing
 * @param open how many alerts are open, by kind
 */
public record SiteFigures(
        Map<String, Long> records,
        Map<String, Long> silentMillis,
        Map<String, Long> limitMillis,
        Map<String, Long> open) {

    public static final SiteFigures NONE = new SiteFigures(Map.of(), Map.of(), Map.of(), Map.of());

    public SiteFigures {
        records = Map.copyOf(records);
        silentMillis = Map.copyOf(silentMillis);
        limitMillis = Map.copyOf(limitMillis);
        open = Map.copyOf(open);
    }
}
