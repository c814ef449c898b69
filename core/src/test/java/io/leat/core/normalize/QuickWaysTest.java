package io.leat.core.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The quick way of a common text gives what the general way does, which a change that means nothing forces upon it. */
class QuickWaysTest {

    private static final long SEED = Long.getLong("leat.seed", 20_260_207L);
    private static final int RUNS = 50_000;

    private final Random random = new Random(SEED);

    @Test
    void aPlainLineIsWhatItIsWithAnInvisibleCharacterInFront() {
        for (int i = 0; i < RUNS; i++) {
            String text = text("  aZ09.,-'`$&;\"\t~\u007f\u00a0", 12);
            assertThat(Plain.line(text)).as("seed %s, '%s'", SEED, text).isEqualTo(Plain.line("\u200b" + text));
            assertThat(Plain.text(text)).as("seed %s, '%s'", SEED, text).isEqualTo(Plain.text("\u200b" + text));
        }
    }

    @Test
    void aHostOfAsciiIsWhatItIsBesideALabelThatIsNot() {
        for (int i = 0; i < RUNS; i++) {
            String host = text("ab.z09-_.AZ+~", 8);
            String alone = Hosts.of(host);
            boolean isWhole = !host.isEmpty() && !host.endsWith(".");
            assertThat(alone == null || !isWhole ? null : alone + ".xn--4ca")
                    .as("seed %s, '%s'", SEED, host)
                    .isEqualTo(isWhole ? Hosts.of(host + ".ä") : null);
        }
    }

    @Test
    void aPathWithoutDotsIsWhatItIsBeforeADotSegment() {
        for (int i = 0; i < RUNS; i++) {
            String path = "/" + text("//ab.", 8);
            assertThat(path(path + "/.")).as("seed %s, '%s'", SEED, path).isEqualTo(resolved(path) + "/");
        }
    }

    /** What stands before the dot segment at the end: a segment of two dots takes its slash away with it. */
    private static String resolved(String path) {
        String resolved = path(path);
        boolean isOfDots = path.endsWith("/..") || path.endsWith("/.");
        return isOfDots ? resolved.substring(0, resolved.length() - 1) : resolved;
    }

    @Test
    void everyCharacterIsEscapedAsItsOctetsInUtf8() {
        for (int c = 0x80; c <= Character.MAX_CODE_POINT; c++) {
            StringBuilder octets = new StringBuilder();
            for (byte octet : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                octets.append('%');
                octets.append(Character.toUpperCase(Character.forDigit(octet >> 4 & 15, 16)));
                octets.append(Character.toUpperCase(Character.forDigit(octet & 15, 16)));
            }
            assertThat(UrlEscapes.of(Character.toString(c))).as("U+%x", c).isEqualTo(octets.toString());
        }
    }

    private static @Nullable String path(String path) {
        StringBuilder out = new StringBuilder();
        UrlPath.append(path, out);
        return out.toString();
    }

    private String text(String characters, int most) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(most + 1);
        for (int i = 0; i < length; i++) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }
}
