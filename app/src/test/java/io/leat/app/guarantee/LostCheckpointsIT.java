package io.leat.app.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.testkit.CheckResult;
import io.leat.testkit.RandomSeed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With no checkpoint left, what is known is rebuilt from the change log alone, and nothing is published again. */
class LostCheckpointsIT {

    @TempDir
    private Path dir;

    @Test
    void losingEveryCheckpointRepublishesNothing() throws Exception {
        RandomSeed seed = RandomSeed.of("lost-checkpoints");
        CrashRig rig = CrashRig.make(dir, seed, 120_000, 6_000, 2);

        int kills = KillNineIT.killRepeatedly(rig, seed.random(), 1);
        deleteCheckpoints(rig);
        rig.runToTheEnd();
        CheckResult first = rig.judge();
        deleteCheckpoints(rig);
        rig.runToTheEnd();
        CheckResult again = rig.judge();

        System.out.println("R4 lost-checkpoints kills=" + kills + " " + again + " republished="
                + (again.changes() - first.changes()) + " " + seed);
        assertThat(first.isClean()).as(first.report()).isTrue();
        assertThat(again.isClean()).as(again.report()).isTrue();
        assertThat(again.changes()).isEqualTo(first.changes());
    }

    private static void deleteCheckpoints(CrashRig rig) throws IOException {
        Path checkpoints = rig.data.resolve("checkpoints");
        assertThat(checkpoints).isDirectory();
        try (Stream<Path> files = Files.walk(checkpoints)) {
            files.sorted(Comparator.reverseOrder()).forEach(LostCheckpointsIT::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
