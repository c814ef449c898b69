package io.leat.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.core.normalize.Locality;
import io.leat.core.normalize.Money;
import io.leat.core.normalize.Normalized;
import io.leat.core.normalize.Normalized.Normal;
import io.leat.core.normalize.Prices;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Reads price strings that were seen on real pages and lists every one whose answer is not the one written beside it. The
 * corpus is not kept here; without it the test is skipped.
 */
class PriceStringsTest {

    private static final Path CORPUS = Path.of(System.getProperty("leat.shared", "../../shared"))
            .resolve("corpora/price-strings/price-strings.jsonl");
    private static final Path RESOURCES = Path.of("src/test/resources/price-strings");
    private static final double LEAST_RIGHT = 0.99;

    @Test
    void noPriceIsWrongAndEveryDifferenceIsListed() throws IOException {
        if (!Files.exists(CORPUS)) {
            System.out.println("SKIPPED price strings: there is no " + CORPUS + ", set -Dleat.shared");
        }
        assumeTrue(Files.exists(CORPUS));
        Map<String, Set<String>> marks = marks();
        int[] right = new int[1];
        int[] wrong = new int[1];
        List<String> differences = new ArrayList<>();
        List<String> lines = Files.readAllLines(CORPUS);
        for (String line : lines) {
            JsonNode row = Json.OWN.readTree(line);
            String answer = answer(row, marks);
            if (answer.equals("right")) {
                right[0]++;
            } else {
                wrong[0] += answer.startsWith("wrong") ? 1 : 0;
                differences.add(cell(row, "price_raw")
                        + '\t'
                        + cell(row, "currency_raw")
                        + '\t'
                        + cell(row, "amount")
                        + '\t'
                        + cell(row, "currency")
                        + '\t'
                        + answer);
            }
        }
        int apart = differences.size() - wrong[0];
        String page = "# Price strings whose answer is not the corpus's: text, beside it, amount, mark, answer.\n# "
                + "%d strings: %d right, %d told apart as ambiguous or unparsed, %d wrong.\n"
                        .formatted(lines.size(), right[0], apart, wrong[0])
                + String.join("\n", differences) + "\n";
        Path listed = RESOURCES.resolve("differences.tsv");
        if (Boolean.getBoolean("leat.docs.write")) {
            Files.writeString(listed, page);
        }
        assertThat(wrong[0]).as(page).isZero();
        assertThat(right[0]).isGreaterThanOrEqualTo((int) Math.ceil(LEAST_RIGHT * (lines.size() - apart)));
        assertThat(Files.readString(listed)).isEqualTo(page);
    }

    private static String answer(JsonNode row, Map<String, Set<String>> marks) {
        JsonNode text = row.required("price_raw");
        JsonNode hint = row.required("currency_raw");
        Normalized<Money> read = Prices.read(
                text.isNull() ? "" : text.stringValue(),
                hint.isNull() ? null : hint.stringValue(),
                Locality.AUTO,
                Money.Several.FIRST);
        JsonNode amount = row.required("amount");
        if (!(read instanceof Normal<Money> normal)) {
            return amount.isNull() ? "right" : read.toString();
        }
        Money money = normal.value();
        if (amount.isNull() || money.amount().compareTo(new BigDecimal(amount.stringValue())) != 0) {
            return "wrong amount: " + money.amount();
        }
        Set<String> expected = row.required("currency").isNull()
                ? Set.of()
                : marks.getOrDefault(row.required("currency").stringValue(), Set.of("?"));
        Set<String> named = new HashSet<>(money.currencies());
        if (named.size() > 1) {
            return named.equals(expected)
                    ? "Ambiguous currency: " + money.currencies()
                    : "wrong currencies: " + money.currencies();
        }
        boolean isUnknownToTheCorpus = row.required("currency").isNull();
        return named.equals(expected) || isUnknownToTheCorpus ? "right" : "wrong currency: " + money.currencies();
    }

    private static Map<String, Set<String>> marks() throws IOException {
        Map<String, Set<String>> marks = new HashMap<>();
        for (String line : Files.readAllLines(RESOURCES.resolve("marks.tsv"))) {
            String[] cells = line.split("\t", -1);
            if (cells.length == 2) {
                marks.put(cells[0], cells[1].equals("-") ? Set.of() : Set.of(cells[1].split(",")));
            }
        }
        return marks;
    }

    private static String cell(JsonNode row, String name) {
        JsonNode value = row.required(name);
        return value.isNull() ? "" : value.stringValue().replace("\t", " ");
    }
}
