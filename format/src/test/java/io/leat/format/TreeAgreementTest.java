package io.leat.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Limits;
import io.leat.format.json.Document;
import io.leat.format.json.DocumentReader;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Holds our reader against a general one: the same texts read, the same canonical form, so the same keys, ties and ids. */
class TreeAgreementTest {

    private static final int TEXTS = 20_000;
    private static final String MEMBERS = "{}[]\",:\\ue1.-+0 tfn\u00e9x";

    private final long seed = Long.getLong("leat.seed", new SplittableRandom().nextLong());
    private final SplittableRandom random = new SplittableRandom(seed);
    private final DocumentReader reader = new DocumentReader(Limits.DEFAULT);

    TreeAgreementTest() {
        System.out.println("TreeAgreementTest seed=" + seed);
    }

    @Test
    void theSameTextHasTheSameCanonicalForm() {
        RandomJson json = new RandomJson(random);
        for (int i = 0; i < TEXTS; i++) {
            String text = json.object(4);
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            assertThat(reader.read(bytes)).as(text).isNull();
            assertThat(reader.document().canonical(Document.ROOT))
                    .as(text)
                    .isEqualTo(CanonicalJson.of(Json.OWN.readTree(bytes)));
        }
    }

    @Test
    void whatOneRefusesTheOtherRefuses() {
        RandomJson json = new RandomJson(random);
        int refused = 0;
        for (int i = 0; i < TEXTS; i++) {
            String text = spoilt(json.object(3));
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            boolean isRead = reader.read(bytes) == null;
            JsonNode tree = tree(bytes);
            refused += isRead ? 0 : 1;
            assertThat(isRead).as(text).isEqualTo(tree != null);
            if (tree != null) {
                assertThat(reader.document().canonical(Document.ROOT)).as(text).isEqualTo(CanonicalJson.of(tree));
            }
        }
        assertThat(refused).isBetween(TEXTS / 10, TEXTS);
    }

    private String spoilt(String text) {
        StringBuilder spoilt = new StringBuilder(text);
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(spoilt.length());
            char c = MEMBERS.charAt(random.nextInt(MEMBERS.length()));
            switch (random.nextInt(3)) {
                case 0 -> spoilt.insert(at, c);
                case 1 -> spoilt.setCharAt(at, c);
                default -> spoilt.deleteCharAt(spoilt.length() > 1 ? at : 0).append(spoilt.isEmpty() ? "0" : "");
            }
        }
        return spoilt.toString();
    }

    private static JsonNode tree(byte[] bytes) {
        try {
            JsonNode tree = Json.STRICT.readTree(bytes);
            return tree.isMissingNode() ? null : tree;
        } catch (JacksonException | NumberFormatException e) {
            return null;
        }
    }
}
