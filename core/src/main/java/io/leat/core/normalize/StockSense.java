package io.leat.core.normalize;

import org.jspecify.annotations.Nullable;

/** What a phrase says about a stock: a state, or what it does to a state beside it. The more careful of two meanings comes first. */
enum StockSense {
    /** Denies what stands beside it: "not", "without", "none". */
    DENY,
    /** The first half of a denial in two words: French "ne". */
    NE,
    /** Makes it uncertain, or asks to choose. */
    DOUBT,
    /** An offer to tell when it is there. */
    WISH,
    /** A condition. */
    WHEN,
    /** Of the future, or of a return. */
    SOON,
    IN_STORE_ONLY(Availability.IN_STORE_ONLY),
    ONLINE_ONLY(Availability.ONLINE_ONLY),
    DISCONTINUED(Availability.DISCONTINUED),
    SOLD_OUT(Availability.SOLD_OUT),
    OUT_OF_STOCK(Availability.OUT_OF_STOCK),
    BACKORDER(Availability.BACKORDER),
    PREORDER(Availability.PREORDER),
    LIMITED(Availability.LIMITED),
    IN_STOCK(Availability.IN_STOCK),
    /** "almost". */
    ALMOST,
    /** "until". */
    UNTIL,
    /** "from" a day on. */
    FROM,
    /** "3 left". */
    LEFT,
    /** "a few". */
    FEW,
    ONLY,
    MORE,
    LESS,
    /** What is counted: "pcs". */
    PIECES,
    /** Names the stock before a count: "Quantity". */
    LABEL,
    /** What follows is about the way of the goods. */
    SHIPPING,
    /** What else is counted on a page: reviews, sellers, sales. */
    NOISE,
    /** Days, hours. */
    TIME,
    /** Changes nothing: "this item is currently". */
    PLAIN;

    private final @Nullable Availability state;

    StockSense() {
        this(null);
    }

    StockSense(@Nullable Availability state) {
        this.state = state;
    }

    private static final StockSense[] ALL = values();

    /** The state that these bits are, {@code null} if they are several or none. */
    static @Nullable Availability state(int bits) {
        return Integer.bitCount(bits) == 1 ? ALL[Integer.numberOfTrailingZeros(bits)].state : null;
    }

    /** Of two senses of one phrase the more careful one. */
    static StockSense careful(StockSense one, StockSense other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** Its place in a set of bits, which lives as long as one text is read. */
    @SuppressWarnings("EnumOrdinal")
    int bit() {
        return 1 << ordinal();
    }
}
