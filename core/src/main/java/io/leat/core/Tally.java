package io.leat.core;

/**
 * Where every scrape went. The sum always balances: in = changed + unchanged + stale + dead + late + seeded + unsettled +
 * held.
 *
 * @param in scrapes read
 * @param changed told
 * @param unchanged newer, nothing that counts differs
 * @param stale older than what is known, or a repeat
 * @param dead refused
 * @param late put aside because a newer one of the key had been let go before it came
 * @param seeded the first of its key, remembered silently
 * @param unsettled a debounced field differs, but not for long enough
 * @param held implausible; the scrape that confirms it counts as changed
 */
public record Tally(
        long in,
        long changed,
        long unchanged,
        long stale,
        long dead,
        long late,
        long seeded,
        long unsettled,
        long held) {

    public static final Tally ZERO = new Tally(0, 0, 0, 0, 0);

    /** The tally of a feed without rules. */
    public Tally(long in, long changed, long unchanged, long stale, long dead, long late) {
        this(in, changed, unchanged, stale, dead, late, 0, 0, 0);
    }

    /** The same where nothing is late. */
    public Tally(long in, long changed, long unchanged, long stale, long dead) {
        this(in, changed, unchanged, stale, dead, 0);
    }

    /** One item that was decided so. */
    public static Tally of(Decision decision) {
        if (decision instanceof Decision.Told) {
            return new Tally(1, 1, 0, 0, 0);
        } else if (decision instanceof Decision.Unchanged) {
            return new Tally(1, 0, 1, 0, 0);
        } else if (decision instanceof Decision.Seeded) {
            return new Tally(1, 0, 0, 0, 0, 0, 1, 0, 0);
        } else if (decision instanceof Decision.Unsettled) {
            return new Tally(1, 0, 0, 0, 0, 0, 0, 1, 0);
        } else if (decision instanceof Decision.OnHold) {
            return new Tally(1, 0, 0, 0, 0, 0, 0, 0, 1);
        }
        return new Tally(1, 0, 0, 1, 0);
    }

    /** Whether every scrape is accounted for. */
    public boolean balances() {
        return inFlight() == 0;
    }

    /** Scrapes read and not yet decided at the moment of counting. */
    public long inFlight() {
        return in - changed - silent() - dead;
    }

    /** The share of items that told nothing, 0 to 1; 0 if there were none. */
    public double suppressedShare() {
        long items = changed + silent();
        return items == 0 ? 0 : (double) silent() / items;
    }

    private long silent() {
        return unchanged + stale + late + seeded + unsettled + held;
    }

    /** Both together. */
    public Tally plus(Tally other) {
        return new Tally(
                in + other.in,
                changed + other.changed,
                unchanged + other.unchanged,
                stale + other.stale,
                dead + other.dead,
                late + other.late,
                seeded + other.seeded,
                unsettled + other.unsettled,
                held + other.held);
    }
}
