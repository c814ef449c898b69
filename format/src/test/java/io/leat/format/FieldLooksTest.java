package io.leat.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.FieldPath;
import io.leat.core.Limits;
import io.leat.core.Refusal;
import io.leat.core.drift.Look;
import io.leat.core.drift.Observation;
import io.leat.core.drift.Observation.Seen;
import io.leat.format.json.Document;
import io.leat.format.json.DocumentReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is remembered of records that look alike changes nothing of what is said of any. */
class FieldLooksTest {

    private static final List<String> VALUES =
            List.of("1", "\"a\"", "\"\"", "null", "true", "[1,{}]", "{}", "{\"n\":1}", "{\"n\":\"x\",\"m\":null}");

    private static final FieldPath SITE = FieldPath.parse("s");
    private static final List<String> SITES = List.of("\"one\"", "\"zwei ü\"", "17", "\"17 \"", "true");

    private final Random random = new Random(7);
    private final DocumentReader json = new DocumentReader(Limits.WIDEST);

    @Test
    void everyRecordLooksAsItDoesToOneWhoSawNoneBefore() {
        FieldLooks looks = new FieldLooks(SITE);
        Set<String> sampled = new HashSet<>();
        for (int i = 0; i < 4_000; i++) {
            String site = SITES.get(random.nextInt(SITES.size()));
            Document rec = read(record(site));
            Refusal refusal = random.nextInt(10) == 0 ? Refusal.of(Refusal.Code.KEY_MISSING, "b", "Missing.") : null;
            Observation observed = Objects.requireNonNull(looks.of(rec, refusal));
            assertThat(observed.site()).isEqualTo(site.replace("\"", ""));
            Map<String, Seen> said = observed.fields();
            Map<String, Seen> fresh = fresh(rec, refusal);
            assertThat(lookOf(said)).isEqualTo(lookOf(fresh));
            Map<String, Look> unrefused = lookOf(fresh(rec, null));
            unrefused.forEach((path, look) -> {
                boolean isNew = sampled.add(site + path + look);
                if (said.get(path).look() == look) {
                    assertThat(said.get(path).sample() != null)
                            .as("a sample once: %s %s %s", site, path, look)
                            .isEqualTo(isNew);
                }
            });
        }
        assertThat(sampled).hasSizeGreaterThan(50);
    }

    private static Map<String, Seen> fresh(Document rec, @Nullable Refusal refusal) {
        return Objects.requireNonNull(new FieldLooks(SITE).of(rec, refusal)).fields();
    }

    @Test
    void recordsThatLookAlikeHaveOneObservationAndOthersAnother() {
        FieldLooks looks = new FieldLooks(SITE);
        looks.of(read("{\"s\":\"x\",\"a\":1}"), null);
        Observation one = looks.of(read("{\"s\":\"x\",\"a\":2}"), null);
        assertThat(looks.of(read("{\"s\":\"y\",\"a\":3}"), null)).isNotEqualTo(one);
        assertThat(looks.of(read("{\"s\":\"x\",\"a\":\"3\"}"), null)).isNotEqualTo(one);
        assertThat(looks.of(read("{\"s\":\"x\",\"a\":4}"), null)).isSameAs(one);
        assertThat(looks.of(read("{\"s\":\"\",\"a\":4}"), null)).as("no site").isNull();
        assertThat(looks.of(read("{\"a\":4}"), null)).as("no site").isNull();
    }

    @Test
    void moreSitesThanAreRememberedAreSeenAllTheSame() {
        FieldLooks looks = new FieldLooks(SITE);
        for (int i = 0; i < 50_000; i++) {
            String site = "site" + random.nextInt(5_000);
            Observation seen = Objects.requireNonNull(looks.of(read("{\"s\":\"" + site + "\",\"a\":1}"), null));
            assertThat(seen.site()).isEqualTo(site);
            assertThat(lookOf(seen.fields())).isEqualTo(Map.of("s", Look.TEXT, "a", Look.NUMBER));
        }
    }

    private static Map<String, Look> lookOf(Map<String, Seen> fields) {
        Map<String, Look> looks = new HashMap<>();
        fields.forEach((path, seen) -> looks.put(path, seen.look()));
        return looks;
    }

    private String record(String site) {
        StringBuilder text = new StringBuilder("{\"s\":").append(site);
        for (String name : List.of("a", "b", "c", "d")) {
            if (random.nextInt(6) > 0) {
                text.append(",\"")
                        .append(name)
                        .append("\":")
                        .append(VALUES.get(random.nextInt(3) > 0 ? 0 : random.nextInt(VALUES.size())));
            }
        }
        return text.append('}').toString();
    }

    private Document read(String text) {
        assertThat(json.read(text.getBytes(StandardCharsets.UTF_8))).isNull();
        return json.document();
    }
}
