package io.leat.app.cli;

import io.leat.app.exit.Exit;
import io.leat.core.Feed;
import io.leat.format.feedfile.FeedFile;
import io.leat.format.feedfile.Reach;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the feed file a command was given. Who starts or checks a feed is warned of what may not be meant; who asks about one
 * that runs has been.
 */
final class FeedArgument {

    private FeedArgument() {}

    /** The feed; {@code null} if the file is wrong, which has then been said. */
    static @Nullable Feed read(Path file, Surroundings around, Speech speech) {
        FeedFile.Valid whole = readWhole(file, around, speech);
        return whole == null ? null : whole.feed();
    }

    /** All that the file declares; {@code null} if it is wrong, which has then been said. */
    static FeedFile.@Nullable Valid readWhole(Path file, Surroundings around, Speech speech) {
        return readSilently(file, around, speech, Reach.UNKNOWN);
    }

    /** The feed, for a command that starts it elsewhere; with what may not be meant. */
    static @Nullable Feed readToStart(Path file, Surroundings around, Speech speech) {
        FeedFile.Valid whole = readWhole(file, around, speech, Reach.UNKNOWN);
        return whole == null ? null : whole.feed();
    }

    /** All that the file declares, for a command that runs it or delivers; with what may not be meant. */
    static FeedFile.@Nullable Valid readWhole(Path file, Surroundings around, Speech speech, Reach reach) {
        FeedFile.Valid valid = readSilently(file, around, speech, reach);
        if (valid != null && !valid.warnings().isEmpty()) {
            new Speech(around, false).problems(file.toString(), List.of(), valid.warnings());
        }
        return valid;
    }

    private static FeedFile.@Nullable Valid readSilently(Path file, Surroundings around, Speech speech, Reach reach) {
        FeedFile.Outcome outcome = FeedFile.read(file, around.env(), reach);
        if (outcome instanceof FeedFile.Invalid invalid) {
            speech.problems(file.toString(), invalid.problems(), List.of());
            return null;
        }
        return (FeedFile.Valid) outcome;
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
