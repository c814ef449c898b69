package io.leat.format.feedfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlTest {

    @TempDir
    Path directory;

    private Written feed(String yaml) {
        return new Written(directory).feed(yaml);
    }

    @Test
    void aFileThatIsNotThereIsSaid() {
        assertThat(new Written(directory).problems())
                .containsExactly("1:1 LEAT-101 The file does not exist. Check the path and its permissions.");
    }

    @Test
    void aDirectoryIsNotAFeedFile() throws IOException {
        Files.createDirectory(directory.resolve("feed.yaml"));

        assertThat(new Written(directory).codes()).containsExactly("LEAT-101");
    }

    @Test
    void anEmptyFileIsSaid() {
        assertThat(feed("").codes()).containsExactly("LEAT-105");
        assertThat(feed("# only a comment\n").codes()).containsExactly("LEAT-105");
    }

    @Test
    void aFileWithoutKeysIsSaid() {
        assertThat(feed("hello").problems()).containsExactly("1:1 LEAT-114 Expected a block of keys, found text.");
        assertThat(feed("- a\n").problems()).containsExactly("1:1 LEAT-114 Expected a block of keys, found a list.");
    }

    @Test
    void aSyntaxErrorHasItsPlace() {
        assertThat(feed("feed: f\nkey: [a, b\ntime: at\n").problems())
                .singleElement()
                .asString()
                .startsWith("3:5 LEAT-104 This is not YAML: ");
    }

    @Test
    void bytesThatAreNotUtf8AreSaid() throws IOException {
        Files.write(directory.resolve("feed.yaml"), new byte[] {'f', (byte) 0xff, (byte) 0xfe});

        assertThat(new Written(directory).codes()).containsExactly("LEAT-104");
    }

    @Test
    void controlCharactersAreNotYaml() {
        assertThat(feed("feed: \u0007\n").codes()).containsExactly("LEAT-104");
    }

    @Test
    void aByteOrderMarkIsNoProblem() {
        assertThat(feed("\ufefffeed: f\nkey: k\ntime: at\n").valid().name()).isEqualTo("f");
    }

    @Test
    void tagsAreRefused() {
        assertThat(feed("feed: !!java.net.URL [\"http://127.0.0.1\"]\n").codes())
                .containsExactly("LEAT-106");
        assertThat(feed("feed: !x f\n").codes()).containsExactly("LEAT-106");
    }

    @Test
    void aSecondDocumentIsRefused() {
        assertThat(feed("feed: f\n---\nfeed: g\n").problems())
                .singleElement()
                .asString()
                .startsWith("2:1 LEAT-102");
    }

    @Test
    void deepNestingIsRefusedWithoutHarm() {
        assertThat(feed("feed: " + "[".repeat(51) + "]".repeat(51)).codes()).containsExactly("LEAT-102");
        assertThat(feed("feed: " + "[".repeat(100_000)).codes()).containsExactly("LEAT-102");
    }

    @Test
    void aLongFileIsRefused() {
        assertThat(feed("#" + "x".repeat(FeedFile.MOST_BYTES)).codes()).containsExactly("LEAT-102");
    }

    @Test
    void manyAliasesAreRefused() {
        assertThat(feed("feed: &a f\nkey: [" + "*a, ".repeat(21) + "]\n").codes())
                .containsExactly("LEAT-102");
    }

    @Test
    void anAliasInsideItsAnchorIsRefused() {
        assertThat(feed("key: &a [*a]\n").codes()).containsExactly("LEAT-102");
    }

    @Test
    void aFewAliasesAreFine() {
        assertThat(feed("feed: f\nkey: &k [sku]\ntime: at\nchanges: {ignore: *k}\n")
                        .valid()
                        .key())
                .hasSize(1);
    }

    @Test
    void mergeKeysAreRefused() {
        assertThat(feed("feed: f\nkey: k\ntime: at\n<<: {log: {}}\n").codes()).containsExactly("LEAT-106");
    }

    @Test
    void controlCharactersOfAKeyAreNotPrinted() {
        assertThat(feed("\"fe\\x1bed\": f\nkey: k\ntime: at\n").problems())
                .noneMatch(problem -> problem.contains("\u001b"));
    }
}
