package io.leat.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;

/** Writes synthetic scrapes as JSON, byte by byte because millions are wanted. */
final class ScrapeWriter {

    /** Before the first record. In the past, so that no product takes it for the future. */
    static final long START_MICROS = Moments.micros(Instant.parse("2025-01-01T00:00:00Z"));

    /** How many ways there are to break a record. */
    static final int BREAKS = 7;

    private static final int SHOPS = 10;
    private static final long DAY_MILLIS = 86_400_000;

    private final byte[] buffer = new byte[512];
    private int length;
    private long day = Long.MIN_VALUE;
    private byte[] date = new byte[0];

    byte[] key(int key) {
        length = 0;
        text("[\"shop-").number(key % SHOPS, 1).text("\",\"sku-").number(key, 7).text("\"]");
        return bytes();
    }

    /** A scrape that keeps the contract; a bare price has no trailing zeros. */
    byte[] scrape(int key, int cents, boolean isBare, boolean inStock, long micros, long n) {
        length = 0;
        shop(key).text("\",\"sku\":\"sku-").number(key, 7).text("\",\"price\":");
        price(cents, isBare).text(",\"currency\":\"EUR\",\"in_stock\":").text(inStock ? "true" : "false");
        return end(micros, n);
    }

    /** A record that must be refused. */
    byte[] broken(int way, int key, long micros, long n) {
        length = 0;
        shop(key).text("\",\"sku\":\"").text(way == 0 ? "" : "sku-").number(way == 0 ? 0 : key, way == 0 ? 0 : 7);
        text("\"").text(way == 1 ? "" : ",\"price\":").text(price(way)).text(",\"currency\":\"EUR\"");
        text(",\"in_stock\":").text(way == 4 ? "\"yes\"" : "true");
        if (way == 5) {
            return text(",\"extracted_at\":\"yesterday\",\"n\":")
                    .number(n, 1)
                    .text("}")
                    .bytes();
        }
        byte[] whole = end(micros, n);
        return way == 6 ? Arrays.copyOf(whole, whole.length - 2) : whole;
    }

    private static String price(int way) {
        return switch (way) {
            case 1 -> "";
            case 2 -> "\"12 EUR\"";
            case 3 -> "-1";
            default -> "12";
        };
    }

    private ScrapeWriter shop(int key) {
        return text("{\"shop\":\"shop-").number(key % SHOPS, 1);
    }

    private byte[] end(long micros, long n) {
        text(",\"extracted_at\":\"")
                .moment(micros / 1_000)
                .text("\",\"n\":")
                .number(n, 1)
                .text("}");
        return bytes();
    }

    private ScrapeWriter price(int cents, boolean isBare) {
        number(cents / 100, 1);
        if (isBare && cents % 100 == 0) {
            return this;
        }
        text(".");
        return isBare && cents % 10 == 0 ? number(cents % 100 / 10, 1) : number(cents % 100, 2);
    }

    private ScrapeWriter moment(long millis) {
        long today = millis / DAY_MILLIS;
        if (today != day) {
            day = today;
            date = LocalDate.ofEpochDay(today).toString().getBytes(StandardCharsets.US_ASCII);
        }
        System.arraycopy(date, 0, buffer, length, date.length);
        length += date.length;
        long left = millis % DAY_MILLIS;
        text("T").number(left / 3_600_000, 2).text(":").number(left / 60_000 % 60, 2);
        return text(":")
                .number(left / 1_000 % 60, 2)
                .text(".")
                .number(left % 1_000, 3)
                .text("Z");
    }

    private ScrapeWriter text(String text) {
        for (int i = 0; i < text.length(); i++) {
            buffer[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    private ScrapeWriter number(long number, int minDigits) {
        int digits = minDigits;
        for (long rest = number, count = 0; rest > 0; rest /= 10) {
            digits = (int) Math.max(digits, ++count);
        }
        long rest = number;
        for (int at = length + digits - 1; at >= length; at--) {
            buffer[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    private byte[] bytes() {
        return Arrays.copyOf(buffer, length);
    }
}
