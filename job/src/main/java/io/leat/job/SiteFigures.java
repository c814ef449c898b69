package io.leat.job;

import io.leat.core.silence.SiteFigure;
import java.util.Map;

/**
 * What is known of the sites of a feed, at the last look.
 *
 * @param atMillis the moment of that look by the broker's clock, milliseconds since 1970; {@link Long#MIN_VALUE} before the
 *     first
 * @param sites each of them by name
 * @param open how many alerts are open, by kind
 */
public record SiteFigures(long atMillis, Map<String, SiteFigure> sites, Map<String, Long> open) {

    public static final SiteFigures NONE = new SiteFigures(Long.MIN_VALUE, Map.of(), Map.of());

    public SiteFigures {
        sites = Map.copyOf(sites);
        open = Map.copyOf(open);
    }
}
