package io.leat.format;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Writes JSON as strangers might: every kind of value, odd names, odd numbers, escapes, spaces. */
final class RandomJson {

    private static final List<String> NAMES = List.of(
            "a",
            "b",
            "c",
            "price",
            "name",
            "",
            "a.b",
            "\\u0061",
            "x\\ny",
            "é",
            "e\\u0301",
            "\\ud83d\\ude00",
            "😀",
            "\uffee",
            "z\\\\",
            "q\\\"",
            "\u007f",
            "n0",
            "n1",
            "n2",
            "n3",
            "n4",
            "n5",
            "n6",
            "n7",
            "n8",
            "n9",
            "m0",
            "m1",
            "m2",
            "m3",
            "m4",
            "m5",
            "m6",
            "m7",
            "m8",
            "m9");
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "-0.0",
            "0.0e5",
            "1",
            "1.0",
            "100",
            "1.50",
            "-7.250",
            "1e3",
            "1E-7",
            "1.5e+2",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "0.1",
            "0.30000000000000004",
            "1e39",
            "1e40",
            "1e400",
            "1e-400",
            "1e999999999",
            "12345678901234567890.12345678901234567890",
            "0.0000000000000000000000000000000000000001",
            "99999999999999999999999999999999999999999999999999999999999999",
            "123456789012345678",
            "-12345678901234567.9");
    private static final List<String> TEXTS = List.of(
            "",
            "x",
            "plain text",
            "\\u0000",
            "\\b\\f\\n\\r\\t\\/\\\\\\\"",
            "tab\\there",
            "é",
            "日本語のテキスト",
            "😀😀",
            "\\ud83d\\ude00",
            "\\ud83d",
            "\\ude00\\ud83d",
            "a\\u007fb\u007fc",
            "\\u00e9\\u20ac",
            "2026-02-07T17:22:01Z",
            "12345678",
            "1234567",
            "é1234567",
            "1234567é",
            "long ".repeat(30));

    private final RandomGenerator random;

    RandomJson(RandomGenerator random) {
        this.random = random;
    }

    /** An object, no name in it twice. */
    String object(int depth) {
        Map<String, String> members = new LinkedHashMap<>();
        int size = random.nextInt(10) == 0 ? random.nextInt(40) : random.nextInt(6);
        for (int i = 0; i < size; i++) {
            String name = one(NAMES);
            members.putIfAbsent(
                    meaning(name), space() + "\"" + name + "\"" + space() + ":" + space() + value(depth - 1));
        }
        return "{" + String.join(space() + ",", members.values()) + space() + "}";
    }

    private String value(int depth) {
        int kind = random.nextInt(depth > 0 ? 8 : 5);
        return switch (kind) {
            case 0 -> one(List.of("true", "false", "null"));
            case 1, 2 -> one(NUMBERS);
            case 3, 4 -> "\"" + one(TEXTS) + "\"";
            case 5, 6 -> object(depth);
            default -> array(depth);
        };
    }

    private String array(int depth) {
        StringBuilder array = new StringBuilder("[");
        for (int i = random.nextInt(5); i > 0; i--) {
            array.append(space()).append(value(depth - 1)).append(i > 1 ? "," : "");
        }
        return array.append(space()).append(']').toString();
    }

    private String space() {
        return random.nextInt(6) == 0 ? one(List.of(" ", "\n", "\t \r\n")) : "";
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static String meaning(String name) {
        return Json.OWN.readTree("\"" + name + "\"").stringValue();
    }
}
