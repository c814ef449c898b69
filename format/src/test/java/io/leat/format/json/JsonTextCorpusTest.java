package io.leat.format.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.core.Limits;
import io.leat.core.Refusal;
import io.leat.core.Refusal.Code;
import io.leat.testkit.SharedData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reads the texts that others wrote to find out whether a parser accepts what it must and refuses what it must. */
class JsonTextCorpusTest {

    private static final Path PAGE = Path.of("../docs/reference/json.md");
    private static final Limits LAST_COUNTS =
            new Limits(1 << 20, 64, 250_000, 256, 1 << 18, 100, Limits.Duplicates.LAST);

    private static Path corpus;

    @BeforeAll
    static void theCorporaAreThere() {
        assumeTrue(SharedData.isPresent("JSONTestSuite and utf8tests"));
        corpus = SharedData.corpus("json-test-suite");
    }

    @Test
    void whatMustBeAcceptedIsAccepted() throws IOException {
        Map<String, String> strict = verdicts("test_parsing", "y_", Limits.DEFAULT);
        assertThat(strict).hasSize(95);
        assertThat(strict.entrySet().stream().filter(file -> !file.getValue().equals("accepted")))
                .containsExactlyInAnyOrder(
                        Map.entry("y_object_duplicated_key.json", "duplicate_name"),
                        Map.entry("y_object_duplicated_key_and_value.json", "duplicate_name"));
        assertThat(verdicts("test_parsing", "y_", LAST_COUNTS).values()).containsOnly("accepted");
    }

    @Test
    void whatMustBeRefusedIsRefused() throws IOException {
        Map<String, String> verdicts = verdicts("test_parsing", "n_", LAST_COUNTS);
        assertThat(verdicts).hasSize(188);
        assertThat(verdicts.values()).doesNotContain("accepted");
    }

    @Test
    void thePageOfWhatParsersDisagreeAboutIsTrue() throws IOException {
        String page =
                "<!-- Generated from tests. Change the code, then run: mvn -pl format test -Dleat.docs.write=true -->\n\n"
                        + "# JSON that parsers disagree about\n\n"
                        + "What Leat does with the texts of [JSONTestSuite](https://github.com/nst/JSONTestSuite) that RFC 8259 leaves"
                        + " to the parser, and with\nthose that are odd but well-formed. A refused one has the code under which it is"
                        + " found among the dead letters. Of the 95 that every\nparser must accept, the two with a name twice in one object"
                        + " are refused unless `limits: {duplicates: last}` stands in the feed\nfile.\n\n"
                        + "| file | what Leat does |\n| --- | --- |\n"
                        + rows(verdicts("test_parsing", "i_", Limits.DEFAULT))
                        + rows(verdicts("test_transform", "", Limits.DEFAULT));
        if (Boolean.getBoolean("leat.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).hasContent(page);
    }

    @Test
    void textThatIsNotUtf8IsRefusedAndTextThatIsIsKept() throws IOException {
        int valid = 0;
        List<String> wrong = new ArrayList<>();
        int invalid = 0;
        for (String line : Files.readAllLines(SharedData.corpus("utf8tests").resolve("utf8tests.txt"))) {
            String[] parts = line.split(":", -1);
            if (line.startsWith("#") || parts.length < 3) {
                continue;
            }
            byte[] bytes = parts[1].endsWith("hex")
                    ? HexFormat.of().parseHex(parts[2].replace(" ", ""))
                    : parts[2].getBytes(StandardCharsets.UTF_8);
            boolean isValid = parts[1].strip().startsWith("valid");
            Refusal refusal = new DocumentReader(Limits.DEFAULT).read(quoted(bytes));
            valid += isValid ? 1 : 0;
            invalid += isValid ? 0 : 1;
            if (isValid ? refusal != null : refusal == null || refusal.code() != Code.INVALID_UTF8) {
                wrong.add(line + " → " + refusal);
            }
        }
        System.out.printf("utf8tests: %d valid, %d invalid, %d judged wrongly%n", valid, invalid, wrong.size());
        assertThat(wrong).isEmpty();
        assertThat(valid).isEqualTo(77);
        assertThat(invalid).isEqualTo(145);
    }

    /** As a JSON string; what JSON wants escaped is. */
    private static byte[] quoted(byte[] bytes) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        json.write('"');
        for (byte b : bytes) {
            if (b >= 0 && (b < 0x20 || b == '"' || b == '\\')) {
                json.writeBytes("\\u%04x".formatted((int) b).getBytes(StandardCharsets.US_ASCII));
            } else {
                json.write(b);
            }
        }
        json.write('"');
        return json.toByteArray();
    }

    private static Map<String, String> verdicts(String folder, String start, Limits limits) throws IOException {
        Map<String, String> verdicts = new TreeMap<>();
        try (Stream<Path> files = Files.list(corpus.resolve(folder))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith(start)) {
                    Refusal refusal = new DocumentReader(limits).read(Files.readAllBytes(file));
                    verdicts.put(
                            name, refusal == null ? "accepted" : refusal.code().word());
                }
            }
        }
        System.out.printf(
                "JSONTestSuite %s %s*: %d files, %d accepted%n",
                folder,
                start,
                verdicts.size(),
                verdicts.values().stream().filter("accepted"::equals).count());
        return verdicts;
    }

    private static String rows(Map<String, String> verdicts) {
        return verdicts.entrySet().stream()
                .map(file -> "| %s | %s |\n"
                        .formatted(
                                file.getKey(),
                                file.getValue().equals("accepted")
                                        ? "accepts it"
                                        : "refuses it: `" + file.getValue() + "`"))
                .collect(Collectors.joining());
    }
}
