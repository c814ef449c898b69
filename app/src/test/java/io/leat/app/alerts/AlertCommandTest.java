package io.leat.app.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.testkit.PlainJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AlertCommandTest {

    private static final JsonNode ALERT = PlainJson.parse(
            "{\"alert\":\"silence\",\"state\":\"started\",\"id\":\"silence/1\",\"feed\":\"f\",\"site\":\"$(touch"
                    + " hacked); 'a b' *\"}");

    @TempDir
    private Path dir;

    private String script(String body) throws Exception {
        Path script = Files.writeString(dir.resolve("run.sh"), "#!/bin/sh\ncd '" + dir + "'\n" + body);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script.toString();
    }

    @Test
    void whatAnAlertSaysIsOneArgumentAndNothingElse() throws Exception {
        assumeTrue(Files.exists(Path.of("/bin/sh")));
        new AlertCommand(List.of(script("printf '%s|' \"$@\" > args; env > env; cat > in"), "{site}", "--of={feed}"))
                .tell(ALERT);
        assertThat(dir.resolve("args")).hasContent("$(touch hacked); 'a b' *|--of=f|");
        assertThat(dir.resolve("in")).isEmptyFile();
        assertThat(dir.resolve("hacked")).doesNotExist();
        assertThat(Files.readAllLines(dir.resolve("env")))
                .allMatch(line -> line.matches("(PATH|HOME|LANG|LC_ALL|TZ|PWD|OLDPWD|SHLVL|_)=.*"));
    }

    @Test
    void oneThatTakesTooLongIsKilledWithItsChildren() throws Exception {
        assumeTrue(Files.exists(Path.of("/bin/sh")));
        new AlertCommand(List.of(script("sleep 300 & echo $! > child; wait")), Duration.ofSeconds(1)).tell(ALERT);
        long child = Long.parseLong(Files.readString(dir.resolve("child")).strip());
        org.awaitility.Awaitility.await()
                .until(() ->
                        ProcessHandle.of(child).map(each -> !each.isAlive()).orElse(true));
    }

    @Test
    void whatWouldBeReadAsAnOptionIsNotRun() {
        AlertCommand command = new AlertCommand(List.of("rotate", "{site}", "x{what}"));
        JsonNode option = PlainJson.parse("{\"site\":\"--delete\",\"what\":\"b\"}");
        assertThat(command.command(option)).isNull();
        assertThat(command.command(PlainJson.parse("{\"site\":\"a\"}")))
                .as("it says not what")
                .isNull();
        assertThat(command.command(PlainJson.parse("{\"site\":\"a\",\"what\":\"-b\"}")))
                .containsExactly("rotate", "a", "x-b");
        assertThat(new AlertCommand(List.of("rotate", "--site={site}")).command(option))
                .containsExactly("rotate", "--site=--delete");
    }

    @Test
    void onlyTheBeginningRunsItAndOneThatIsNotThereEndsNothing() throws Exception {
        new AlertCommand(List.of(dir.resolve("nowhere").toString())).tell(ALERT);
        assumeTrue(Files.exists(Path.of("/bin/sh")));
        String script = script("touch ran; exit 3");
        new AlertCommand(List.of(script)).tell(PlainJson.parse("{\"alert\":\"silence\",\"state\":\"over\"}"));
        assertThat(dir.resolve("ran")).doesNotExist();
        new AlertCommand(List.of(script)).tell(ALERT);
        assertThat(dir.resolve("ran")).exists();
    }
}
