package io.leat.core.normalize;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Where a text was written, as far as numbers, currencies and dates depend on it. The machine's own locale is never asked.
 *
 * @param language two letters such as {@code de}; empty for {@link #AUTO}
 * @param region two capital letters such as {@code IN}; empty if it is not told
 */
public record Locality(String language, String region) implements Serializable {

    /** Nothing is known: the text itself has to say. */
    public static final Locality AUTO = new Locality("", "");

    private static final Set<String> LANGUAGES = Set.copyOf(Arrays.asList(Locale.getISOLanguages()));
    private static final Set<String> REGIONS = Set.copyOf(Arrays.asList(Locale.getISOCountries()));

    private static final Set<String> POINT_LANGUAGES = Set.of(
            "en", "zh", "ja", "ko", "th", "he", "iw", "hi", "bn", "ta", "te", "ml", "mr", "gu", "pa", "ur", "ne", "si",
            "ms", "ga", "mt", "ar", "fa", "my", "sw", "am", "cy");
    private static final Set<String> POINT_REGIONS_OF_SPANISH =
            Set.of("MX", "US", "PR", "GT", "HN", "NI", "PA", "PE", "SV", "DO", "CU");
    private static final Set<String> COMMA_REGIONS_OF_ARABIC = Set.of("MA", "DZ", "TN", "LY");

    /**
     * Reads {@code auto}, {@code de} or {@code en-IN}.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public static Locality parse(String text) {
        if (text.equals("auto")) {
            return AUTO;
        }
        String[] parts = text.split("-", -1);
        boolean isKnown =
                parts.length <= 2 && LANGUAGES.contains(parts[0]) && (parts.length == 1 || REGIONS.contains(parts[1]));
        if (!isKnown) {
            throw new IllegalArgumentException("not a locale: " + text);
        }
        return new Locality(parts[0], parts.length == 1 ? "" : parts[1]);
    }

    /** Whether nothing is known. */
    public boolean isAuto() {
        return language.isEmpty();
    }

    /** What stands before the decimals: {@code '.'} or {@code ','}. Asked of a known locality only. */
    char decimal() {
        return switch (language) {
            case "es" -> POINT_REGIONS_OF_SPANISH.contains(region) ? '.' : ',';
            case "ar" -> COMMA_REGIONS_OF_ARABIC.contains(region) ? ',' : '.';
            case "en" -> region.equals("ZA") ? ',' : '.';
            case "de", "it" -> region.equals("CH") || region.equals("LI") ? '.' : ',';
            default -> POINT_LANGUAGES.contains(language) ? '.' : ',';
        };
    }

    @Override
    public String toString() {
        return isAuto() ? "auto" : region.isEmpty() ? language : language + "-" + region;
    }
}
