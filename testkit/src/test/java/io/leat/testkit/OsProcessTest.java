package io.leat.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OsProcessTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Pattern TICK = Pattern.compile("tick (\\d+)");

    /** Ticks until Ctrl-C. */
    static final class Ticker {
        public static void main(String[] args) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("bye " + args[0])));
            for (int i = 0; true; i++) {
                System.out.println("tick " + i);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
        }
    }

    @TempDir
    Path folder;

    @Test
    void itEndsOnCtrlC() {
        try (OsProcess ticker = ticker()) {
            assertThat(ticker.awaitLine(TICK, SOON).group(1)).isEqualTo("0");
            ticker.interrupt();
            assertThat(ticker.awaitExit(SOON)).isEqualTo(130);
            assertThat(ticker.said()).contains("bye now\n");
        }
    }

    @Test
    void kill9LeavesNoTimeForGoodbyes() {
        try (OsProcess ticker = ticker()) {
            ticker.awaitLine(TICK, SOON);
            ticker.kill9();
            assertThat(ticker.isAlive()).isFalse();
            assertThat(ticker.awaitExit(SOON)).isEqualTo(137);
            assertThat(ticker.said()).doesNotContain("bye");
        }
    }

    @RepeatedTest(5)
    void aStoppedProcessStandsStillUntilItIsContinued() throws Exception {
        try (OsProcess ticker = ticker()) {
            ticker.awaitLine(TICK, SOON);
            ticker.stop();
            String state = Files.readString(Path.of("/proc/" + ticker.pid() + "/stat"));
            assertThat(state.substring(state.lastIndexOf(')') + 2)).startsWith("T");
            long ticks = ticker.said().lines().count();
            ticker.cont();
            ticker.awaitLine(Pattern.compile("tick " + (ticks + 5) + "\n"), SOON);
        }
    }

    @Test
    void closeKillsAStoppedProcessToo() {
        OsProcess ticker = ticker();
        ticker.awaitLine(TICK, SOON);
        ticker.stop();
        ticker.close();
        assertThat(ticker.isAlive()).isFalse();
        assertThatThrownBy(ticker::cont).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aLineThatNeverComesIsAnErrorThatShowsTheOutput() {
        try (OsProcess echo = OsProcess.start(folder.resolve("out"), List.of("echo", "hello"))) {
            assertThatThrownBy(() -> echo.awaitLine(Pattern.compile("bye"), SOON))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("hello");
        }
    }

    private OsProcess ticker() {
        return OsProcess.java(folder.resolve("out"), List.of("-Xmx32m"), Ticker.class.getName(), List.of("now"));
    }
}
