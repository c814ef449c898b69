package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.github.luben.zstd.Zstd;
import io.leat.app.embedded.DataDirectory;
import io.leat.testkit.PlainJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Bad input gets a clear error: what is wrong, where, what to do, and an exit code; nothing is lost. */
class BadInputIT {

    /** One sentence with its code, and beneath it what to do. */
    private static final Pattern SENTENCE = Pattern.compile("LEAT-4\\d\\d  .+\\.\\R          .+\\R");

    private static final Pattern PROBLEM = Pattern.compile("(.+):(\\d+):(\\d+)  (LEAT-1\\d\\d)  .+");
    private static final int LINES = 20_000;

    @TempDir
    private Path dir;

    private Path data;
    private String feed;

    @BeforeEach
    void aGoodFeed() throws IOException {
        data = dir.resolve("data");
        write("any.schema.json", "{\"type\": \"object\"}");
        feed = write(
                "feed.yaml",
                """
                feed: good
                contract: any.schema.json
                key: sku
                time: at
                changes: {compare: [price]}
                """);
    }

    @Test
    void allProblemsOfAFeedFileAreToldAtOnceAndNothingIsStarted() throws IOException {
        String bad = write(
                "bad.yaml",
                """
                feed: Not A Name
                contract: absent.schema.json
                kye: [sku]
                time: {field: at, max_skew: 10 minutes}
                source: {topic: "${LEAT_NOT_SET}"}
                changes: {compare: [price]}
                """);
        Product.Ended ended = Product.run(dir, "bad", "run", bad, "--data", data.toString());
        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        List<String> lines = ended.err().lines().toList();
        List<String> problems = lines.subList(0, lines.size() - 1);
        assertThat(problems)
                .allSatisfy(line -> assertThat(line).matches(PROBLEM).startsWith(bad + ":"));
        assertThat(lines.get(lines.size() - 1)).isEqualTo(problems.size() + " problems. Nothing was started.");
        assertThat(lines(problems)).containsExactly("1", "1", "2", "3", "4", "5");
        assertThat(ended.err()).contains("kye", "Did you mean 'key'?", "absent.schema.json", "LEAT_NOT_SET");
        assertThat(data).doesNotExist();

        JsonNode report = PlainJson.parse(
                Product.within("run", bad, "--data", data.toString(), "--json").lastLine());
        assertThat(report.required("valid").booleanValue()).isFalse();
        assertThat(report.required("problems")).hasSize(problems.size()).allSatisfy(problem -> {
            assertThat(problem.required("line").intValue()).isPositive();
            assertThat(problem.required("column").intValue()).isPositive();
            assertThat(problem.required("code").stringValue()).startsWith("LEAT-1");
            assertThat(problem.required("message").stringValue()).isNotEmpty();
        });
        assertThat(Product.within("check", bad).exit()).isEqualTo(2);
        assertThat(data).doesNotExist();
    }

    private static List<String> lines(List<String> problems) {
        return problems.stream()
                .map(PROBLEM::matcher)
                .filter(Matcher::matches)
                .map(problem -> problem.group(2))
                .toList();
    }

    @Test
    void aPortInUse() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            String port = Integer.toString(other.getLocalPort());
            fails(3, "LEAT-404", port, "run", feed, "--data", data.toString(), "--port", port);
        }
    }

    @Test
    void aDirectoryHeldByAnotherRun() {
        try (DataDirectory held = DataDirectory.take(data)) {
            String pid = Long.toString(ProcessHandle.current().pid());
            fails(3, "LEAT-402", pid, "run", feed, "--data", held.path().toString(), "--port", "0");
        }
    }

    @Test
    void aBrokerThatDoesNotAnswer() {
        long begun = System.nanoTime();
        failsAlone(3, "LEAT-401", "127.0.0.1:1", "run", feed, "--data", data.toString(), "--kafka", "127.0.0.1:1");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMinutes(1));
        failsWithin(3, "LEAT-401", "127.0.0.1:1", "changes", feed, "--kafka", "127.0.0.1:1");
    }

    @Test
    void nothingThereToRead() {
        failsWithin(3, "LEAT-410", "absent.jsonl", "run", feed, "--data", data.toString(), "--from", "absent.jsonl");
        failsWithin(3, "LEAT-410", "absent.jsonl", "run", feed, "--dry-run", "absent.jsonl");
        failsWithin(3, "LEAT-409", data.toString(), "changes", feed, "--data", data.toString());
        assertThat(data).doesNotExist();
    }

    @Test
    void aCommandLineThatIsWrong() {
        failsWithin(2, "LEAT-400", "--prot", "run", feed, "--prot", "9");
        failsWithin(2, "LEAT-400", "yesterday", "changes", feed, "--from", "yesterday", "--kafka", "127.0.0.1:1");
        failsWithin(2, "LEAT-400", "everything", "run", feed, "--data", data.toString(), "--accept", "everything");
        assertThat(data).doesNotExist();
    }

    @Test
    void aDirectoryThatIsNone() throws IOException {
        Path file = Files.createFile(dir.resolve("a-file"));
        failsWithin(3, "LEAT-403", file.toString(), "run", feed, "--data", file.toString(), "--port", "0");
    }

    @Test
    void aDirectoryThatCannotBeWritten() {
        boolean isRoot = "root".equals(System.getProperty("user.name"));
        if (isRoot) {
            System.out.println("SKIPPED a directory that cannot be written: root may write everywhere");
        }
        assumeFalse(isRoot);
        assertThat(dir.toFile().setWritable(false)).isTrue();
        try {
            failsWithin(3, "LEAT-403", data.toString(), "run", feed, "--data", data.toString(), "--port", "0");
        } finally {
            assertThat(dir.toFile().setWritable(true)).isTrue();
        }
    }

    /** What is readable is fed and told; once the file is repaired the same command feeds the rest, and no line twice. */
    @ParameterizedTest
    @ValueSource(strings = {"gz", "zst"})
    void aDamagedFile(String packing) throws IOException {
        byte[] plain = IntStream.range(0, LINES)
                .mapToObj(n -> n % 1_000 == 7 ? "no JSON" : scrape(n))
                .collect(Collectors.joining("\n", "", "\n"))
                .getBytes(StandardCharsets.UTF_8);
        byte[] whole = packing.equals("gz") ? gzip(plain) : Zstd.compress(plain);
        Path file = dir.resolve("scrapes.jsonl." + packing);
        Files.write(file, Arrays.copyOf(whole, whole.length * 3 / 4));

        String[] command = {
            "run", feed, "--from", file.toString(), "--until-end", "--data", data.toString(), "--port", "0", "--json"
        };
        Product.Ended ended = Product.within(command);
        assertThat(ended.exit()).as(ended.toString()).isEqualTo(1);
        List<String> results = ended.out().lines().toList();
        Told told = Told.json(results.get(0));
        assertThat(told.in()).isPositive().isLessThan(LINES);
        assertThat(told.dead()).isPositive();
        JsonNode error = PlainJson.parse(ended.lastLine()).required("error");
        assertThat(error.required("code").stringValue()).isEqualTo("LEAT-411");
        assertThat(error.required("exit").intValue()).isEqualTo(1);
        assertThat(error.required("message").stringValue()).contains(file.toString(), "after line " + told.in());
        assertThat(error.required("hint").stringValue()).isNotEmpty();
        assertThat(Told.sentence(Product.within("run", feed, "--dry-run", file.toString())
                        .err()))
                .isEqualTo(told);

        Files.write(file, whole);
        Product.Ended repaired = Product.within(command);
        assertThat(repaired.exit()).as(repaired.toString()).isZero();
        told = Told.json(repaired.lastLine());
        assertThat(told.in()).isEqualTo(LINES);
        assertThat(told.dead()).isEqualTo(LINES / 1_000);
        assertThat(told.stale()).isZero();
    }

    private static String scrape(int n) {
        return "{\"sku\":%d,\"price\":%d,\"at\":\"2025-01-01T%02d:%02d:%02dZ\"}"
                .formatted(n % 500, n * 7919 % 1_000, n / 3_600, n / 60 % 60, n % 60);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }

    /** As a process, for people, where the whole of what it prints is seen; then within this one, for programs. */
    private void fails(int exit, String code, String named, String... args) {
        failsAlone(exit, code, named, args);
        failsWithin(exit, code, named, args);
    }

    private void failsAlone(int exit, String code, String named, String... args) {
        Product.Ended ended = Product.run(dir, code, args);
        assertThat(ended.exit()).as(ended.toString()).isEqualTo(exit);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).matches(SENTENCE).startsWith(code + "  ").contains(named);
    }

    private static void failsWithin(int exit, String code, String named, String... args) {
        String[] more = Arrays.copyOf(args, args.length + 1);
        more[args.length] = "--json";
        Product.Ended ended = Product.within(more);
        assertThat(ended.exit()).as(ended.toString()).isEqualTo(exit);
        assertThat(ended.err()).isEmpty();
        JsonNode error = PlainJson.parse(ended.lastLine()).required("error");
        assertThat(error.required("code").stringValue()).isEqualTo(code);
        assertThat(error.required("exit").intValue()).isEqualTo(exit);
        assertThat(error.required("message").stringValue()).contains(named);
        assertThat(error.required("hint").stringValue()).isNotEmpty();
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(dir.resolve(name), text).toString();
    }
}
