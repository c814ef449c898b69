package io.leat.core;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the moving averages of numbers that were told, in the space of one number a field. Each value counts for as long as
 * it stood, and what lies a half-life back counts half. Between two changes nothing is kept: what stands is known, and so
 * is since when. Immutable; the same on every machine.
 */
final class Averaging {

    private final Map<String, Long> halfLifeMicros = new TreeMap<>();

    Averaging(Rules rules) {
        rules.average().forEach((path, halfLife) -> halfLifeMicros.put(path.toString(), Judgement.micros(halfLife)));
    }

    /** Of a key that begins, {@code null} if the feed asks for no averages. */
    @Nullable
    Averages begun(long eventTime) {
        return halfLifeMicros.isEmpty() ? null : new Averages(eventTime, Compared.NOTHING);
    }

    /** Of a key of which nothing was told before, {@code null} if the feed asks for no averages. */
    @Nullable
    Compared none() {
        return halfLifeMicros.isEmpty() ? null : Compared.NOTHING;
    }

    /**
     * The averages of all that was told up to a moment.
     *
     * @param moment microseconds since 1970
     * @return for each averaged field that was a number; {@code null} if the feed asks for no averages
     */
    @Nullable
    Compared at(Known known, long moment) {
        if (halfLifeMicros.isEmpty()) {
            return null;
        }
        Averages before = known.averages();
        List<String> paths = new ArrayList<>();
        List<String> means = new ArrayList<>();
        halfLifeMicros.forEach((path, halfLife) -> {
            BigDecimal mean =
                    before == null ? null : ExactNumber.of(before.means().at(path));
            BigDecimal stands = ExactNumber.of(known.compared().at(path));
            BigDecimal next = stands == null || mean == null || before == null
                    ? (mean == null ? stands : mean)
                    : mix(mean, stands, moment - before.since(), halfLife);
            if (next != null) {
                paths.add(path);
                means.add(text(next));
            }
        });
        return new Compared(paths, means);
    }

    private static BigDecimal mix(BigDecimal mean, BigDecimal stands, long forMicros, long halfLife) {
        double stays = StrictMath.pow(0.5, Math.max(0, forMicros) / (double) halfLife);
        return stands.add(
                mean.subtract(stands).multiply(new BigDecimal(stays), MathContext.DECIMAL64), MathContext.DECIMAL64);
    }

    private static String text(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
