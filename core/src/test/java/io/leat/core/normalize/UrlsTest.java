package io.leat.core.normalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.core.normalize.Normalized.Normal;
import io.leat.core.normalize.Normalized.Unparsed;
import io.leat.core.normalize.Urls.Fragment;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlsTest {

    private static final Urls USUAL = Urls.usual();
    private static final String PIECES = "/.#?&=%:@;!+-_~ \t|\\\"'()[]{}éß。中\u0301aZ0129";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://bücher.example/a | https://xn--bcher-kva.example/a",
                "https://BÜCHER.example./a | https://xn--bcher-kva.example/a",
                "https://XN--BCHER-KVA.example/a | https://xn--bcher-kva.example/a",
                "https://faß.example/ | https://xn--fa-hia.example/",
                "https://例え。テスト/ | https://xn--r8jz45g.xn--zckzah/",
                "https://почта.example | https://xn--80a1acny.example/",
                "http://shop.example:0080/ | http://shop.example/",
                "http://shop.example:443/ | http://shop.example:443/",
                "https://shop.example:/p | https://shop.example/p",
                "http://[2001:DB8::1]:80/x | http://[2001:db8::1]/x",
                "https://a.example/x/./../y/.. | https://a.example/",
                "https://a.example/x//y | https://a.example/x//y",
                "https://a.example/%2e%2E/b | https://a.example/b",
                "https://a.example/p?utm%5Fsource=x&b=1 | https://a.example/p?b=1",
                "https://a.example/p?a&&b= | https://a.example/p?a&b=",
                "https://a.example/p?x=1&amp;amp;y=2 | https://a.example/p?x=1&y=2",
                "https://a.example/p#reviews | https://a.example/p",
                "https://a.example/#/product/1?utm_x=1 | https://a.example/#/product/1?utm_x=1"
            })
    void anAddressHasOneSpelling(String text, String url) {
        assertThat(USUAL.read(text)).isEqualTo(new Normal<>(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a.example:70000/",
                "https://a.example:8x/",
                "https://a..example/",
                "https://a b.example/",
                "https://ex\u200dample.example/",
                "https://[::zz]/",
                "https:/a.example/",
                "ftp://a.example/",
                "/p/1",
                "p.html",
                "?id=1"
            })
    void whatIsNoAddressOfAPageIsRefused(String text) {
        assertThat(USUAL.read(text)).isInstanceOf(Unparsed.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/p/1 | https://shop.example/p/1", "p/1 | https://shop.example/de/p/1",
                "../p | https://shop.example/p", "?id=7 | https://shop.example/de/list?id=7",
                "//cdn.example/x | https://cdn.example/x", "http://a.example | http://a.example/",
                "#/item/2 | https://shop.example/de/list?q=1#/item/2"
            })
    void aRelativeAddressIsReadFromTheBase(String text, String url) {
        Urls urls = urls("https://shop.example/de/list?q=1", List.of(), List.of(), Fragment.AUTO);

        assertThat(urls.read(text)).isEqualTo(new Normal<>(url));
        assertThat(urls.read("not an address")).isInstanceOf(Unparsed.class);
        assertThat(urls.read("www.shop.example/p")).isInstanceOf(Unparsed.class);
        assertThat(urls.read("mailto:shop@example.org")).isInstanceOf(Unparsed.class);
    }

    @Test
    void aSiteDropsAndKeepsWhatItKnowsBetter() {
        Urls urls = urls(null, List.of("band_rank", "ref_*"), List.of("trk", "utm_c*"), Fragment.DROP);

        assertThat(urls.read("https://a.example/?Band_Rank=1&ref_x=2&trk=3&utm_campaign=4&utm_source=5#/r"))
                .isEqualTo(new Normal<>("https://a.example/?trk=3&utm_campaign=4"));
        assertThat(urls(null, List.of(), List.of(), Fragment.KEEP).read("https://a.example/#top"))
                .isEqualTo(new Normal<>("https://a.example/#top"));
    }

    @Test
    void aBaseIsAnAbsoluteAddress() {
        assertThatThrownBy(() -> urls("/p", List.of(), List.of(), Fragment.AUTO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsToldIsReadAsTheSameAgain() {
        SplittableRandom random = new SplittableRandom(Long.getLong("leat.seed", 11));
        Urls kept = urls("https://shop.example/a/b", List.of(), List.of(), Fragment.KEEP);
        for (int i = 0; i < 20_000; i++) {
            String text = (i % 2 == 0 ? "https://a.example/" : "") + random(random, 30);
            for (Urls urls : List.of(USUAL, kept)) {
                if (urls.read(text) instanceof Normal<String> normal) {
                    assertThat(urls.read(normal.value())).as(text).isEqualTo(normal);
                }
                String tidy = Plain.text(text.replace("%", "&amp;").replace("0", "&#59;"));
                assertThat(Plain.text(tidy)).isEqualTo(tidy);
            }
        }
    }

    @Test
    void aLongTextOfAnyCharactersIsReadInAMoment() {
        SplittableRandom random = new SplittableRandom(5);
        long[] nanos = new long[301];
        for (int i = 0; i < nanos.length; i++) {
            String text = "https://a.example/" + random(random, 1_000);
            String nested = "&".repeat(300) + "amp;".repeat(170);
            long start = System.nanoTime();
            USUAL.read(text);
            Texts.read(text);
            Texts.read(nested);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        assertThat(nanos[nanos.length / 2]).isLessThan(5_000_000L);
    }

    private static String random(SplittableRandom random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(length); i >= 0; i--) {
            text.append(PIECES.charAt(random.nextInt(PIECES.length())));
        }
        return text.toString();
    }

    private static Urls urls(@Nullable String base, List<String> drop, List<String> keep, Fragment fragment) {
        return Urls.of(new Normalizer.OfUrl(base, drop, keep, fragment));
    }
}
