package io.leat.core.normalize;

import java.util.Locale;

/** Whether an item can be had, in the words of schema.org. */
public enum Availability {
    IN_STOCK,
    LIMITED,
    OUT_OF_STOCK,
    SOLD_OUT,
    PREORDER,
    BACKORDER,
    DISCONTINUED,
    IN_STORE_ONLY,
    ONLINE_ONLY;

    /** The word in an item: {@code in_stock}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
