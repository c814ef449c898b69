package io.leat.core.normalize;

import java.util.Set;

/** Words that stand in texts of prices, folded. */
final class PriceWords {

    private static final Table WORDS = Table.of("money");

    /** The whole text says that it costs nothing. */
    static final Set<String> FREE = WORDS.words("free");

    /** The whole text says that no price is told. */
    static final Set<String> NONE = WORDS.words("none");

    /** Stand beside prices and tell nothing else. */
    static final Set<String> BESIDE = WORDS.words("price");

    /** Stand between the ends of a range. */
    static final Set<String> RANGE = WORDS.words("range");

    /** Stand after what counts in thousands or more. */
    static final Set<String> MULTIPLE = WORDS.words("multiple");

    /** Stand after the hundredths of an amount. */
    static final Set<String> HUNDREDTHS = WORDS.words("hundredths");

    /** Join an amount and its hundredths. */
    static final Set<String> AND = WORDS.words("and");

    private PriceWords() {}
}
