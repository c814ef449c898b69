package io.leat.testkit;

/**
 * Where the reference saw every record go: in = changed + unchanged + stale + refused + undecided.
 *
 * @param in records added
 * @param changed told
 * @param unchanged newer, nothing compared differs
 * @param stale older than what is known, or a repeat
 * @param refused no item
 * @param undecided depends on how the product orders different records of one moment
 */
public record ExpectedTally(long in, long changed, long unchanged, long stale, long refused, long undecided) {

    /** Whether a product's count agrees as far as it is decided. */
    public boolean allows(long otherChanged, long otherUnchanged, long otherStale, long otherRefused) {
        return otherRefused == refused
                && otherChanged + otherUnchanged + otherStale + otherRefused == in
                && isWithin(otherChanged, changed)
                && isWithin(otherUnchanged, unchanged)
                && isWithin(otherStale, stale);
    }

    private boolean isWithin(long other, long decided) {
        return other >= decided && other <= decided + undecided;
    }
}
