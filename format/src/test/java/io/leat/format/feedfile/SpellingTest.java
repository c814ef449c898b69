package io.leat.format.feedfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    private static final List<String> WORDS = List.of("field", "format", "tie_break", "max_skew");

    @ParameterizedTest
    @CsvSource({"feild,field", "Format,format", "tie-break,tie_break", "tieBreak,tie_break", "maxskew,max_skew"})
    void aNearWordIsGuessed(String written, String meant) {
        assertThat(Spelling.hint(written, WORDS)).isEqualTo("Did you mean '" + meant + "'?");
    }

    @ParameterizedTest
    @CsvSource({"x", "zone", "something_else_entirely"})
    void withoutANearWordAllAreListed(String written) {
        assertThat(Spelling.hint(written, WORDS)).isEqualTo("Known here: field, format, tie_break, max_skew.");
    }
}
