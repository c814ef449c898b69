package io.leat.core;

/**
 * Where every scrape went. The sum always balances: in = changed + unchanged + stale + late + dead.
 *
 * @param in scrapes read
 * @param changed told
 * @param unchanged newer, nothing compared differs
 * @param stale older than what is known, or a repeat
 * @param dead refused
 * @param late put aside because a newer one of the key had been let go before it came
 */
public record Tally(long in, long changed, long unchanged, long stale, long dead, long late) {

    public static final Tally ZERO = new Tally(0, 0, 0, 0, 0);

    /** Nothing is late. */
    public Tally(long in, long changed, long unchanged, long stale, long dead) {
        this(in, changed, unchanged, stale, dead, 0);
    }

    /** Whether every scrape is accounted for. */
    public boolean balances() {
        return in == changed + unchanged + stale + late + dead;
    }

    /** The share of items that told nothing, 0 to 1; 0 if there were none. */
    public double suppressedShare() {
        long items = changed + unchanged + stale + late;
        return items == 0 ? 0 : (double) (unchanged + stale + late) / items;
    }

    /** Both together. */
    public Tally plus(Tally other) {
        return new Tally(
                in + other.in,
                changed + other.changed,
                unchanged + other.unchanged,
                stale + other.stale,
                dead + other.dead,
                late + other.late);
    }
}
