package io.leat.bench.work;

import java.nio.charset.StandardCharsets;

/**
 * Reads price records in place, as somebody would write it by hand who knows this one shape: members in any order, the checks
 * of the contract, price as cents, no object a record. For one thread.
 */
public final class PriceScan {

    private static final int NAMES = 10;
    private static final int EVENT_ID = 0;
    private static final int TYPE = 1;
    private static final int SOURCE = 2;
    private static final int SKU = 3;
    private static final int URL = 4;
    private static final int TITLE = 5;
    private static final int PRICE = 6;
    private static final int CURRENCY = 7;
    private static final int IN_STOCK = 8;
    private static final int EXTRACTED_AT = 9;
    private static final byte[][] NAME = new byte[NAMES][];

    static {
        String[] names = {
            "event_id", "type", "source", "sku", "url", "title", "price", "currency", "in_stock", "extracted_at"
        };
        for (int i = 0; i < NAMES; i++) {
            NAME[i] = names[i].getBytes(StandardCharsets.US_ASCII);
        }
    }

    private static final byte[] TYPE_WORD = "price_update".getBytes(StandardCharsets.US_ASCII);

    private final int[] start = new int[NAMES];
    private final int[] end = new int[NAMES];
    private byte[] json = {};
    private int at;
    private long cents;
    private boolean inStock;
    private long micros;

    /** Whether the bytes are a record that keeps the contract. */
    public boolean read(byte[] bytes) {
        json = bytes;
        at = 0;
        int seen = 0;
        if (!take('{')) {
            return false;
        }
        do {
            int nameStart = string();
            int which = nameStart < 0 ? -1 : which(nameStart, at - 1);
            if (which < 0 || !take(':') || !value(which)) {
                return false;
            }
            seen |= 1 << which;
        } while (take(','));
        return take('}') && at == json.length && seen == (1 << NAMES) - 1 && keepsContract();
    }

    private boolean value(int which) {
        if (which == IN_STOCK) {
            inStock = json[at] == 't';
            int length = inStock ? 4 : 5;
            boolean isWord = at + length <= json.length && (inStock ? json[at + 3] == 'e' : json[at + 4] == 'e');
            at += length;
            return isWord;
        }
        int from = string();
        start[which] = from;
        end[which] = at - 1;
        return from >= 0;
    }

    private boolean keepsContract() {
        cents = readCents();
        micros = readMicros();
        return cents >= 0
                && micros >= 0
                && isUuid()
                && same(TYPE, TYPE_WORD)
                && all(SOURCE, false)
                && all(SKU, true)
                && isUri()
                && end[TITLE] - start[TITLE] >= 1
                && end[TITLE] - start[TITLE] <= 200
                && end[CURRENCY] - start[CURRENCY] == 3
                && all(CURRENCY, true);
    }

    private boolean take(char c) {
        if (at < json.length && json[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    private int string() {
        if (!take('"')) {
            return -1;
        }
        int from = at;
        while (at < json.length && json[at] != '"') {
            if (json[at] == '\\') {
                at++;
            } else if (json[at] >= 0 && json[at] < 0x20) {
                return -1;
            }
            at++;
        }
        at++;
        return at <= json.length ? from : -1;
    }

    private int which(int from, int to) {
        for (int i = 0; i < NAMES; i++) {
            byte[] name = NAME[i];
            if (name.length == to - from
                    && name[0] == json[from]
                    && java.util.Arrays.equals(name, 0, name.length, json, from, to)) {
                return i;
            }
        }
        return -1;
    }

    private boolean same(int field, byte[] word) {
        return java.util.Arrays.equals(word, 0, word.length, json, start[field], end[field]);
    }

    private boolean all(int field, boolean upper) {
        for (int i = start[field]; i < end[field]; i++) {
            byte c = json[i];
            boolean isLetter = upper ? c >= 'A' && c <= 'Z' : c >= 'a' && c <= 'z';
            if (!isLetter && (c < '0' || c > '9') && c != '-' && (c != '.' || upper)) {
                return false;
            }
        }
        return end[field] > start[field];
    }

    private boolean isUuid() {
        int from = start[EVENT_ID];
        if (end[EVENT_ID] - from != 36) {
            return false;
        }
        for (int i = 0; i < 36; i++) {
            byte c = json[from + i];
            boolean isDash = i == 8 || i == 13 || i == 18 || i == 23;
            if (isDash ? c != '-' : !(c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F')) {
                return false;
            }
        }
        return true;
    }

    private boolean isUri() {
        int colon = start[URL];
        while (colon < end[URL] && json[colon] >= 'a' && json[colon] <= 'z') {
            colon++;
        }
        if (colon == start[URL] || colon + 3 > end[URL] || json[colon] != ':') {
            return false;
        }
        for (int i = colon; i < end[URL]; i++) {
            byte c = json[i];
            if (c <= ' ' || c == '"' || c == '<' || c == '>' || c == '\\' || c == '^' || c == '`' || c == '{') {
                return false;
            }
        }
        return true;
    }

    private long readCents() {
        int i = start[PRICE];
        if (json[i] != '$') {
            return -1;
        }
        long number = 0;
        int point = -1;
        for (i++; i < end[PRICE]; i++) {
            byte c = json[i];
            if (c >= '0' && c <= '9') {
                number = number * 10 + c - '0';
            } else if (c == '.' && point < 0) {
                point = i;
            } else if (c != ',') {
                return -1;
            }
        }
        return point == end[PRICE] - 3 ? number : -1;
    }

    /** {@code 2026-02-07T17:22:01.123456Z} with any fraction. */
    private long readMicros() {
        int from = start[EXTRACTED_AT];
        int to = end[EXTRACTED_AT] - 1;
        if (to - from < 19 || json[to] != 'Z' || json[from + 10] != 'T') {
            return -1;
        }
        long month = digits(from + 5, 2);
        long year = digits(from, 4) - (month <= 2 ? 1 : 0);
        long dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + digits(from + 8, 2) - 1;
        long days = 365 * year + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468;
        long seconds = ((days * 24 + digits(from + 11, 2)) * 60 + digits(from + 14, 2)) * 60 + digits(from + 17, 2);
        long fraction = 0;
        for (int i = from + 20; i < from + 26; i++) {
            fraction = fraction * 10 + (i < to ? json[i] - '0' : 0);
        }
        return seconds * 1_000_000 + fraction;
    }

    private long digits(int from, int count) {
        long number = 0;
        for (int i = from; i < from + count; i++) {
            number = number * 10 + json[i] - '0';
        }
        return number;
    }

    /** The price in hundredths. */
    public long cents() {
        return cents;
    }

    /** Whether there is any. */
    public boolean inStock() {
        return inStock;
    }

    /** When it was extracted, microseconds since 1970. */
    public long micros() {
        return micros;
    }

    /** What tells items apart, 64 bits: enough for a loop written by hand. */
    public long keyHash() {
        return hash(SKU, hash(SOURCE, 0x9e3779b97f4a7c15L));
    }

    /** The currency as a number. */
    public int currency() {
        return json[start[CURRENCY]] << 16 | json[start[CURRENCY] + 1] << 8 | json[start[CURRENCY] + 2];
    }

    /** The item's key as text: a JSON array. */
    public String key() {
        return "[\"" + text(SOURCE) + "\",\"" + text(SKU) + "\"]";
    }

    private String text(int field) {
        return new String(json, start[field], end[field] - start[field], StandardCharsets.ISO_8859_1);
    }

    private long hash(int field, long seed) {
        long hash = seed;
        for (int i = start[field]; i < end[field]; i++) {
            hash = (hash ^ json[i]) * 0x100000001b3L;
            hash ^= hash >>> 29;
        }
        return hash * 0xbf58476d1ce4e5b9L;
    }
}
