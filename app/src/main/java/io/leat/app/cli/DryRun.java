package io.leat.app.cli;

import io.leat.app.exit.Exit;
import io.leat.app.feeding.Placement;
import io.leat.app.feeding.ScrapeFile;
import io.leat.app.log.ChangeText;
import io.leat.core.Change;
import io.leat.core.Feed;
import io.leat.core.Position;
import io.leat.core.Ruling;
import io.leat.format.ChangeJson;
import io.leat.format.Fold;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Decides every line of a file as the engine would, without Kafka and Flink, and prints what would be told. The engine is
 * compared with it.
 */
final class DryRun {

    private final Surroundings around;
    private final Feed feed;
    private final boolean json;
    private final ChangeText text;
    private final Fold fold;
    private final Map<Integer, Long> offsets = new HashMap<>();

    DryRun(Surroundings around, Feed feed, boolean json) {
        this.around = around;
        this.feed = feed;
        this.json = json;
        this.text = new ChangeText(feed);
        this.fold = new Fold(feed, this::print);
    }

    /**
     * Runs over a file.
     *
     * @throws io.leat.app.exit.Failure if it is damaged; what stands before the damage has then been decided
     */
    Exit over(ScrapeFile file) {
        Placement placement = new Placement(feed, feed.source().partitions());
        try {
            for (ScrapeFile.Line line = file.next(); line != null; line = file.next()) {
                int partition = placement.of(line.bytes()).partition();
                long offset = offsets.merge(partition, 0L, (last, none) -> last + 1);
                Position position = new Position(feed.source().topic(), partition, offset);
                fold.take(line.bytes(), around.clock().millis(), position, Ruling.NONE);
            }
        } finally {
            around.out().flush();
            around.err().println(Speech.sentence(fold.tally()));
            new Speech(around, json).tied(fold.tied());
        }
        return Exit.OK;
    }

    private void print(Change change) {
        String line = json ? ChangeJson.write(feed.name(), change) : text.line(change);
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        around.out().write(bytes, 0, bytes.length);
    }
}
