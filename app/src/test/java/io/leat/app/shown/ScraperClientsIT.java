package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.leat.gateway.http.Limits;
import io.leat.testkit.OsProcess;
import io.leat.testkit.TopicReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clients of docs/http.md, each with the real thing, crawling a small shop on loopback. */
class ScraperClientsIT {

    private static final int PAGES = 3;
    private static final int PER_PAGE = 60;
    private static final Path CLIENTS = Product.ROOT.resolve("examples/clients");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private static Path dir;

    private static HttpRig rig;
    private static HttpServer shop;
    /** Each crawl finds a shop of its own. */
    private static volatile int crawl;

    @BeforeAll
    static void start() throws IOException {
        rig = new HttpRig(dir.resolve("data"), Limits.DEFAULT);
        shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        shop.createContext("/", exchange -> {
            int page = Integer.parseInt("0" + exchange.getRequestURI().getPath().replaceAll("\\D", ""));
            byte[] body = page(page).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        shop.start();
    }

    @AfterAll
    static void stop() {
        if (shop != null) {
            shop.stop(0);
        }
        if (rig != null) {
            rig.close();
        }
    }

    @BeforeEach
    void another() {
        crawl++;
    }

    @Test
    void scrapyPipeline() throws IOException {
        assumeTrue(Foreign.has("the Scrapy pipeline", "scrapy"));
        Path work = Files.createDirectories(dir.resolve("scrapy"));
        Files.copy(CLIENTS.resolve("leat_pipeline.py"), work.resolve("leat_pipeline.py"));
        run(
                "scrapy",
                "sh",
                "-c",
                "cd '%s' && PYTHONPATH=. exec scrapy runspider '%s' -a shop=%s -s LEAT_URL=%s -s ITEM_PIPELINES='%s'"
                        .formatted(
                                work,
                                CLIENTS.resolve("shop_spider.py"),
                                shopUrl(),
                                rig.uri("/v1/feeds/" + HttpRig.NAME + "/records"),
                                "{\"leat_pipeline.LeatPipeline\": 900}"));
        mustHaveTheWholeShop();
    }

    @Test
    void crawlee() throws IOException {
        Path modules = Foreign.npm("@crawlee/cheerio");
        Path work = Files.createDirectories(dir.resolve("crawlee"));
        Files.createSymbolicLink(work.resolve("node_modules"), modules);
        Files.copy(CLIENTS.resolve("leat.mjs"), work.resolve("leat.mjs"));
        Files.copy(CLIENTS.resolve("crawl.mjs"), work.resolve("crawl.mjs"));
        run(
                "crawlee",
                "node",
                work.resolve("crawl.mjs").toString(),
                shopUrl(),
                rig.uri("/v1/feeds/" + HttpRig.NAME + "/records").toString());
        mustHaveTheWholeShop();
    }

    @Test
    void curl() {
        assumeTrue(Foreign.has("curl", "curl"));
        String answer = Foreign.run(
                "curl",
                "-sS",
                rig.uri("/v1/feeds/" + HttpRig.NAME + "/records").toString(),
                "-H",
                "Content-Type: application/json",
                "--data",
                "{\"shop\":\"loopback\",\"sku\":\"curl\",\"price\":9.5,\"at\":1}");
        assertThat(answer).contains("\"accepted\":1");
        assertThat(raw()).anyMatch(rec -> rec.contains("\"sku\":\"curl\""));
    }

    private static void run(String name, String... command) {
        try (OsProcess process = OsProcess.start(dir.resolve(name + ".out"), List.of(command))) {
            assertThat(process.awaitExit(PATIENCE)).as(process.said()).isZero();
        }
    }

    private void mustHaveTheWholeShop() {
        List<String> found = new ArrayList<>();
        Pattern sku = Pattern.compile("\"sku\": ?\"(c%d-[^\"]+)\"".formatted(crawl));
        raw().forEach(rec -> sku.matcher(rec).results().forEach(match -> found.add(match.group(1))));
        assertThat(found).hasSize(PAGES * PER_PAGE).doesNotHaveDuplicates();
    }

    private static List<String> raw() {
        List<String> records = new ArrayList<>();
        TopicReader.committed(rig.bootstrap())
                .read(HttpRig.NAME + ".raw", rec -> records.add(new String(rec.value(), StandardCharsets.UTF_8)));
        return records;
    }

    private static String shopUrl() {
        return "http://127.0.0.1:" + shop.getAddress().getPort() + "/";
    }

    private static String page(int page) {
        StringBuilder html = new StringBuilder("<ul>");
        for (int i = 0; i < PER_PAGE; i++) {
            html.append("<li class=item data-sku=c%d-p%d-%d data-at=1700000000000><b>%d.50</b></li>"
                    .formatted(crawl, page, i, i));
        }
        html.append("</ul>");
        if (page + 1 < PAGES) {
            html.append("<a class=next href=/page%d>next</a>".formatted(page + 1));
        }
        return html.toString();
    }
}
