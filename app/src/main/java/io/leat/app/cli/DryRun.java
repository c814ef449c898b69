package io.leat.app.cli;

import io.leat.app.exit.Exit;
import io.leat.app.feeding.Placement;
import io.leat.app.feeding.ScrapeFile;
import io.leat.app.log.ChangeText;
import io.leat.app.log.SafeText;
import io.leat.core.Change;
import io.leat.core.Feed;
import io.leat.core.Position;
import io.leat.core.Refusal;
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
    private final boolean explain;
    private long number;
    private final Map<Integer, Long> offsets = new HashMap<>();

    /** @param explain whether to say which lines are refused, and why */
    DryRun(Surroundings around, Feed feed, boolean json, boolean explain) {
        this.around = around;
        this.feed = feed;
        this.json = json;
        this.text = new ChangeText(feed);
        this.explain = explain;
        this.fold = new Fold(feed, new Fold.Outcome() {
            @Override
            public void told(Change change) {
                print(change);
            }

            @Override
            public void refused(Refusal refusal) {
                tell(refusal);
            }
        });
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
                number = line.number();
                int partition = placement.of(line.bytes()).partition();
                long offset = offsets.merge(partition, 0L, (last, none) -> last + 1);
                Position position = new Position(feed.source().topic(), partition, offset);
                fold.take(line.bytes(), around.clock().millis(), position, Ruling.NONE);
            }
        } finally {
            around.out().flush();
            if (explain && json) {
                around.err().println(Speech.text(Speech.members(feed.name(), fold.tally())));
            } else if (!around.isQuiet()) {
                around.err().println(Speech.sentence(fold.tally()));
                around.err().print(Speech.tied(fold.tied()));
            }
        }
        return Exit.OK;
    }

    private void tell(Refusal refusal) {
        if (explain) {
            String field = refusal.field().isEmpty() ? "" : " " + refusal.field();
            around.err()
                    .println(SafeText.of(
                            "line %s: %s%s: %s".formatted(number, refusal.code().word(), field, refusal.message())));
        }
    }

    private void print(Change change) {
        String line = json ? ChangeJson.write(feed.name(), change) : text.line(change);
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        around.out().write(bytes, 0, bytes.length);
    }
}
