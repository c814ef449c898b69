package io.leat.core.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.DecimalFormatSymbols;
import com.ibm.icu.util.ULocale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of separators is CLDR's. {@code -Dleat.docs.write=true} writes it. */
class LocalesTest {

    private static final Path TABLE = Path.of("src/main/resources/io/leat/core/normalize/locales.properties");

    @Test
    void theTableHasWhatCldrHas() throws IOException {
        if (Boolean.getBoolean("leat.docs.write")) {
            Files.writeString(TABLE, table(cldr()));
        }
        assertThat(Files.readString(TABLE)).isEqualTo(table(cldr()));
    }

    @Test
    void everyLocaleOfCldrIsKnownWithItsSeparator() {
        List<String> wrong = new ArrayList<>();
        cldr().forEach((tag, decimal) -> {
            if (!tag.equals("en-ZA") && Locality.parse(tag).decimal() != decimal) {
                wrong.add(tag);
            }
        });
        assertThat(wrong).isEmpty();
        assertThat(Locality.parse("en-ZA").decimal()).isEqualTo('.');
    }

    @Test
    void everyLocaleOfTheJdkCanBeDeclared() {
        for (Locale locale : Locale.getAvailableLocales()) {
            boolean isPlain = locale.getVariant().isEmpty()
                    && locale.getExtensionKeys().isEmpty()
                    && !locale.getLanguage().isEmpty();
            if (isPlain) {
                assertThat(Locality.parse(locale.toLanguageTag()).isAuto()).isFalse();
            }
        }
    }

    private static Map<String, Character> cldr() {
        Map<String, Character> decimals = new TreeMap<>();
        for (ULocale locale : ULocale.getAvailableLocales()) {
            if (locale.getVariant().isEmpty()) {
                String separator = DecimalFormatSymbols.getInstance(locale).getDecimalSeparatorString();
                decimals.put(locale.toLanguageTag(), Plain.line(separator).charAt(0));
            }
        }
        return decimals;
    }

    private static String table(Map<String, Character> decimals) {
        Map<String, Character> told = new TreeMap<>();
        List<String> tags = new ArrayList<>(decimals.keySet());
        tags.sort(Comparator.comparingInt((String tag) -> tag.contains("-") ? tag.length() : 0)
                .thenComparing(Comparator.naturalOrder()));
        for (String tag : tags) {
            String[] parts = tag.split("-", -1);
            String language = parts[0];
            boolean hasScript = parts.length > 1 && parts[1].length() == 4;
            String region = parts.length > (hasScript ? 2 : 1) ? parts[parts.length - 1] : "";
            String script = hasScript ? language + "-" + parts[1] : language;
            Character known = null;
            for (String wider : new String[] {language + "-" + region, script, language}) {
                known = known == null ? told.get(wider) : known;
            }
            if (!decimals.get(tag).equals(known == null && tag.contains("-") ? Character.valueOf('.') : known)) {
                told.put(tag, decimals.get(tag));
            }
        }
        return """
                # What stands before the decimals, by language; a region or script where it differs from the language alone.
                # Source: Unicode CLDR 48 through ICU4J 78.1; LocalesTest compares and writes it.
                version = 1

                point = %s

                comma = %s

                # Where an amount of money is written otherwise than a number.
                split = %s

                # Where shops write the point though CLDR has the comma.
                point_in_shops = en-ZA
                """
                .formatted(with(told, '.'), with(told, ','), split());
    }

    private static String split() {
        return Arrays.stream(ULocale.getAvailableLocales())
                .filter(locale -> locale.getVariant().isEmpty())
                .filter(locale -> {
                    DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(locale);
                    String money = symbols.getMonetaryDecimalSeparatorString();
                    return !money.equals("$") && !money.equals(symbols.getDecimalSeparatorString());
                })
                .map(ULocale::toLanguageTag)
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private static String with(Map<String, Character> told, char decimal) {
        return told.entrySet().stream()
                .filter(entry -> entry.getValue() == decimal)
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(" "));
    }
}
