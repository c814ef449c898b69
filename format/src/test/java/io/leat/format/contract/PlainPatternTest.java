package io.leat.format.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Limits;
import io.leat.format.json.Document;
import io.leat.format.json.DocumentReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainPatternTest {

    private static final long SEED = Long.getLong("leat.seed", 20_261_126);
    private static final List<String> SETS =
            List.of("a", "[a-c]", "[^a]", "\\d", "\\w", "[b0-9-]", "\\$", "\\.", "-", "[A-Z_]", "[^\\d]", "[.,]", " ");
    private static final List<String> COUNTS = List.of("", "+", "*", "?", "{2}", "{1,2}", "{2,}", "{0,1}");
    private static final String LETTERS = "abcd019-$._ AZ,~";

    private final DocumentReader reader = new DocumentReader(Limits.WIDEST);

    @Test
    void everyPatternItTakesMatchesWhatTheGeneralOneDoes() {
        RandomGenerator random = new SplittableRandom(SEED);
        int taken = 0;
        int matched = 0;
        for (int i = 0; i < 4_000; i++) {
            String source = pattern(random);
            PlainPattern plain = PlainPattern.of(source);
            if (plain == null) {
                continue;
            }
            taken++;
            Pattern general = Pattern.compile(EcmaPattern.translate(source));
            for (int j = 0; j < 30; j++) {
                String text = text(random);
                boolean expected = general.matcher(text).find();
                matched += expected ? 1 : 0;
                assertThat(plain.matches(document(text), Document.ROOT))
                        .as("seed %d, %s on '%s'", SEED, source, text)
                        .isEqualTo(expected);
            }
        }
        assertThat(taken).isGreaterThan(1_000);
        assertThat(matched).isGreaterThan(1_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a", "^a", "a$", "^a|b$", "^(a)$", "^a.b$", "^[a-z]+x$", "^a*a$", "^a?[b]*a$", "^\\bx$", "^\\u0061$",
                        "^a+?$",
                "^[é]$", "^é$", "^[a$", "^a{2$", "^a{,2}$", "^\\p{L}$", "^[\\s]$", "^a\\", "^$^$", "^", "^\\1$",
                        "^[a-]b{99999999}$"
            })
    void whatHasAChoiceOrIsStrangeIsLeftToTheGeneralOne(String source) {
        assertThat(PlainPattern.of(source)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"^[A-Z]{3}$", "^\\$[0-9,]+\\.[0-9]{2}$", "^[a-z0-9.-]+$", "^SKU-\\d{9}$", "^$", "^[^ ]*$"})
    void whatContractsHaveIsTaken(String source) {
        assertThat(PlainPattern.of(source)).isNotNull();
    }

    private static String pattern(RandomGenerator random) {
        StringBuilder source = new StringBuilder("^");
        for (int parts = random.nextInt(5); parts > 0; parts--) {
            source.append(one(SETS, random)).append(one(COUNTS, random));
        }
        return source.append('$').toString();
    }

    private static String text(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(7); length > 0; length--) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    private Document document(String text) {
        assertThat(reader.read(("\"" + text + "\"").getBytes(StandardCharsets.UTF_8)))
                .isNull();
        return reader.document();
    }

    private static String one(List<String> of, RandomGenerator random) {
        return of.get(random.nextInt(of.size()));
    }
}
