package io.leat.core.silence;

/** How likely a count is. */
final class Chances {

    private static final double STEADY = 1e9;

    private Chances() {}

    /**
     * Of a negative binomial.
     *
     * @param spread mean² / (variance − mean); so great that it hardly varies more than by chance: a Poisson distribution
     */
    static double ofExactly(long count, double mean, double spread) {
        if (spread > STEADY) {
            return Math.exp(count * Math.log(mean) - mean - logGamma(count + 1.0));
        }
        return Math.exp(logGamma(count + spread)
                - logGamma(count + 1.0)
                - logGamma(spread)
                + spread * Math.log(spread / (spread + mean))
                + count * Math.log(mean / (spread + mean)));
    }

    /** Stirling's series, moved up until it is exact to ten digits. */
    private static double logGamma(double x) {
        double shift = 0;
        double z = x;
        while (z < 10) {
            shift -= Math.log(z);
            z++;
        }
        double inverse = 1 / (z * z);
        double series = (1.0 / 12 - inverse * (1.0 / 360 - inverse * (1.0 / 1260 - inverse / 1680))) / z;
        return shift + (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series;
    }
}
