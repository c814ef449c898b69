package io.leat.bench.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Texts as shops and feeds write them, by normalizer: those of a directory, or a few that are typical. */
final class TypicalTexts {

    private TypicalTexts() {}

    /**
     * The texts to read.
     *
     * @param as the normalizer
     * @param directory of JSON lines with {@code as} and {@code value}; empty for the typical ones, which also stand in where the
     *     directory has none for this normalizer
     */
    static List<String> of(String as, String directory) throws IOException {
        List<String> texts = directory.isEmpty() ? List.of() : read(as, Path.of(directory));
        return texts.isEmpty() ? typical(as) : texts;
    }

    private static List<String> read(String as, Path directory) throws IOException {
        JsonMapper json = new JsonMapper();
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList()) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode row = json.readTree(line);
                    if (row.path("as").asString("").equals(as)) {
                        texts.add(row.required("value").stringValue());
                    }
                }
            }
        }
        return texts;
    }

    private static List<String> typical(String as) {
        return switch (as) {
            case "money" ->
                List.of(
                        "$1,045.99",
                        "1.234,56 €",
                        "1 234,50 zł",
                        "Pack of 6 £4.50",
                        "12,99 € inkl. MwSt.",
                        "R$ 129,90",
                        "1,980円(税込)",
                        "49,90");
            case "unit_price" ->
                List.of(
                        "1,99 € / 100 g",
                        "$2.50 per lb",
                        "1 kg = 19,90 €",
                        "£1.20/100g",
                        "2,49€/Liter",
                        "3.99/kg",
                        "12,50 zł/kg",
                        "CHF 2.50/100g");
            case "number" -> List.of("1,234.5", "4.7", "1.2K", "16 GB", "1234567", "0.75", "3,5 %", "99");
            case "availability" ->
                List.of(
                        "In stock",
                        "https://schema.org/OutOfStock",
                        "Only 3 left in stock - order soon.",
                        "Auf Lager, Lieferung in 2-3 Werktagen",
                        "Ausverkauft",
                        "En rupture de stock",
                        "在庫あり",
                        "Нет в наличии");
            case "timestamp" ->
                List.of(
                        "2026-02-07T17:22:01.123456Z",
                        "2026-02-07T17:22:01+01:00",
                        "2026-02-07 17:22",
                        "1770484921",
                        "Sat, 07 Feb 2026 17:22:01 GMT",
                        "7. Februar 2026, 17:22 Uhr",
                        "February 7, 2026 5:22 PM",
                        "2026年2月7日 17:22");
            case "url" ->
                List.of(
                        "https://shop-17.example/p/SKU-000421?utm_source=feed",
                        "https://www.shop.example/de/kategorie/artikel-4711.html",
                        "HTTPS://Shop.Example:443/a/../b?id=3&utm_campaign=x&color=red",
                        "//cdn.shop.example/item/99",
                        "https://shop.example/caf%C3%A9",
                        "https://shop.example/p?a=1&amp;b=2#reviews",
                        "https://shop.example/#/product/1",
                        "https://bücher.example/a");
            case "text" ->
                List.of(
                        "Stainless steel bottle",
                        "Kaffee 500 g",
                        "Écran 27 pouces",
                        "コーヒー豆",
                        "USB&nbsp;cable",
                        "Lamp ",
                        " Tisch",
                        "Schuh");
            case "boolean" -> List.of("yes", "no", "JA", "нет", "true", "false", "1", "0");
            default -> throw new IllegalArgumentException(as);
        };
    }
}
