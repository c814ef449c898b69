package io.leat.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page's files: all are served and no others, they are small, they keep the policy, and their colours can be told apart. */
class PagePartTest {

    private static final Path FOLDER = Path.of("src/main/resources/io/leat/gateway/page");
    private static final int MOST_BYTES = 200_000;
    private static final double TEXT = 4.5;
    private static final double GRAPHICS = 3.0;
    private static final Pattern IMPORT = Pattern.compile("(?:from |import\\()\"\\./([^\"]+)\"");
    private static final Pattern COLOUR = Pattern.compile("--([a-z0-9-]+): (#[0-9a-f]{6});");

    @Test
    void everyFileIsServedAndNoOther() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(PagePart.FILES);
        }
        for (String name : PagePart.FILES) {
            IMPORT.matcher(read(name)).results().forEach(found -> assertThat(PagePart.FILES)
                    .contains(found.group(1)));
        }
    }

    @Test
    void allOfItIsSmall() {
        int bytes = new PagePart().size();
        System.out.printf("page: %,d bytes compressed in %d files%n", bytes, PagePart.FILES.size());
        assertThat(bytes).isLessThan(MOST_BYTES);
    }

    /** Markup from data, styles in attributes and addresses of others would be stopped by the policy: none is written. */
    @Test
    void nothingIsWrittenThatThePolicyForbids() throws IOException {
        for (String name : PagePart.FILES) {
            assertThat(read(name))
                    .as(name)
                    .doesNotContain(
                            "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", " style=")
                    .doesNotContainPattern("(src|href)=\"https?:")
                    .doesNotContainPattern("<script>|onclick=");
        }
        assertThat(PagePart.POLICY).contains("default-src 'none'").doesNotContain("unsafe");
    }

    @Test
    void coloursCanBeReadInLightAndInTheDark() throws IOException {
        String css = read("page.css");
        int dark = css.indexOf("@media (prefers-color-scheme: dark)");
        for (String part : List.of(css.substring(0, dark), css.substring(dark, css.indexOf("* { box-sizing")))) {
            Map<String, String> colours = new HashMap<>();
            Matcher each = COLOUR.matcher(part);
            while (each.find()) {
                colours.put(each.group(1), each.group(2));
            }
            for (String ground : List.of("ground", "surface", "wash")) {
                for (String ink : List.of("ink", "soft", "accent", "good", "warn", "bad")) {
                    assertThat(contrast(colours, ink, ground))
                            .as(ink + " on " + ground)
                            .isGreaterThan(TEXT);
                }
                for (String line : List.of("line-1", "line-2")) {
                    assertThat(contrast(colours, line, ground))
                            .as(line + " on " + ground)
                            .isGreaterThan(GRAPHICS);
                }
            }
            assertThat(contrast(colours, "ink", "mark")).isGreaterThan(TEXT);
            assertThat(contrast(colours, "surface", "bad")).isGreaterThan(TEXT);
            assertThat(contrast(colours, "surface", "accent")).isGreaterThan(TEXT);
        }
    }

    /** As WCAG 2 defines it. */
    private static double contrast(Map<String, String> colours, String one, String other) {
        double first = luminance(colours, one);
        double second = luminance(colours, other);
        return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
    }

    private static double luminance(Map<String, String> colours, String name) {
        String colour = colours.getOrDefault(name, "");
        assertThat(colour).as(name).isNotEmpty();
        List<Double> parts = new ArrayList<>();
        for (int at = 1; at < 7; at += 2) {
            double part = Integer.parseInt(colour.substring(at, at + 2), 16) / 255.0;
            parts.add(part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
        }
        return 0.2126 * parts.get(0) + 0.7152 * parts.get(1) + 0.0722 * parts.get(2);
    }

    private static String read(String name) throws IOException {
        return Files.readString(FOLDER.resolve(name), StandardCharsets.UTF_8);
    }
}
