package io.leat.app.shown;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Spoils scrapes in the ways that scrapes are spoilt, and in ways that only a foe would choose. Gives no line break. */
final class Dirt {

    private static final String DEEP = "[".repeat(2_000) + "]".repeat(2_000);

    /** Each pair: what to look for, and what to put there; what is not found leaves the scrape as it is. */
    private static final List<String[]> SWAPS = List.of(
            swap("\"price\":", "\"price\":1e400,\"was\":"),
            swap("\"price\":", "\"price\":1E-400,\"was\":"),
            swap("\"price\":", "\"price\":1e999999999,\"was\":"),
            swap("\"price\":", "\"price\":" + "9".repeat(64) + ",\"was\":"),
            swap("\"price\":", "\"price\":" + "9".repeat(65) + ",\"was\":"),
            swap("\"price\":", "\"price\":-0,\"was\":"),
            swap("\"price\":", "\"price\":0.0,\"was\":"),
            swap("\"price\":", "\"price\":12345678901234567890.10,\"was\":"),
            swap("\"price\":", "\"price\":NaN,\"was\":"),
            swap("\"price\":", "\"price\":007,\"was\":"),
            swap("\"price\":", "\"price\":null,\"was\":"),
            swap("\"price\":", "\"price\":\"7\",\"was\":"),
            swap("\"price\":", "\"price\":[7],\"was\":"),
            swap("\"price\":", "\"price\":{\"amount\":7},\"was\":"),
            swap("\"price\":", "\"price\":{},\"was\":"),
            swap("\"price\":", "\"price\":true,\"price\":"),
            swap("\"price\":", "\"pri\\u0063e\":1,\"price\":"),
            swap("\"sku\":\"sku-", "\"sku\":7,\"was\":\""),
            swap("\"sku\":\"sku-", "\"sku\":7.0,\"was\":\""),
            swap("\"sku\":\"sku-", "\"sku\":[],\"was\":\""),
            swap("\"sku\":\"sku-", "\"sku\":{\"a\":{\"c\":1,\"b\":2}},\"was\":\""),
            swap("\"sku\":\"sku-", "\"sku\":null,\"was\":\""),
            swap("\"sku\":\"sku-", "\"sku\":\"\",\"was\":\""),
            swap("\"sku\":\"sku-", "\"sku\":\"\\ud800\",\"was\":\""),
            swap("\"sku\":\"sku-", "\"sku\":\"\\u0000\\u202e\",\"was\":\""),
            swap("\"sku\":\"sku-", "\"was\":\""),
            swap("\"shop\":", "\"was\":"),
            swap("\"currency\":\"EUR\"", "\"currency\":\"\\u00e9\""),
            swap("\"currency\":\"EUR\"", "\"currency\":\"e\\u0301\""),
            swap("\"currency\":\"EUR\"", "\"currency\":\"é😀\""),
            swap("\"currency\":\"EUR\"", "\"currency\":\"" + "x".repeat(3_000) + "\""),
            swap("\"currency\":\"EUR\"", "\"currency\":\"EUR\",\"deep\":" + DEEP),
            swap("\"currency\":\"EUR\"", "\"currency\":\"EUR\",\"deep\":" + "[".repeat(50) + "]".repeat(50)),
            swap("\"currency\":\"EUR\"", "\"currency\":\"EUR\",\"more\":{\"a.b\":1,\"a\":{\"b\":2},\"\":3}"),
            swap("\"currency\":\"EUR\"", "\"currency\":\"EUR\",\"" + "n".repeat(300) + "\":1"),
            swap("\"extracted_at\":\"2025", "\"extracted_at\":\"2999"),
            swap("\"extracted_at\":\"2025", "\"extracted_at\":\"0001"),
            swap("\"extracted_at\":\"2025-01-01T", "\"extracted_at\":\"2025-02-30T"),
            swap("\"extracted_at\":\"2025-01-01T", "\"extracted_at\":\"2025-01-01 "),
            swap("\"extracted_at\":", "\"extracted_at\":1735689600,\"was\":"),
            swap("\"extracted_at\":", "\"extracted_at\":null,\"was\":"),
            swap("\"extracted_at\":", "\"was\":"),
            swap("Z\"", "+02:00\""),
            swap("Z\"", "z\""),
            swap("Z\"", "123456Z\""),
            swap("Z\"", "\""),
            swap("{", " { "),
            swap("{", "\ufeff{"),
            swap("{", "[{"),
            swap("}", "} "),
            swap("}", "}}"),
            swap("}", "}{}"),
            swap("}", ",}"),
            swap("}", "}\r"));

    private static final List<String> JUNK = List.of(
            "no JSON",
            "null",
            "42",
            "\"text\"",
            "[]",
            "{}",
            "{",
            "\u0000",
            "<html><body>429</body></html>",
            "// {}",
            "'{}'");

    private final RandomGenerator random;

    Dirt(RandomGenerator random) {
        this.random = random;
    }

    /** A spoilt scrape in place of a good one. */
    byte[] spoil(byte[] scrape) {
        return switch (random.nextInt(8)) {
            case 0 -> Arrays.copyOf(scrape, 1 + random.nextInt(scrape.length - 1));
            case 1 -> withByte(scrape);
            case 2 -> JUNK.get(random.nextInt(JUNK.size())).getBytes(StandardCharsets.UTF_8);
            default -> swapped(scrape);
        };
    }

    /** More than any limit allows. */
    static byte[] tooLong() {
        return ("{\"shop\":\"" + "x".repeat(1_100_000) + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    private byte[] withByte(byte[] scrape) {
        byte[] other = scrape.clone();
        byte any = (byte) random.nextInt(256);
        other[random.nextInt(other.length)] = any == '\n' ? (byte) 0xff : any;
        return other;
    }

    private byte[] swapped(byte[] scrape) {
        String[] swap = SWAPS.get(random.nextInt(SWAPS.size()));
        byte[] old = swap[0].getBytes(StandardCharsets.UTF_8);
        int at = indexOf(scrape, old);
        if (at < 0) {
            return scrape;
        }
        ByteArrayOutputStream other = new ByteArrayOutputStream();
        other.write(scrape, 0, at);
        other.writeBytes(swap[1].getBytes(StandardCharsets.UTF_8));
        other.write(scrape, at + old.length, scrape.length - at - old.length);
        return other.toByteArray();
    }

    private static int indexOf(byte[] text, byte[] part) {
        for (int at = 0; at + part.length <= text.length; at++) {
            if (Arrays.equals(text, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        return -1;
    }

    private static String[] swap(String from, String to) {
        return new String[] {from, to};
    }
}
