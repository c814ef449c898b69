package io.leat.core.normalize;

import static io.leat.core.normalize.StockSense.ALMOST;
import static io.leat.core.normalize.StockSense.BACKORDER;
import static io.leat.core.normalize.StockSense.DENY;
import static io.leat.core.normalize.StockSense.DISCONTINUED;
import static io.leat.core.normalize.StockSense.DOUBT;
import static io.leat.core.normalize.StockSense.FEW;
import static io.leat.core.normalize.StockSense.FROM;
import static io.leat.core.normalize.StockSense.IN_STOCK;
import static io.leat.core.normalize.StockSense.IN_STORE_ONLY;
import static io.leat.core.normalize.StockSense.LABEL;
import static io.leat.core.normalize.StockSense.LEFT;
import static io.leat.core.normalize.StockSense.LESS;
import static io.leat.core.normalize.StockSense.LIMITED;
import static io.leat.core.normalize.StockSense.MORE;
import static io.leat.core.normalize.StockSense.NE;
import static io.leat.core.normalize.StockSense.NOISE;
import static io.leat.core.normalize.StockSense.ONLINE_ONLY;
import static io.leat.core.normalize.StockSense.ONLY;
import static io.leat.core.normalize.StockSense.OUT_OF_STOCK;
import static io.leat.core.normalize.StockSense.PIECES;
import static io.leat.core.normalize.StockSense.PREORDER;
import static io.leat.core.normalize.StockSense.SHIPPING;
import static io.leat.core.normalize.StockSense.SOLD_OUT;
import static io.leat.core.normalize.StockSense.SOON;
import static io.leat.core.normalize.StockSense.TIME;
import static io.leat.core.normalize.StockSense.UNTIL;
import static io.leat.core.normalize.StockSense.WHEN;
import static io.leat.core.normalize.StockSense.WISH;

/**
 * One clause of a text about a stock: what its words and figures say together. A state counts only if nothing in its clause is
 * unknown; what denies, doubts or dates it decides what it means.
 */
final class StockClause {

    static final int THERE = bits(IN_STOCK, LIMITED);
    static final int GONE = bits(OUT_OF_STOCK, SOLD_OUT, DISCONTINUED);
    private static final int ORDERED = bits(PREORDER, BACKORDER);
    private static final int PLACED = bits(IN_STORE_ONLY, ONLINE_ONLY);
    static final int STATES = THERE | GONE | ORDERED | PLACED;
    private static final int SMALL = bits(ONLY, LEFT, FEW, LESS);
    private static final int CAREFUL = bits(DENY, SOON, DOUBT, WHEN, UNTIL, WISH);
    private static final int AFTER_A_FIGURE = bits(NOISE, TIME);

    /** What a clause says of the stock. */
    enum Says {
        /** One or more states. */
        STATE,
        /** A number of pieces, and nothing else. */
        COUNT,
        /** The name of the stock, and nothing else. */
        LABEL,
        /** What may be once. */
        LATER,
        /** Nothing, but it denies or doubts something. */
        DOUBT,
        NOTHING,
        /** More than can be made out. */
        UNCLEAR
    }

    private int senses;
    private int denials;
    private int unknown;
    private int counts;
    private int zeros;
    private int loose;
    private boolean isDated;
    private boolean isShippingFirst;
    private boolean isQuestion;
    private boolean isPending;
    private boolean isPendingZero;
    private int parts;
    private String why = "";

    private static int bits(StockSense... senses) {
        int bits = 0;
        for (StockSense sense : senses) {
            bits |= sense.bit();
        }
        return bits;
    }

    boolean isEmpty() {
        return parts == 0;
    }

    /** Whether a wish or a condition that comes now is a sentence of its own: something is gone, tell me when. */
    boolean isOverBefore(StockSense sense) {
        return (sense == WISH || sense == WHEN) && has(GONE) && !has(WHEN.bit() | DENY.bit());
    }

    void add(StockSense sense) {
        parts++;
        if (isPending && (AFTER_A_FIGURE & sense.bit()) == 0) {
            count();
        }
        isPending = false;
        if (sense == SHIPPING && !has(STATES)) {
            isShippingFirst = true;
        }
        if (sense == TIME && has(SHIPPING.bit())) {
            return;
        }
        if (sense == DENY) {
            denials++;
        }
        senses |= sense.bit();
    }

    /** A whole number that may count pieces. */
    void addNumber(boolean isZero) {
        parts++;
        flush();
        if (!has(SHIPPING.bit())) {
            isPending = true;
            isPendingZero = isZero;
        }
    }

    /** A figure of money or parts of a hundred. */
    void addAmount() {
        parts++;
        isPending = false;
        senses = senses & ~FROM.bit() | NOISE.bit();
    }

    void addDate() {
        parts++;
        flush();
        isDated = !has(SHIPPING.bit()) || isDated;
    }

    void addUnknown() {
        parts++;
        if (isPending) {
            isPending = false;
            loose += isPendingZero ? 1 : 0;
        }
        unknown++;
    }

    void ask() {
        isQuestion = true;
    }

    private void flush() {
        if (isPending) {
            isPending = false;
            count();
        }
    }

    private void count() {
        counts++;
        zeros += isPendingZero ? 1 : 0;
    }

    private boolean has(int bits) {
        return (senses & bits) != 0;
    }

    String why() {
        return why;
    }

    boolean isNone() {
        return zeros > 0;
    }

    /** The states as bits of {@link StockSense}, once {@link #says} has judged. */
    int states() {
        return senses & STATES;
    }

    Says says() {
        flush();
        if (counts > 1) {
            return has(STATES | LABEL.bit()) ? unclear("several counts") : Says.NOTHING;
        }
        return has(STATES) ? state() : noState();
    }

    private Says state() {
        if (isQuestion) {
            return unclear("a question");
        }
        if (has(WISH.bit() | WHEN.bit())) {
            return Says.LATER;
        }
        if (isShippingFirst) {
            return Says.NOTHING;
        }
        if (has(DOUBT.bit()) || has(UNTIL.bit()) && !has(GONE)) {
            return unclear("a word of doubt beside a state");
        }
        if (unknown > 0 && !has(SHIPPING.bit())) {
            return unclear("words beside a state that are not known");
        }
        if (isDated && has(UNTIL.bit()) && has(GONE) && !has(SOON.bit() | DENY.bit())) {
            return Says.STATE;
        }
        if (has(SOON.bit() | FROM.bit()) || isDated) {
            return later();
        }
        if (has(TIME.bit()) && !has(ORDERED)) {
            return unclear("a time beside a state");
        }
        if (has(ALMOST.bit())) {
            return has(GONE) && denials == 0 ? only(LIMITED) : unclear("almost a state");
        }
        return denials > 0 ? denied() : counted();
    }

    private Says later() {
        if (has(ORDERED) && !has(THERE | GONE | PLACED) && denials == 0) {
            return Says.STATE;
        }
        return has(THERE) && !has(GONE) ? Says.LATER : unclear("a state that is to come or to end");
    }

    private Says denied() {
        boolean isPlain = denials == 1
                && states() == IN_STOCK.bit()
                && counts == zeros
                && !has(SMALL & ~LEFT.bit() | MORE.bit() | SHIPPING.bit() | NOISE.bit());
        return isPlain ? only(OUT_OF_STOCK) : unclear("a word of denial beside a state");
    }

    private Says counted() {
        if (has(NE.bit()) && !has(GONE)) {
            return unclear("half a denial");
        }
        boolean isThere = has(THERE) && !has(GONE | ORDERED);
        if (counts > 0 && !isThere) {
            return unclear("a count beside a state that has none");
        }
        if (zeros > 0) {
            return has(MORE.bit() | LESS.bit()) ? unclear("more or less than none") : only(OUT_OF_STOCK);
        }
        if (isThere && has(SMALL)) {
            return counts > 0 || has(FEW.bit() | LIMITED.bit())
                    ? only(LIMITED)
                    : unclear("a word that narrows a state");
        }
        return has(ONLY.bit() | ALMOST.bit()) && !has(THERE | PLACED)
                ? unclear("a word that narrows a state")
                : Says.STATE;
    }

    private Says noState() {
        boolean isNoise = has(SHIPPING.bit() | NOISE.bit());
        if (has(WISH.bit()) || has(SOON.bit()) && !isNoise) {
            return Says.LATER;
        }
        if (unknown > 0
                || isQuestion
                || isNoise
                || isDated
                || has(SOON.bit() | WHEN.bit() | DOUBT.bit() | TIME.bit())) {
            return has(CAREFUL) && !isNoise || loose > 0 ? Says.DOUBT : Says.NOTHING;
        }
        boolean isNone = zeros > 0 || counts == 0 && denials == 1;
        if (has(LEFT.bit())) {
            return isNone ? only(OUT_OF_STOCK) : few(counts > 0);
        }
        if (has(LABEL.bit())) {
            if (isNone) {
                return only(OUT_OF_STOCK);
            }
            return counts > 0 && !has(SMALL) ? only(IN_STOCK) : denials > 0 ? Says.DOUBT : labelled();
        }
        if (has(ONLY.bit()) && has(PIECES.bit())) {
            return few(counts > zeros);
        }
        return denials > 0 ? Says.DOUBT : counts > 0 ? Says.COUNT : Says.NOTHING;
    }

    private Says labelled() {
        return has(FEW.bit()) || counts > 0 ? only(LIMITED) : Says.LABEL;
    }

    private Says few(boolean isCounted) {
        boolean isFew = isCounted || has(FEW.bit());
        return isFew && denials == 0 ? only(LIMITED) : Says.NOTHING;
    }

    private Says only(StockSense state) {
        senses = senses & ~STATES | state.bit();
        return Says.STATE;
    }

    private Says unclear(String reason) {
        why = reason;
        return Says.UNCLEAR;
    }
}
