package io.leat.app.cli;

import io.leat.app.exit.Exit;
import io.leat.core.Feed;
import io.leat.format.feedfile.FeedFile;
import io.leat.format.feedfile.Reach;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the feed file a command was given. */
final class FeedArgument {

    private FeedArgument() {}

    /** The feed; {@code null} if the file is wrong, which has then been said. */
    static @Nullable Feed read(Path file, Surroundings around, Speech speech) {
        FeedFile.Valid whole = readWhole(file, around, speech);
        return whole == null ? null : whole.feed();
    }

    /** All that the file declares; {@code null} if it is wrong, which has then been said. */
    static FeedFile.@Nullable Valid readWhole(Path file, Surroundings around, Speech speech) {
        return readWhole(file, around, speech, Reach.UNKNOWN);
    }

    /** The same for a command that delivers. */
    static FeedFile.@Nullable Valid readWhole(Path file, Surroundings around, Speech speech, Reach reach) {
        FeedFile.Outcome outcome = FeedFile.read(file, around.env(), reach);
        if (outcome instanceof FeedFile.Invalid invalid) {
            speech.problems(file.toString(), invalid.problems(), List.of());
            return null;
        }
        FeedFile.Valid valid = (FeedFile.Valid) outcome;
        if (!valid.warnings().isEmpty()) {
            new Speech(around, false).problems(file.toString(), List.of(), valid.warnings());
        }
        return valid;
    }

    /** All that these files declare; nothing if one of them is wrong, which has then been said. */
    static List<FeedFile.Valid> readAll(List<Path> files, Surroundings around, Reach reach) {
        List<FeedFile.Valid> feeds = new ArrayList<>();
        for (Path file : files) {
            FeedFile.Valid declared = readWhole(file, around, new Speech(around, false), reach);
            if (declared != null) {
                feeds.add(declared);
            }
        }
        return feeds.size() == files.size() ? feeds : List.of();
    }

    /** How a command ends that was given a wrong file. */
    static int wrong() {
        return Exit.FEED_FILE.code();
    }
}
