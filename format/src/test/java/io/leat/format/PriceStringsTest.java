package io.leat.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.core.normalize.Denomination;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Reads price strings that were seen on real pages and lists every one whose answer is not the one written beside it. The
 * corpus is not kept here; without it the test is skipped. {@code -Dleat.prices=FILE} reads another file of that form and prints
 * the list.
 *
 * <p>An answer is right if the amount is the one written beside it, and so is the currency: the corpus names currencies by
 * their marks, and the answer has to have this mark's ISO 4217 code; where several currencies share the mark, or none has it, the
 * mark itself and every code it can mean. Where the corpus has no price, no amount may be told. Where it has an amount but the
 * text holds not a single digit ("KShs" is to be read as 1), the text is counted apart: an amount for it would be made up. Of all
 * others 99 of 100 have to be right, and none may be wrong.
 */
class PriceStringsTest {

    private static final @Nullable String OTHER = System.getProperty("leat.prices");
    private static final Path CORPUS = OTHER == null
            ? Path.of(System.getProperty("leat.shared", "../../shared"))
                    .resolve("corpora/price-strings/price-strings.jsonl")
            : Path.of(OTHER);
    private static final Path RESOURCES = Path.of("src/test/resources/price-strings");
    private static final double LEAST_RIGHT = 0.99;
    private static final Pattern DIGIT = Pattern.compile("\\p{Nd}");

    @Test
    void noPriceIsWrongAndEveryDifferenceIsListed() throws IOException {
        if (!Files.exists(CORPUS)) {
            System.out.println("SKIPPED price strings: there is no " + CORPUS + ", set -Dleat.shared");
        }
        assumeTrue(Files.exists(CORPUS));
        Map<String, Set<String>> marks = marks();
        Map<String, Integer> counts = new TreeMap<>();
        List<String> differences = new ArrayList<>();
        List<String> lines = Files.readAllLines(CORPUS);
        for (String line : lines) {
            JsonNode row = Json.OWN.readTree(line);
            String answer = answer(row, marks);
            counts.merge(answer.split(":", -1)[0], 1, Integer::sum);
            if (!answer.equals("right")) {
                List<String> cells = new ArrayList<>();
                for (String name : List.of("price_raw", "currency_raw", "amount", "currency")) {
                    cells.add(row.required(name).isNull() ? "" : text(row, name).replace("\t", " "));
                }
                differences.add(String.join("\t", cells) + '\t' + answer);
            }
        }
        int right = counts.getOrDefault("right", 0);
        int wrong = counts.getOrDefault("wrong", 0);
        int empty = counts.getOrDefault("no digit", 0);
        String page = "# Price strings whose answer is not the corpus's: text, beside it, amount, mark, answer.\n# "
                + "%d strings, %d of them without a digit though an amount is expected. Of the others %d are right, "
                        .formatted(lines.size(), empty, right)
                + "%d told apart as ambiguous or unparsed, %d wrong.\n"
                        .formatted(lines.size() - empty - right - wrong, wrong)
                + String.join("\n", differences) + "\n";
        Path listed = RESOURCES.resolve("differences.tsv");
        if (OTHER != null) {
            System.out.print(page);
        } else if (Boolean.getBoolean("leat.docs.write")) {
            Files.writeString(listed, page);
        }
        assertThat(wrong).as(page).isZero();
        assertThat(right).as(page).isGreaterThanOrEqualTo((int) Math.ceil(LEAST_RIGHT * (lines.size() - empty)));
        assertThat(OTHER == null ? Files.readString(listed) : page).isEqualTo(page);
    }

    private static String answer(JsonNode row, Map<String, Set<String>> marks) {
        String text = row.required("price_raw").isNull() ? "" : text(row, "price_raw");
        String hint = row.required("currency_raw").isNull() ? null : text(row, "currency_raw");
        Normalized<Money> read = Prices.read(text, hint, Locality.AUTO, Money.Several.FIRST);
        boolean isPrice = !row.required("amount").isNull();
        if (!(read instanceof Normal<Money> normal)) {
            return !isPrice ? "right" : DIGIT.matcher(text).find() ? "apart: " + read : "no digit: " + read;
        }
        Money money = normal.value();
        if (!isPrice || money.amount().compareTo(new BigDecimal(text(row, "amount"))) != 0) {
            return "wrong: " + money;
        }
        boolean isCurrency = row.required("currency").isNull() || isNamed(text(row, "currency"), money.in(), marks);
        return isCurrency ? "right" : "wrong: " + money.in();
    }

    private static boolean isNamed(String mark, Denomination in, Map<String, Set<String>> marks) {
        boolean isSpelledSo = in.mark() != null && spelling(in.mark()).equals(spelling(mark));
        Set<String> codes = marks.get(mark);
        if (codes == null) {
            return isSpelledSo;
        }
        return Set.copyOf(in.codes()).equals(codes) && (codes.size() == 1 || isSpelledSo);
    }

    private static String spelling(String mark) {
        return mark.toLowerCase(Locale.ROOT).replaceAll("[. ]", "");
    }

    private static String text(JsonNode row, String name) {
        return row.required(name).stringValue();
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
}
