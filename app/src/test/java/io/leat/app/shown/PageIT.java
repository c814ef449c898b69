package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.FreePort;
import io.leat.app.process.QuickStart;
import io.leat.gateway.access.ApiKey;
import io.leat.gateway.access.KeyBook;
import io.leat.gateway.access.KeyEntry;
import io.leat.gateway.access.Scope;
import io.leat.gateway.log.KafkaSettings;
import io.leat.testkit.OsProcess;
import io.leat.testkit.SharedData;
import io.leat.testkit.TopicReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in a real Chromium, driven by {@code src/test/js/page.mjs} against a running feed: each view, what is clicked
 * is seen in the topics, and what the page does when everything behind it is killed. Leaves its screenshots in
 * {@code target/page}.
 */
@Timeout(600)
class PageIT {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Pattern SERVES = Pattern.compile("serving http");
    private static final String FEED =
            """
            feed: shop-prices
            contract: price.schema.json
            key: [shop, sku]
            time: extracted_at
            changes:
              compare: [price, title]
              hold: {price: {ratio: [0.005, 200]}}
            watch: {by: shop, expect: every 5s}
            """;
    private static final String STRICT =
            """
            {"type": "object", "required": ["shop", "sku", "price", "extracted_at"], "properties": {"price": {"type": "number"}}}
            """;

    @TempDir
    private Path dir;

    @Test
    void peopleSeeAndDecideEverythingInABrowser() throws Exception {
        assumeTrue(Foreign.has("the page in a browser", "chromium-headless-shell"));
        Path modules = Foreign.npm("playwright-core");
        Foreign.npm("axe-core");
        Files.writeString(dir.resolve("feed.yaml"), FEED);
        Files.writeString(dir.resolve("price.schema.json"), STRICT);
        int port = FreePort.find();
        OsProcess run = run("first", port);
        try (OsProcess browser = browser(modules, port)) {
            browser.awaitLine(Pattern.compile("RESTART|FAILED"), PATIENCE);
            if (!browser.said().contains("FAILED")) {
                run.kill9();
                run.awaitExit(PATIENCE);
                browser.awaitLine(Pattern.compile("STALE|FAILED"), PATIENCE);
                Files.writeString(
                        dir.resolve("price.schema.json"), STRICT.replace("\"number\"", "[\"number\", \"string\"]"));
                run = run("second", port);
                browser.awaitLine(Pattern.compile("KEYS|FAILED"), PATIENCE);
                if (!browser.said().contains("FAILED")) {
                    makeKeys(dir.resolve("browser/keys.json"));
                }
            }
            int exit = browser.awaitExit(PATIENCE);
            System.out.println(browser.said()
                    .lines()
                    .filter(line -> line.startsWith("OK"))
                    .reduce("page:", (all, line) -> all + "\n  " + line));
            assertThat(exit).as(browser.said()).isZero();
            judge();
        } finally {
            run.close();
        }
    }

    /** From here on nobody may do anything without one. */
    private void makeKeys(Path file) throws Exception {
        ApiKey read = ApiKey.draw(new SecureRandom());
        ApiKey manage = ApiKey.draw(new SecureRandom());
        Files.writeString(file, "{\"read\":\"%s\",\"manage\":\"%s\"}".formatted(read.reveal(), manage.reveal()));
        Scope.Grant reads = new Scope.Grant("shop-prices", Scope.READ);
        Scope.Grant manages = new Scope.Grant("shop-prices", Scope.MANAGE);
        try (KeyBook book = new KeyBook(new KafkaSettings(bootstrap(), Map.of()))) {
            book.write(new KeyEntry(read.id(), "reader", read.hash(), List.of(reads), 1, 0, 0));
            book.write(new KeyEntry(manage.id(), "manager", manage.hash(), List.of(reads, manages), 1, 0, 0));
        }
    }

    private void judge() throws Exception {
        List<String> told = topic("shop-prices.changes");
        assertThat(told)
                .as("released")
                .anyMatch(line -> line.contains("\"held-one\"") && line.contains("\"price\":4444"));
        assertThat(told).as("rejected").noneMatch(line -> line.contains("\"price\":5555"));
        assertThat(told).as("sent again").anyMatch(line -> line.contains("\"dead\"") && line.contains("9,99 EUR"));
        assertThat(topic("shop-prices.alerts"))
                .as("acknowledged, then quiet")
                .anyMatch(line -> line.contains("\"acknowledged\":\"silence/") && !line.contains("quiet_until"))
                .anyMatch(line -> line.contains("\"quiet_until\":\"20") && line.contains("\"site\":\"quiet\""));
        assertThat(topic("leat.audit"))
                .anyMatch(line -> line.contains("POST alerts/acknowledge") && line.contains("\"id\":\"silence/"))
                .anyMatch(line -> line.contains("POST alerts/quiet") && line.contains("\"for\":\"8h\""))
                .anyMatch(line -> line.contains("POST subscriptions/broken/replay"))
                .anyMatch(line -> line.contains("\"action\":\"POST held/") && line.contains("/release\""))
                .anyMatch(line -> line.contains("/reject\"") && line.contains("\"status\":200"))
                .anyMatch(line -> line.contains("dead-letters/redrive") && line.contains("\"really\":\"true\""))
                .anyMatch(line -> line.contains("\"action\":\"POST subscriptions/broken/pause\""))
                .allSatisfy(line -> assertThat(line).contains("\"caller\":\"127.0.0.1\"", "\"feed\":\"shop-prices\""))
                .noneMatch(line -> line.contains("/records"));
    }

    private List<String> topic(String name) throws Exception {
        List<String> lines = new ArrayList<>();
        TopicReader.committed(bootstrap()).read(name, rec -> {
            if (rec.value() != null) {
                lines.add(new String(rec.value(), StandardCharsets.UTF_8));
            }
        });
        return lines;
    }

    private String bootstrap() throws Exception {
        return Files.readAllLines(DataDirectory.endpoint(dir.resolve("data"))).get(0);
    }

    private OsProcess run(String name, int port) {
        OsProcess run = OsProcess.java(
                dir.resolve(name + ".out"),
                QuickStart.options(),
                "io.leat.app.Leat",
                List.of(
                        "run",
                        dir.resolve("feed.yaml").toString(),
                        "--port",
                        "0",
                        "--http",
                        "127.0.0.1:" + port,
                        "--data",
                        dir.resolve("data").toString(),
                        "--allow-private-webhooks"));
        run.awaitLine(SERVES, PATIENCE);
        return run;
    }

    private OsProcess browser(Path modules, int port) throws Exception {
        Path work = Files.createDirectories(dir.resolve("browser"));
        Files.createSymbolicLink(work.resolve("node_modules"), modules);
        Path script = Files.copy(Path.of("src/test/js/page.mjs"), work.resolve("page.mjs"));
        Path shots = Files.createDirectories(Path.of("target/page").toAbsolutePath());
        List<String> command = new ArrayList<>(List.of(
                "env",
                "CHROMIUM=" + Foreign.run("which", "chromium-headless-shell").strip(),
                "node",
                script.toString(),
                "http://127.0.0.1:" + port,
                shots.toString()));
        if (SharedData.isPresent("naughty strings as titles")) {
            command.add(
                    SharedData.corpus("naughty-strings").resolve("blns.json").toString());
        }
        return OsProcess.start(dir.resolve("browser.out"), command);
    }
}
