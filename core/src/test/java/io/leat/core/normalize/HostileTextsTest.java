package io.leat.core.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.normalize.Money.Several;
import io.leat.core.normalize.Timestamps.Order;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No text keeps a reader busy. Each text counts with the least processor time of several readings: what the compiler, the collector or
 * another process takes is not the reader's. A reader whose time grows with the square of a text is far beyond any bound. Four
 * times the bound are allowed on a processor that others use too; {@code -Dleat.texts.nanos=50000} asks for that of an idle one.
 */
class HostileTextsTest {

    private static final long SEED = Long.getLong("leat.seed", 20_260_207L);
    private static final long MEDIAN_NANOS = 50_000;
    private static final long MOST_NANOS = Long.getLong("leat.texts.nanos", 4 * MEDIAN_NANOS);
    private static final int LEAST_ROUNDS = 20;
    private static final int MOST_ROUNDS = 2_000;

    /** As long as each reader takes at all, and longer. */
    private static final int[] LENGTHS = {40, 100, 150, 250, 500, 1_000};

    private static final List<String> ALPHABETS = List.of(
            "0123456789",
            "1 ",
            "1,",
            ".,'-+~:;",
            "()[]{}",
            "a(",
            "/?#&=%",
            "%c3a4é",
            "&amp;#x26",
            "$€£¥",
            "$1-",
            "\u0301\u0316",
            "\u0301\u0316a",
            "e\u0301",
            "äöüß.",
            "日月年時分1",
            "ก\u0e49ไทย",
            "\ud83d\ude00",
            "\u200b\u200f\u00ad",
            "\u00a0\u2009 ");

    private static final List<String> WORDS = List.of(
            "in stock ",
            "in stock. ",
            "available from ",
            "no longer ",
            "ab ",
            "inkl. mwst. ",
            "kr ",
            "2 for $5 ",
            "1€/kg ",
            "1 kg = ",
            "kg=",
            "1/2/",
            "1 234,",
            "12:30 ",
            "1. jan ",
            "feb ",
            "utm_a=1&",
            "../",
            "a/../",
            "&amp;amp;",
            "&#38;#38;",
            "bu\u0308cher.");

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Random random = new Random(SEED);

    private static Consumer<String> reader(String as) {
        Availabilities availabilities = Availabilities.with(Map.of());
        Timestamps timestamps = Timestamps.of(
                new Normalizer.OfTimestamp(ZoneOffset.UTC, Order.AUTO, List.of(), DateCalendar.GREGORIAN));
        Urls urls = Urls.usual();
        return switch (as) {
            case "money" -> text -> Prices.read(text, "EUR", Locality.AUTO, Several.FIRST);
            case "money beside" -> text -> Prices.read("5", text, Locality.AUTO, Several.FIRST);
            case "unit_price" -> text -> UnitPrices.read(text, null, Locality.AUTO);
            case "number" -> text -> Numbers.read(text, Locality.AUTO);
            case "availability" -> availabilities::read;
            case "timestamp" -> timestamps::read;
            case "url" -> text -> urls.read("https://shop.example/" + text);
            case "url by host" -> text -> urls.read("https://" + text);
            case "text" -> Texts::read;
            case "boolean" -> Booleans::read;
            default -> throw new IllegalArgumentException(as);
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "money",
                "money beside",
                "unit_price",
                "number",
                "availability",
                "timestamp",
                "url",
                "url by host",
                "text",
                "boolean"
            })
    void noTextOfAThousandCharactersTakesOverFiftyMicroseconds(String as) {
        Consumer<String> reader = reader(as);
        List<String> texts = texts();
        long[] least = new long[texts.size()];
        Arrays.fill(least, Long.MAX_VALUE);
        for (int round = 0;
                round < LEAST_ROUNDS || round < MOST_ROUNDS && least[slowest(least)] > MOST_NANOS;
                round++) {
            for (int i = 0; i < least.length; i++) {
                boolean isOver = least[i] > MOST_NANOS;
                least[i] = round < LEAST_ROUNDS || isOver ? Math.min(least[i], nanos(reader, texts.get(i))) : least[i];
            }
        }
        int slowest = slowest(least);
        long[] sorted = least.clone();
        Arrays.sort(sorted);
        System.out.printf(
                "hostile texts, %s: seed %d, median %d ns, most %d ns%n",
                as, SEED, sorted[sorted.length / 2], least[slowest]);
        assertThat(sorted[sorted.length / 2]).as("seed %s", SEED).isLessThanOrEqualTo(MEDIAN_NANOS);
        assertThat(least[slowest])
                .as("seed %s, %s characters: %s", SEED, texts.get(slowest).length(), texts.get(slowest))
                .isLessThanOrEqualTo(MOST_NANOS);
    }

    private static long nanos(Consumer<String> reader, String text) {
        long from = THREADS.getCurrentThreadCpuTime();
        reader.accept(text);
        return THREADS.getCurrentThreadCpuTime() - from;
    }

    private static int slowest(long[] nanos) {
        int slowest = 0;
        for (int i = 1; i < nanos.length; i++) {
            slowest = nanos[i] > nanos[slowest] ? i : slowest;
        }
        return slowest;
    }

    private List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (int length : LENGTHS) {
            for (String alphabet : ALPHABETS) {
                texts.add(drawn(alphabet, length));
            }
            for (String word : WORDS) {
                texts.add(word.repeat(length / word.length() + 1).substring(0, length));
            }
            texts.add(any(length, 0x20, 0x7f));
            texts.add(any(length, 0x20, 0x3000));
            texts.add(any(length, 0, 0x10000));
        }
        return texts;
    }

    private String drawn(String alphabet, int length) {
        return random.ints(length, 0, alphabet.length())
                .collect(StringBuilder::new, (text, at) -> text.append(alphabet.charAt(at)), StringBuilder::append)
                .toString();
    }

    private String any(int length, int from, int to) {
        return random.ints(length, from, to)
                .collect(StringBuilder::new, (text, c) -> text.append((char) c), StringBuilder::append)
                .toString();
    }
}
