package io.leat.format.propose;

/** Records to learn from, in the order they came. */
public interface Scrapes {

    /** Reads them from the first one on, until there are no more or the taker has had enough. */
    void read(Taker taker);

    /** Whether they can be read more than once. */
    boolean isRepeatable();

    /** Takes records. */
    interface Taker {

        /**
         * Looks at a record.
         *
         * @param value its bytes
         * @param share how much of all lies before it, 0 to 1; 0 if that is not known
         * @return whether more is wanted
         */
        boolean take(byte[] value, double share);
    }
}
