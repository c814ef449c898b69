package io.leat.core.normalize;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the normalizers answer to some texts in which a machine's locale, zone or charset could be felt. */
final class Answers {

    private Answers() {}

    /** Prints the answers in UTF-8: the program of a second machine. */
    public static void main(String[] args) {
        byte[] answers = (all() + "\n").getBytes(StandardCharsets.UTF_8);
        System.out.write(answers, 0, answers.length);
        System.out.flush();
    }

    static String all() {
        Map<String, Object> answers = new LinkedHashMap<>();
        for (String text : List.of(
                "$1,045.99",
                "1.234,56 €",
                "1 234,50 zł",
                "TRIAL 12",
                "12 TL",
                "INR 1,50,000",
                "١٬٢٣٤٫٥٠ ر.س",
                "FREE",
                "HINT İ 5 ₺")) {
            answers.put(text, Prices.read(text, null, Locality.AUTO, Money.Several.FIRST));
        }
        answers.put("number", Numbers.read("1.299", Locality.parse("de")));
        answers.put("unit", UnitPrices.read("1,99 € / 100 G", null, Locality.AUTO));
        for (String text : List.of("IN STOCK", "Disponible", "İn stock", "STOKTA VAR", "有货")) {
            answers.put(text, Availabilities.with(Map.of()).read(text));
        }
        answers.put("boolean", Booleans.read("IGEN"));
        answers.put("text", Texts.read(" Cafe\u0301 \u00a0&amp; Kıraathane "));
        answers.put("url", Urls.usual().read("HTTP://WWW.SHİRT.EXAMPLE/İ?UTM_ID=1&ID=2"));
        answers.put("local", moment("2026-07-01 12:00", null));
        answers.put("berlin", moment("1 JULI 2026, 12:00", ZoneId.of("Europe/Berlin")));
        return answers.toString();
    }

    private static Normalized<String> moment(String text, @Nullable ZoneId zone) {
        return Timestamps.of(new Normalizer.OfTimestamp(zone, Timestamps.Order.AUTO, List.of(), DateCalendar.GREGORIAN))
                .read(text);
    }
}
