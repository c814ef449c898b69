package io.leat.app.cli;

import io.leat.app.exit.Exit;
import io.leat.app.feeding.Placement;
import io.leat.app.feeding.ScrapeFile;
import io.leat.app.log.ChangeText;
import io.leat.core.Change;
import io.leat.core.Changes;
import io.leat.core.Decision;
import io.leat.core.Feed;
import io.leat.core.Item;
import io.leat.core.Known;
import io.leat.core.Position;
import io.leat.core.Tally;
import io.leat.core.Verdict;
import io.leat.format.ChangeJson;
import io.leat.format.ScrapeReader;
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
    private final ScrapeReader reader;
    private final Changes changes;
    private final ChangeText text;
    private final Map<String, Known> known = new HashMap<>();
    private final Map<Integer, Long> offsets = new HashMap<>();
    private Tally tally = Tally.ZERO;

    DryRun(Surroundings around, Feed feed, boolean json) {
        this.around = around;
        this.feed = feed;
        this.json = json;
        this.reader = new ScrapeReader(feed);
        this.changes = new Changes(feed);
        this.text = new ChangeText(feed);
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
                decide(line.bytes(), new Position(feed.source().topic(), partition, offset));
            }
        } finally {
            around.out().flush();
            around.err().println(Speech.sentence(tally));
        }
        return Exit.OK;
    }

    private void decide(byte[] scrape, Position position) {
        Verdict verdict = reader.read(scrape, around.clock().millis(), position);
        if (verdict instanceof Verdict.Kept kept) {
            count(decide(kept.item()));
        } else {
            count(new Tally(1, 0, 0, 0, 1));
        }
    }

    private Tally decide(Item item) {
        Decision decision = changes.decide(known.get(item.key()), item);
        if (decision instanceof Decision.Told told) {
            print(told.change());
        }
        Known next = decision.next();
        if (next != null) {
            known.put(item.key(), next);
        }
        return Tally.of(decision);
    }

    private void count(Tally one) {
        tally = tally.plus(one);
    }

    private void print(Change change) {
        String line = json ? ChangeJson.write(feed.name(), change) : text.line(change);
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        around.out().write(bytes, 0, bytes.length);
    }
}
