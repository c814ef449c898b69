package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.leat.app.embedded.FreePort;
import io.leat.app.process.Cli;
import io.leat.testkit.PlainJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Whoever copies a command out of the documents gets what they say: each is run here as it is written, or listed. */
class ShownCommandsIT {

    /** What is not run here, and why. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "./leat demo", "DemoIT runs it",
            "mvn verify", "it is running");

    private static final String ADDRESS = "127.0.0.1:8080";
    private static final String RECEIVER = "https://example.com/hooks";
    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");

    @TempDir
    private Path dir;

    private final Set<String> run = new HashSet<>();
    private final Map<String, String> said = new HashMap<>();
    private String address = "";
    private String receiver = "";

    @Test
    void everyCommandThatIsShownDoesWhatItSays() throws Exception {
        assumeTrue(Foreign.has("the documents' commands", "curl", "sh"));
        HttpServer hooks = receiver();
        try {
            List<ShownCommands.Shown> shown = ShownCommands.documents().stream()
                    .flatMap(document -> ShownCommands.copied(document).stream())
                    .toList();
            List<String> readme = of(shown, "README.md");
            List<String> http = of(shown, "docs/http.md");
            List<String> trace = of(shown, "docs/trace.md");
            command(readme, "./leat init ");
            command(readme, "./leat check ");
            tried();
            try (Product.Running product = start(command(readme, "./leat run "))) {
                product.process().awaitLine(Pattern.compile("serving http"), Product.PATIENCE);
                Awaitility.await().atMost(Product.PATIENCE).until(this::isReady);
                readme.stream().filter(line -> line.startsWith("curl ")).forEach(this::curl);
                assertThat(PlainJson.parse(said.get("curl --data-binary"))
                                .get("accepted")
                                .intValue())
                        .as("every line of the file arrives as one")
                        .isEqualTo(7);
                Awaitility.await().atMost(Product.PATIENCE).untilAsserted(() -> {
                    readme.stream().filter(line -> line.startsWith("curl -N")).forEach(this::curl);
                    assertThat(said.get("curl -N")).contains("id: ", "data: {\"id\":");
                });
                trace.forEach(this::leat);
                assertThat(masked(said.get(trace.get(0))))
                        .isEqualTo(masked(ShownCommands.output(Product.ROOT.resolve("docs/trace.md"))));
                http.stream().filter(line -> line.startsWith("curl ")).forEach(this::curl);
                of(shown, "docs/monitoring.md").forEach(this::curl);
                List<String> status = of(shown, "docs/status.md");
                status.stream().filter(line -> line.startsWith("leat ")).forEach(this::leat);
                status.stream().filter(line -> line.startsWith("curl ")).forEach(this::curl);
                assertThat(labels(ShownCommands.output(Product.ROOT.resolve("docs/status.md"))))
                        .containsAll(labels(said.get(status.get(0))));
                of(shown, "docs/report.md").forEach(this::leat);
                http.stream().filter(line -> line.startsWith("leat ")).forEach(this::leat);
                product.process().interrupt();
                assertThat(product.awaitEnd().exit()).isZero();
            }
            shown.forEach(each -> assertThat(run.contains(each.command()) || ELSEWHERE.containsKey(each.command()))
                    .as("%s shows '%s', which nothing runs", each.document(), each.command())
                    .isTrue());
            assertThat(shown).extracting(ShownCommands.Shown::command).containsAll(ELSEWHERE.keySet());
        } finally {
            hooks.stop(0);
        }
    }

    @Test
    void everyCommandAndOptionThatIsMentionedIsThere() {
        CommandLine line = Cli.line();
        Set<String> unknown = new TreeSet<>();
        int found = 0;
        for (Path document : ShownCommands.documents()) {
            for (String mentioned : ShownCommands.mentioned(document)) {
                found++;
                String[] words = mentioned.split(" ");
                CommandLine command = line.getSubcommands().get(words[1].replaceAll("[^a-z]", ""));
                if (command == null) {
                    unknown.add(mentioned);
                    continue;
                }
                Set<String> options = optionsOf(command);
                OPTION.matcher(mentioned)
                        .results()
                        .map(option -> option.group())
                        .filter(option -> !options.contains(option))
                        .forEach(option -> unknown.add(mentioned + ": " + option));
            }
        }
        assertThat(found).isGreaterThan(20);
        assertThat(unknown).isEmpty();
    }

    private static Set<String> optionsOf(CommandLine command) {
        Set<String> options =
                new HashSet<>(command.getCommandSpec().optionsMap().keySet());
        command.getSubcommands().values().forEach(below -> options.addAll(optionsOf(below)));
        return options;
    }

    /** What init tells its reader to try. */
    private void tried() {
        List<String> lines = said.get("./leat init ")
                .lines()
                .filter(line -> line.contains("leat run "))
                .map(line -> line.replaceFirst("^(Try:)? +", ""))
                .toList();
        assertThat(lines).hasSize(2);
        assertThat(Product.within(words(lines.get(0))).exit()).isZero();
        List<String> toItsEnd = new ArrayList<>(List.of(words(lines.get(1))));
        toItsEnd.addAll(List.of(
                "--until-end", "--port", "0", "--data", dir.resolve("tried").toString()));
        assertThat(Product.within(toItsEnd.toArray(String[]::new)).exit()).isZero();
    }

    /** Runs the one command that begins so, unless it stays: then it is for the caller to start. */
    private String command(List<String> all, String beginning) {
        List<String> found =
                all.stream().filter(line -> line.startsWith(beginning)).toList();
        assertThat(found).as(beginning).hasSize(1);
        run.add(found.get(0));
        if (!beginning.equals("./leat run ")) {
            Product.Ended ended = Product.within(words(found.get(0)));
            assertThat(ended.exit()).as(found.get(0) + ended).isZero();
            said.put(beginning, ended.out());
        }
        return found.get(0);
    }

    private Product.Running start(String shown) {
        address = "127.0.0.1:" + FreePort.find();
        List<String> words = new ArrayList<>(List.of(words(shown)));
        words.addAll(List.of("--data", dir.resolve("data").toString()));
        words.addAll(List.of("--port", "0", "--http", address, "--allow-private-webhooks=127.0.0.0/8"));
        return Product.start(dir, "run", words.toArray(String[]::new));
    }

    private boolean isReady() throws IOException, InterruptedException {
        HttpRequest ready = HttpRequest.newBuilder(URI.create("http://" + address + "/readyz"))
                .build();
        return HttpClient.newHttpClient()
                        .send(ready, HttpResponse.BodyHandlers.discarding())
                        .statusCode()
                == 200;
    }

    /** As it is written; a stream is read for a while. */
    private void curl(String shown) {
        run.add(shown);
        boolean stays = shown.startsWith("curl -N");
        String here = placed(shown).replace(ADDRESS, address).replace(RECEIVER, receiver);
        String out = Foreign.run(
                "sh",
                "-c",
                "cd " + dir + " && export LEAT_KEY=none && "
                        + here.replaceFirst("curl", stays ? "curl -s --max-time 2" : "curl -s --max-time 60 -f"));
        said.put(shown.substring(0, shown.indexOf(' ', 5)), out);
        assertThat(out).as(shown).isNotBlank().doesNotContain("\"status\":4", "\"status\":5");
    }

    private void leat(String shown) {
        run.add(shown);
        List<String> words = new ArrayList<>(List.of(words(shown.replace(" ID", " " + said.get("id")))));
        words.addAll(1, List.of("--data", dir.resolve("data").toString()));
        Product.Ended ended = Product.within(words.toArray(String[]::new));
        assertThat(ended.exit()).as(shown + ended).isZero();
        said.put(shown, ended.out());
        Matcher key = Pattern.compile("leat_([0-9A-Za-z]{8})_").matcher(ended.out());
        if (key.find()) {
            said.put("id", key.group(1));
        }
    }

    /** What is another each time stands for itself: moments of the broker, ids, places in the log. */
    private static String masked(String trace) {
        return trace.strip()
                .replaceAll("(appended|from) \\S+", "$1 then")
                .replaceAll("change +.*", "change")
                .replaceAll("letter +.*", "letter");
    }

    /** What a status names: figures and headings, not their values. */
    private static List<String> labels(String status) {
        return Pattern.compile(
                        "events in|events out|watermark lag|unread|suppressed|busy|refused {9}|backpressure|p99 to the log"
                                + "|p99 of age|last checkpoint|heap cleared|sites|sinks|alerts|none open|job runs elsewhere")
                .matcher(status)
                .results()
                .map(label -> label.group())
                .toList();
    }

    private String[] words(String shown) {
        return placed(shown).replaceFirst("^(\\./)?leat ", "").replace("'", "").split(" ");
    }

    /** The documents speak of a folder where one stands; here it is in the test's. */
    private String placed(String shown) {
        return shown.replaceAll(
                "(?<= |@)prices(?=/| |$)",
                Matcher.quoteReplacement(dir.resolve("prices").toString()));
    }

    private HttpServer receiver() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        receiver = "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks";
        return server;
    }

    private static List<String> of(List<ShownCommands.Shown> shown, String document) {
        return shown.stream()
                .filter(each -> each.document().equals(document))
                .map(ShownCommands.Shown::command)
                .toList();
    }
}
