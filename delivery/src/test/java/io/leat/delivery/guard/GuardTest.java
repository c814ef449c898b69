package io.leat.delivery.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.format.webhook.WebhookUrl;
import io.leat.testkit.RandomSeed;
import io.leat.testkit.SharedData;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GuardTest {

    /** Every name leads inside, as those that are made for this do. */
    private static final Names INSIDE = host -> CompletableFuture.completedFuture(List.of(address("127.0.0.1")));

    private static final Names NONE = host -> {
        throw new AssertionError("looked up " + host);
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.0.0.1",
                "100.64.0.1",
                "127.0.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "::ffff:10.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "3fff::1",
                "5f00::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "2620:4f:8000::1"
            })
    void noAddressOfASpecialRangeIsPublic(String text) {
        assertThat(PublicAddresses.contain(address(text))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "93.184.216.34",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.167.255.255",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2001:200::1",
                "2606:4700::1111",
                "2a00:1450::1"
            })
    void addressesBesideThemAre(String text) {
        assertThat(PublicAddresses.contain(address(text))).isTrue();
    }

    @Test
    void nothingOfRandomSpecialRangesSlipsThrough() {
        RandomSeed seed = RandomSeed.of("guard");
        RandomGenerator random = seed.random();
        List<String> ranges = List.of(
                "10.0.0.0/8",
                "100.64.0.0/10",
                "127.0.0.0/8",
                "169.254.0.0/16",
                "172.16.0.0/12",
                "192.168.0.0/16",
                "198.18.0.0/15",
                "224.0.0.0/3",
                "0.0.0.0/8",
                "fc00::/7",
                "fe80::/10",
                "ff00::/8",
                "2002::/16",
                "::/8");
        for (String range : ranges) {
            Network network = Network.parse(range);
            for (int i = 0; i < 500; i++) {
                InetAddress address = within(network, random);
                assertThat(PublicAddresses.contain(address))
                        .as("%s of %s, %s", address, range, seed)
                        .isFalse();
            }
        }
    }

    @Test
    void oneInsideAddressAmongPublicOnesIsEnough() {
        Names mixed = host -> CompletableFuture.completedFuture(List.of(address("93.184.216.34"), address("10.0.0.1")));
        refused(new Guard(List.of(), mixed), "https://example.com/", "private or reserved");
        assertThat(new Guard(List.of(), mixed).check("kafka.example.com").toCompletableFuture())
                .isCompletedExceptionally();
    }

    @Test
    void aHostOfAnotherProtocolIsRefusedForItsAddressAlone() {
        Names outside = host -> CompletableFuture.completedFuture(List.of(address("93.184.216.34")));
        assertThat(new Guard(List.of(), outside).check("kafka.example.com").toCompletableFuture())
                .isCompletedWithValue(List.of(address("93.184.216.34")));
        assertThat(new Guard(List.of(), INSIDE).check("kafka.example.com").toCompletableFuture())
                .isCompletedExceptionally();
        assertThat(new Guard(Guard.PRIVATE, INSIDE).check("kafka.example.com").toCompletableFuture())
                .isCompleted();
    }

    @Test
    void plainHttpAndOtherPortsAreForOpenedRangesOnly() {
        Names outside = host -> CompletableFuture.completedFuture(List.of(address("93.184.216.34")));
        Guard shut = new Guard(List.of(), outside);
        refused(shut, "http://example.com/", "plain http");
        refused(shut, "https://example.com:22/", "port");
        assertThatCode(() -> check(shut, "https://example.com/")).doesNotThrowAnyException();
        assertThatCode(() -> check(shut, "https://93.184.216.34:8443/")).doesNotThrowAnyException();

        Guard opened = new Guard(Guard.PRIVATE, INSIDE);
        assertThatCode(() -> check(opened, "http://localhost:9000/")).doesNotThrowAnyException();
        refused(opened, "http://169.254.169.254/latest/meta-data/", "private or reserved");
    }

    @Test
    void everyUrlOfTheCorpusIsRefused() throws Exception {
        assumeTrue(SharedData.isPresent("guard corpus"));
        List<String> lines = Files.readAllLines(corpus("ssrf-urls.txt"));
        Guard guard = new Guard(List.of(), INSIDE);
        assertThat(lines).hasSizeGreaterThan(170);
        lines.forEach(line -> assertThat(passes(guard, line)).as(line).isFalse());
    }

    @Test
    void everyUrlThatBrowsersReadAsAnInsideAddressIsRefusedWithoutALookUp() throws Exception {
        assumeTrue(SharedData.isPresent("guard corpus"));
        Guard guard = new Guard(List.of(), NONE);
        int inside = 0;
        for (JsonNode test : new JsonMapper().readTree(Files.readString(corpus("wpt-urltestdata.json")))) {
            String hostname = test.path("hostname").asString("");
            if (hostname.matches("[0-9]+(\\.[0-9]+){3}|\\[[0-9a-f:.]+]")
                    && !PublicAddresses.contain(address(hostname.replaceAll("[\\[\\]]", "")))) {
                inside++;
                String input = test.path("input").stringValue();
                assertThat(passes(guard, input)).as(input).isFalse();
                assertThat(passes(guard, test.path("href").stringValue()))
                        .as(input)
                        .isFalse();
            }
        }
        assertThat(inside).isGreaterThan(20);
    }

    private static Path corpus(String name) {
        return SharedData.folder()
                .orElseThrow()
                .resolveSibling("corpora")
                .resolve("guard")
                .resolve(name);
    }

    private static InetAddress within(Network network, RandomGenerator random) {
        byte[] bytes = network.address().getAddress();
        for (int bit = network.bits(); bit < 8 * bytes.length; bit++) {
            if (random.nextBoolean()) {
                bytes[bit / 8] |= (byte) (0x80 >> bit % 8);
            }
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** What an operator can be told of a feed file, before anything is delivered and without asking anybody for a name. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/",
                "https://example.com:8080/",
                "http://8.8.8.8/",
                "https://10.0.0.1/",
                "https://[::1]:8443/",
                "https://localhost/",
                "https://LOCALHOST:8443/"
            })
    void whatWillBeRefusedIsForeseen(String url) {
        assertThat(Guard.foreseen(WebhookUrl.parse(url), List.of())).isNotEmpty();
    }

    @Test
    void nothingIsForeseenOfWhatMayPass() {
        for (String url : List.of("https://example.com/", "https://example.com:8443/x", "https://8.8.8.8/")) {
            assertThat(Guard.foreseen(WebhookUrl.parse(url), List.of())).as(url).isNull();
        }
        for (String url : List.of("http://10.0.0.1:8080/", "http://localhost:9000/", "http://receiver:8080/")) {
            assertThat(Guard.foreseen(WebhookUrl.parse(url), Guard.PRIVATE))
                    .as(url)
                    .isNull();
        }
        assertThat(Guard.foreseen(WebhookUrl.parse("https://169.254.169.254/"), Guard.PRIVATE))
                .contains("private or reserved");
    }

    private static boolean passes(Guard guard, String url) {
        try {
            check(guard, url);
            return true;
        } catch (IllegalArgumentException | java.util.concurrent.CompletionException e) {
            return false;
        }
    }

    private static void refused(Guard guard, String url, String why) {
        assertThatThrownBy(() -> check(guard, url))
                .hasCauseInstanceOf(Guard.Refused.class)
                .hasMessageContaining(why);
    }

    private static Iterator<InetAddress> check(Guard guard, String url) {
        return new ArrayList<>(
                        guard.check(WebhookUrl.parse(url)).toCompletableFuture().join())
                .iterator();
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
