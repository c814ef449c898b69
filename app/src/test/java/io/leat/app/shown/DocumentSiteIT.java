package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.testkit.OsProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documents as a site: it builds, every page is in it, and reading it asks no other host. */
class DocumentSiteIT {

    private static final Path DOCS = Product.ROOT.resolve("docs");
    private static final Pattern ASSET =
            Pattern.compile("<(?:script|img|iframe|source|link)\\b[^>]*?(?:src|href)=\"((?:https?:)?//[^\"]+)\"");
    private static final Pattern STYLE = Pattern.compile("(?:url\\(|@import )[\"']?((?:https?:)?//[^\"')]+)");

    @TempDir
    private Path dir;

    @Test
    void buildsAndAsksNobodyElse() throws IOException {
        Path generator = DOCS.resolve("node_modules/vitepress/bin/vitepress.js");
        boolean isThere = Foreign.has("the documents' site", "node") && Files.exists(generator);
        if (!isThere) {
            System.out.println("SKIPPED the documents' site: run 'npm ci' in docs");
        }
        assumeTrue(isThere);
        Path site = dir.resolve("site");
        try (OsProcess build = OsProcess.start(
                dir.resolve("build.out"),
                List.of("node", generator.toString(), "build", DOCS.toString(), "--outDir", site.toString()))) {
            assertThat(build.awaitExit(Duration.ofMinutes(5))).as(build.said()).isZero();
        }
        try (Stream<Path> documents = Files.walk(DOCS)) {
            assertThat(documents
                            .map(DOCS::relativize)
                            .filter(each -> each.toString().endsWith(".md") && !each.startsWith("node_modules"))
                            .map(each -> each.toString().replaceAll("md$", "html")))
                    .hasSizeGreaterThan(40)
                    .allMatch(page -> Files.exists(site.resolve(page)));
        }
        Set<String> asked = new TreeSet<>();
        try (Stream<Path> files = Files.walk(site)) {
            files.forEach(file -> {
                if (file.toString().endsWith(".html")) {
                    found(ASSET, file, asked);
                } else if (file.toString().endsWith(".css")) {
                    found(STYLE, file, asked);
                }
            });
        }
        assertThat(asked).isEmpty();
        assertThat(Files.readString(site.resolve("tutorials/first-feed.html"))).contains("class=\"VPSidebar");
        try (Stream<Path> scripts = Files.walk(site)) {
            assertThat(scripts.map(script -> String.valueOf(script.getFileName())))
                    .as("search is part of the site")
                    .anyMatch(name -> name.contains("localSearchIndex"));
        }
    }

    private static void found(Pattern pattern, Path file, Set<String> into) {
        try {
            pattern.matcher(Files.readString(file)).results().forEach(each -> into.add(each.group(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
