package io.leat.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.format.feedfile.DeclaredNormalizer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Reads amounts from the wild as a feed would and lists every one that is not told as it should be. The corpus is not kept here;
 * without it the test is skipped. {@code -Dleat.wild=DIRECTORY} reads other files of that form and prints the list.
 */
class WildAmountsTest {

    private static final @Nullable String OTHER = System.getProperty("leat.wild");
    private static final Path CORPUS = OTHER == null
            ? Path.of(System.getProperty("leat.shared", "../../shared")).resolve("corpora/wild")
            : Path.of(OTHER);
    private static final BigDecimal ROUNDING = new BigDecimal("0.0001");

    @ParameterizedTest
    @CsvSource({"money, 0.99", "number, 0.99"})
    void noTextIsToldWronglyAndTheClearOnesAreTold(String name, double least) throws IOException {
        Path corpus = CORPUS.resolve(name + ".jsonl");
        if (!Files.exists(corpus)) {
            System.out.println("SKIPPED texts from the wild: there is no " + corpus + ", set -Dleat.shared");
        }
        assumeTrue(Files.exists(corpus));
        List<String> differences = new ArrayList<>();
        int clear = 0;
        int refused = 0;
        int wrong = 0;
        for (String line : Files.readAllLines(corpus)) {
            JsonNode row = Json.OWN.readTree(line);
            NormalizerTrial.Answer answer = answer(row);
            JsonNode right = row.path("right");
            boolean isClear = !right.isString() && !row.path("or_refused").booleanValue();
            clear += isClear ? 1 : 0;
            boolean isTold =
                    answer.why() == null && !"null".equals(answer.values().get("value"));
            boolean isWrong = isTold && (right.isString() || !isRight(answer.values(), right));
            wrong += isWrong ? 1 : 0;
            refused += !isTold && isClear ? 1 : 0;
            if (isWrong || !isTold && !right.isString()) {
                differences.add(row.path("value").stringValue() + "\t" + right + "\t"
                        + (isWrong ? "WRONG " + answer.values() : answer.why()));
            }
        }
        String page = "# Texts that are not told as the corpus has it: text, right answer, what became of it.\n"
                + "# Of %d clear ones %d are refused; %d are wrong.\n".formatted(clear, refused, wrong)
                + String.join("\n", differences) + "\n";
        Path listed = Path.of("src/test/resources/wild-texts", name + ".tsv");
        if (OTHER != null) {
            System.out.print(page);
        } else if (Boolean.getBoolean("leat.docs.write")) {
            Files.createDirectories(listed.getParent());
            Files.writeString(listed, page);
        }
        assertThat(wrong).as(page).isZero();
        assertThat(clear - refused).as(page).isGreaterThanOrEqualTo((int) Math.ceil(least * clear));
        assertThat(OTHER == null ? Files.readString(listed) : page).isEqualTo(page);
    }

    private static NormalizerTrial.Answer answer(JsonNode row) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("as", row.path("as").stringValue());
        row.path("options")
                .properties()
                .forEach(
                        option -> options.put(option.getKey(), option.getValue().toString()));
        if (!options.get("as").equals("number")) {
            options.put("currency", "currency");
        }
        if (options.get("as").equals("unit_price")) {
            options.put("unit", "unit");
        }
        Map<String, String> beside = new LinkedHashMap<>();
        row.path("beside")
                .properties()
                .forEach(field -> beside.put(field.getKey(), field.getValue().stringValue()));
        DeclaredNormalizer declared = DeclaredNormalizer.of(options);
        assertThat(declared.problems()).isEmpty();
        return new NormalizerTrial(Objects.requireNonNull(declared.normalization()))
                .read(row.path("value").stringValue(), beside);
    }

    private static boolean isRight(Map<String, String> values, JsonNode right) {
        BigDecimal told = new BigDecimal(String.valueOf(values.get("value")));
        String expected = right.has("value") ? text(right.path("value")) : text(right.path("amount"));
        BigDecimal amount = new BigDecimal(expected);
        boolean isAmount = told.subtract(amount).abs().compareTo(amount.abs().multiply(ROUNDING)) <= 0
                && (right.has("unit") || told.compareTo(amount) == 0);
        return isAmount && isSame(values, right, "currency") && isSame(values, right, "unit");
    }

    private static boolean isSame(Map<String, String> values, JsonNode right, String name) {
        String told = values.getOrDefault(name, "null");
        return !right.has(name) || right.path(name).toString().equals(told);
    }

    private static String text(JsonNode node) {
        return node.isString() ? node.stringValue() : node.toString();
    }
}
