package io.leat.job.quick;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Feed;
import io.leat.core.Position;
import io.leat.core.Ruling;
import io.leat.format.feedfile.FeedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tens of thousands of scrapes here; {@code -Dleat.quick.scrapes=10000000} for a night. */
class QuickWayTest {

    private static final int SCRAPES = Integer.getInteger("leat.quick.scrapes", 6_000);
    private static final long SEED = Long.getLong("leat.seed", 20_261_126);

    private static final String MONEY = "normalize: {price: {as: money, currency: currency}}\n";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "changes: {compare: [price, currency, in_stock]}",
                "changes: {compare: [title, offer, offer.per, in_stock], formerly: {in_stock: available}}",
                "normalize: {in_stock: availability}\nchanges: {compare: [in_stock], formerly: {in_stock: available}}",
                MONEY + "changes: {compare: [price, currency, in_stock]}",
                MONEY + "changes: {compare: [price], tolerance: {price: 0.5%}}",
                MONEY + "changes: {compare: [price, in_stock], hold: {price: {ratio: [0.2, 5], unit_flip: true}},"
                        + " confirm_within: 10s, average: {price: 1m}}",
                MONEY
                        + "changes: {compare: [price, title], debounce: {title: 3s}, fingerprint: [title],"
                        + " expire_after: 30m}",
                "normalize: {price: {as: money, on_failure: \"null\"}, in_stock: availability,"
                        + " offer.per: {as: unit_price, unit: offer.unit, currency: offer.in}}\n"
                        + "changes: {compare: [price, in_stock, offer.per, offer.unit, offer.in], first_seen: seed}",
                "contract: [strict.schema.json, wide.schema.json]\n" + MONEY
                        + "changes: {compare: [price, currency], gone_after: 10m}",
                "normalize: {sku: text}\nchanges: {compare: [price]}",
                MONEY + "changes: {ignore: [at, n]}",
            })
    void tellsRemembersAndCountsWhatThePlainWayDoes(String rest) throws IOException {
        for (String tie : new String[] {"", ", tie_break: n"}) {
            Feed feed = feed("feed: shop\nkey: sku\ntime: {field: at, format: epoch_ms%s}\n%s\n".formatted(tie, rest));
            run(feed, rest);
        }
    }

    private void run(Feed feed, String what) throws IOException {
        RandomGenerator random = new SplittableRandom(SEED);
        RandomShop shop = new RandomShop(random, 12);
        Way plain = new Way(feed, false);
        Way quick = new Way(feed, true);
        for (int i = 0; i < SCRAPES; i++) {
            byte[] scrape = shop.next();
            long broker = shop.clock() / 1_000 + 50;
            Position position = new Position("shop.raw", random.nextInt(4), i);
            Ruling ruling = ruling(random);
            byte[] said = ruling == Ruling.RESET ? reset(random) : scrape;
            String expected = plain.take(said, broker, position, ruling, false);
            assertThat(quick.take(said, broker, position, ruling, random.nextBoolean()))
                    .as("seed %d, scrape %d, %s: %s", SEED, i, what, new String(scrape, StandardCharsets.UTF_8))
                    .isEqualTo(expected);
            if (random.nextInt(100) == 0 && !plain.keys().isEmpty()) {
                String key = plain.keys().get(random.nextInt(plain.keys().size()));
                assertThat(quick.leave(key, shop.clock(), position))
                        .isEqualTo(plain.leave(key, shop.clock(), position));
            }
            if (random.nextInt(2_000) == 0) {
                quick.restore();
            }
        }
        assertThat(quick.state()).isEqualTo(plain.state());
        boolean hasNoQuickWay = what.contains("sku: text") || what.contains("ignore");
        assertThat(quick.repeats() > SCRAPES / 20).isEqualTo(!hasNoQuickWay);
    }

    private static Ruling ruling(RandomGenerator random) {
        return switch (random.nextInt(120)) {
            case 0 -> Ruling.RELEASE;
            case 1 -> Ruling.REJECT;
            case 2 -> Ruling.RESET;
            default -> Ruling.NONE;
        };
    }

    private static byte[] reset(RandomGenerator random) {
        return "{\"key\":[\"%d\"]}".formatted(random.nextInt(12)).getBytes(StandardCharsets.UTF_8);
    }

    private Feed feed(String yaml) throws IOException {
        Files.writeString(
                directory.resolve("strict.schema.json"),
                "{\"required\":[\"currency\"],\"properties\":{\"currency\":{\"pattern\":\"^[A-Z]{3}$\"}}}");
        Files.writeString(directory.resolve("wide.schema.json"), "{\"required\":[\"price\"]}");
        FeedFile.Outcome outcome = FeedFile.read(Files.writeString(directory.resolve("feed.yaml"), yaml), name -> null);
        assertThat(outcome).as(yaml).isInstanceOf(FeedFile.Valid.class);
        return ((FeedFile.Valid) outcome).feed();
    }
}
