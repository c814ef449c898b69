package io.leat.core.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.normalize.Normalized.Ambiguous;
import io.leat.core.normalize.Normalized.Normal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AvailabilitiesTest {

    private static final Availabilities USUAL = Availabilities.with(Map.of());

    @Test
    void whatEveryPhraseSaysIsToldAndNothingElse() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String line : lines("availability.tsv")) {
            String[] cells = line.split("\t", -1);
            String told = told(USUAL.read(cells[0]));
            if (!told.equals(cells[1])) {
                wrong.add(cells[0] + ": " + cells[1] + ", told " + told + " " + USUAL.read(cells[0]));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void whatIsToldIsReadAsTheSameAgain() {
        for (Availability state : Availability.values()) {
            assertThat(USUAL.read(state.word())).as(state.word()).isEqualTo(new Normal<>(state));
        }
    }

    @Test
    void aPhraseOfTheTableMeansItsStateAndItsDenialNeverThatItIsThere() {
        List<String> wrong = new ArrayList<>();
        Availabilities.phrases()
                .forEach((language, states) -> states.forEach((state, phrases) -> {
                    for (String phrase : Table.parts(phrases, '|')) {
                        Normalized<Availability> read = USUAL.read(phrase);
                        if (!read.equals(new Normal<>(state))) {
                            wrong.add(language + " " + state + " " + phrase + " " + read);
                        }
                        for (String more :
                                List.of(phrase + " soon", "not " + phrase, phrase + "?", "notify me when " + phrase)) {
                            if (isThere(USUAL.read(more))) {
                                wrong.add(language + " " + more);
                            }
                        }
                    }
                }));
        assertThat(wrong).isEmpty();
    }

    private static boolean isThere(Normalized<Availability> read) {
        return read.equals(new Normal<>(Availability.IN_STOCK));
    }

    @Test
    void wordsOfTheSiteComeFirst() {
        Availabilities own = Availabilities.with(Map.of(
                Availability.IN_STOCK,
                List.of("Add to cart", "Not yet gone"),
                Availability.BACKORDER,
                List.of("2 weeks")));

        assertThat(own.read("Add to Cart")).isEqualTo(new Normal<>(Availability.IN_STOCK));
        assertThat(own.read("not yet gone!")).isEqualTo(new Normal<>(Availability.IN_STOCK));
        assertThat(own.read("2 weeks")).isEqualTo(new Normal<>(Availability.BACKORDER));
        assertThat(own.read("Out of stock")).isEqualTo(new Normal<>(Availability.OUT_OF_STOCK));
        assertThat(USUAL.read("Add to Cart")).isNotInstanceOf(Normal.class);
    }

    @Test
    void aStateBesideUnknownWordsIsNotToldAndTheReasonIs() {
        Normalized<Availability> read = USUAL.read("In stock xylograph");

        assertThat(read).isEqualTo(new Ambiguous<>("words beside a state that are not known"));
    }

    private static String told(Normalized<Availability> read) {
        return read instanceof Normal<Availability> normal ? normal.value().word() : "-";
    }

    static List<String> lines(String name) throws IOException {
        try (InputStream in = AvailabilitiesTest.class.getResourceAsStream(name)) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }
}
