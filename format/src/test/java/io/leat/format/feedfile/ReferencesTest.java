package io.leat.format.feedfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ReferencesTest {

    private static final String CANARY = "canary-7f3a";

    @TempDir
    Path directory;

    private Written topic(String value) {
        return new Written(directory).feed("feed: f\nkey: k\ntime: at\nsource: {topic: \"" + value + "\"}\n");
    }

    @Test
    void variablesDefaultsAndFilesAreFilledIn() {
        assertThat(topic("a-${A}-${B:none}-${C:}-${file:name.txt}.${A}")
                        .variable("A", "x")
                        .file("name.txt", "  y\n")
                        .valid()
                        .source()
                        .topic())
                .isEqualTo("a-x-none--y.x");
    }

    @Test
    void quotesAreNotNeeded() {
        assertThat(new Written(directory)
                        .variable("A", "name")
                        .feed("feed: ${A}\nkey: ${A:x}\ntime: at\nlog: {partitions: 3}\n")
                        .valid()
                        .name())
                .isEqualTo("name");
    }

    @Test
    void aVariableThatIsSetWinsOverItsDefault() {
        assertThat(topic("${A:default}").variable("A", "set").valid().source().topic())
                .isEqualTo("set");
    }

    @Test
    void doubledBracesAreALiteralReference() {
        assertThat(new Written(directory)
                        .feed("feed: f\nkey: 'record.${{A}}'\ntime: at\n")
                        .valid()
                        .key()
                        .get(0)
                        .toString())
                .contains("record.${A}");
    }

    @Test
    void whatIsFilledInIsNotReadAgain() {
        assertThat(new Written(directory)
                        .variable("A", "${B}")
                        .feed("feed: f\nkey: '${A}'\ntime: at\n")
                        .valid()
                        .key()
                        .get(0)
                        .toString())
                .contains("${B}");
    }

    @Test
    void numbersAndDurationsMayBeReferences() {
        var log = new Written(directory)
                .variable("N", "7")
                .feed("feed: f\nkey: k\ntime: at\nlog: {partitions: '${N}', commit_every: '${EVERY:9ms}'}\n")
                .valid()
                .log();

        assertThat(log.partitions()).isEqualTo(7);
        assertThat(log.commitEvery()).hasMillis(9);
    }

    @Test
    void anUnsetVariableIsAProblemAtItsPlace() {
        assertThat(topic("${NOPE}-${NEITHER}").problems())
                .containsExactly(
                        "4:17 LEAT-121 The variable 'NEITHER' is not set. Set it, or give a default: ${NEITHER:default}.",
                        "4:17 LEAT-121 The variable 'NOPE' is not set. Set it, or give a default: ${NOPE:default}.");
    }

    @Test
    void whatIsNoReferenceIsAProblem() {
        assertThat(topic("${A").codes()).containsExactly("LEAT-120");
        assertThat(topic("${}").codes()).containsExactly("LEAT-120");
        assertThat(topic("${a b}").codes()).containsExactly("LEAT-120");
        assertThat(topic("${{A}").codes()).containsExactly("LEAT-120");
        assertThat(topic("${env:A}").problems())
                .containsExactly("4:17 LEAT-120 A reference to a variable has no 'env:' before its name. Write ${A}.");
    }

    @Test
    void aFileThatCannotBeReadIsAProblem() {
        assertThat(topic("${file:gone.txt}").codes()).containsExactly("LEAT-122");
        assertThat(topic("${file:/}").codes()).containsExactly("LEAT-122");
        assertThat(topic("${file:big.txt}").file("big.txt", "x".repeat(65_537)).codes())
                .containsExactly("LEAT-122");
    }

    /** Opening a pipe that nobody writes to never returns; a device never ends. */
    @Test
    @Timeout(30)
    void aPipeOrADeviceIsNoFileToReadASecretFrom() throws Exception {
        Path pipe = directory.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "mkfifo");
        assertThat(topic("${file:pipe}").problems())
                .containsExactly(
                        "4:17 LEAT-122 The file 'pipe' is no regular file. Check the path and its permissions.");
        assertThat(topic("${file:/dev/zero}").problems())
                .containsExactly(
                        "4:17 LEAT-122 The file '/dev/zero' is no regular file. Check the path and its permissions.");
    }

    @Test
    void aLinkToAFileIsFollowed() throws IOException {
        Files.writeString(directory.resolve("secret"), "raw\n");
        Files.createSymbolicLink(directory.resolve("link"), directory.resolve("secret"));
        assertThat(topic("${file:link}").valid().source().topic()).isEqualTo("raw");
    }

    @Test
    void noProblemShowsWhatAReferenceStandsFor() {
        Written written = new Written(directory)
                .variable("SECRET", CANARY + " \\")
                .file("secret.txt", CANARY + " \\")
                .feed(
                        """
                feed: ${SECRET}
                source:
                  topic: ${file:secret.txt}
                  partitions: ${SECRET}
                  properties: {sasl.jaas.config: "${SECRET}", "security.protocol": "${SECRET}"}
                contract: ["${SECRET}", "${file:secret.txt}"]
                key: ["${SECRET}", {rest_of: "${SECRET}", except: ["${SECRET}", "${SECRET}"]}]
                time: {field: "${SECRET}", format: "${SECRET}", tie_break: "${SECRET}", max_skew: "${SECRET}"}
                changes: {compare: ["${SECRET}", "${SECRET}"]}
                log: {partitions: "${SECRET}", commit_every: "${SECRET}", commit_records: "${SECRET}"}
                """);

        assertThat(written.problems()).hasSizeGreaterThan(12).noneMatch(problem -> problem.contains("canary"));
        assertThat(written.outcome().toString()).doesNotContain("canary");
    }

    @Test
    void aTextHidesWhatWasFilledInFromLogs() {
        assertThat(new Text(null, CANARY, true).toString()).doesNotContain(CANARY);
    }
}
