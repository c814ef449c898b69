package io.leat.core.normalize;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Where a text was written, as far as numbers, currencies and dates depend on it. The machine's own locale is never asked.
 *
 * @param tag as it is written: {@code en-IN}; {@code auto} for {@link #AUTO}
 * @param language two or three letters such as {@code de}; empty for {@link #AUTO}
 * @param region two capital letters such as {@code IN}, or three digits; empty if it is not told
 * @param decimal what stands before the decimals of a number: {@code '.'} or {@code ','}; {@code 0} for {@link #AUTO}
 * @param moneyDecimal the same of an amount of money; {@code 0} where money is not written as numbers are
 */
public record Locality(String tag, String language, String region, char decimal, char moneyDecimal)
        implements Serializable {

    /** Nothing is known: the text itself has to say. */
    public static final Locality AUTO = new Locality("auto", "", "", (char) 0, (char) 0);

    private static final Table TABLE = Table.of("locales");
    private static final Set<String> POINTS = new HashSet<>(Table.parts(TABLE.text("point"), ' '));
    private static final Set<String> COMMAS = new HashSet<>(Table.parts(TABLE.text("comma"), ' '));
    private static final Set<String> SPLIT = new HashSet<>(Table.parts(TABLE.text("split"), ' '));
    private static final Set<String> LANGUAGES = new HashSet<>(Arrays.asList(Locale.getISOLanguages()));
    private static final Set<String> REGIONS = new HashSet<>(Arrays.asList(Locale.getISOCountries()));
    /** Regions of CLDR that ISO 3166 has no code for, or none any more. */
    private static final Set<String> CLDR_REGIONS =
            Set.of("AC", "AN", "CP", "CQ", "CS", "DG", "EA", "IC", "TA", "XA", "XB", "XK");

    private static final int SCRIPT = 4;

    static {
        Set<String> shops = new HashSet<>(Table.parts(TABLE.text("point_in_shops"), ' '));
        COMMAS.removeAll(shops);
        POINTS.addAll(shops);
        POINTS.stream().map(tag -> tag.split("-", -1)[0]).forEach(LANGUAGES::add);
        COMMAS.stream().map(tag -> tag.split("-", -1)[0]).forEach(LANGUAGES::add);
        REGIONS.addAll(CLDR_REGIONS);
    }

    /**
     * Reads {@code auto}, {@code de}, {@code en-IN} or {@code zh-Hant-TW}.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public static Locality parse(String text) {
        if (text.equals("auto")) {
            return AUTO;
        }
        String[] parts = text.split("-", -1);
        int region = parts.length > 1 && isScript(parts[1]) ? 2 : 1;
        boolean isKnown = parts.length <= region + 1
                && LANGUAGES.contains(parts[0])
                && (parts.length == region || REGIONS.contains(parts[region]) || isArea(parts[region]));
        if (!isKnown) {
            throw new IllegalArgumentException("not a locale: " + text);
        }
        String where = parts.length == region ? "" : parts[region];
        String script = region == 2 ? parts[0] + '-' + parts[1] : parts[0];
        char decimal = decimal(text, parts[0] + '-' + where, script, parts[0]);
        return new Locality(text, parts[0], where, decimal, SPLIT.contains(text) ? (char) 0 : decimal);
    }

    /** Whether nothing is known. */
    public boolean isAuto() {
        return language.isEmpty();
    }

    /** That of the first of these tags that is known. */
    private static char decimal(String... tags) {
        for (String tag : tags) {
            if (POINTS.contains(tag) || COMMAS.contains(tag)) {
                return POINTS.contains(tag) ? '.' : ',';
            }
        }
        return '.';
    }

    private static boolean isScript(String part) {
        return part.length() == SCRIPT
                && Character.isUpperCase(part.charAt(0))
                && part.chars().allMatch(c -> c < 0x80 && Character.isLetter(c));
    }

    private static boolean isArea(String part) {
        return part.length() == 3 && part.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    @Override
    public String toString() {
        return tag;
    }
}
